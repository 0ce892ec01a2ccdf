// Commands: every act has an id, a label and, where there is one, a key. The key bar, the palette and the help page show what works here.
import { createContext, use, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { usePreferences } from '../preferences.tsx';
import { actsInFields, isSingleCharacter, keyOf } from './key-press.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  /** `Ctrl+K`; absent: only from the palette. */
  readonly keys?: string;
  /** Short word in the key bar; absent: not shown there. */
  readonly bar?: string;
  readonly enabled?: boolean;
  /** Absent: the key is handled where the focus is (arrows in a list) and is only named here. */
  readonly run?: () => void;
}

interface Registry {
  readonly set: (owner: string, offer: Offer | null) => void;
  readonly run: (id: string) => void;
  readonly commands: readonly Command[];
}
/** What the frame offers stands behind what the screen offers, and gives way to it. */
interface Offer { readonly frame: boolean; readonly commands: readonly Command[] }

const Context = createContext<Registry | null>(null);

/** A search where what is typed next comes first (it stands empty, or all of it is selected) leaves the key of the lookup to it: no label and no name begins with a slash. */
const leavesKey = (target: EventTarget | null, keys: string): boolean => keys === '/' && target instanceof HTMLInputElement && target.closest('[type=search], [role=combobox]') !== null && target.selectionStart === 0 && target.selectionEnd === target.value.length;
/** What is ticked takes Space and arrows, but no characters: after a row was marked, the keys of the acts still act. */
const isTicked = (target: EventTarget | null): boolean => target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');
const isField = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const inOrder = (offers: Iterable<Offer>): readonly Command[] => {
  const all = [...offers];
  return [...all.filter(({ frame }) => !frame), ...all.filter(({ frame }) => frame)].flatMap(({ commands }) => commands);
};

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const offers = useRef(new Map<string, Offer>());
  const [commands, setCommands] = useState<readonly Command[]>([]);
  const { preferences } = usePreferences();
  const singleKeys = useRef(preferences.singleKeys);
  singleKeys.current = preferences.singleKeys;

  const registry = useMemo(() => ({
    set: (owner: string, offer: Offer | null): void => {
      if (offer === null) offers.current.delete(owner);
      else offers.current.set(owner, offer);
      setCommands((before) => {
        const after = inOrder(offers.current.values());
        return signature(before) === signature(after) ? before : after;
      });
    },
    run: (id: string): void => inOrder(offers.current.values()).find((command) => command.id === id)?.run?.(),
  }), []);

  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      // A dialog is a place of its own: only what it handles itself works there.
      if (document.querySelector('dialog[open]') !== null) return;
      const keys = keyOf(event);
      if (isField(event.target) && !(isTicked(event.target) && isSingleCharacter(keys)) && !actsInFields(keys) && !leavesKey(event.target, keys)) return;
      if (isSingleCharacter(keys) && !singleKeys.current) return;
      if ((keys === 'Enter' || keys === 'Space') && event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null) return;
      const command = inOrder(offers.current.values()).find((candidate) => candidate.keys === keys && candidate.run !== undefined && candidate.enabled !== false);
      if (command === undefined) return;
      event.preventDefault();
      command.run?.();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const value = useMemo(() => ({ ...registry, commands }), [registry, commands]);
  return <Context value={value}>{children}</Context>;
}

function signature(commands: readonly Command[]): string {
  return commands.map((command) => `${command.id}|${command.label}|${command.keys ?? ''}|${command.bar ?? ''}|${command.enabled !== false}`).join('\n');
}

function useRegistry(): Registry {
  const registry = use(Context);
  if (registry === null) throw new Error('CommandsProvider is missing above');
  return registry;
}

/** Offers commands as long as the component is drawn. May be given anew at every drawing. */
export function useCommands(commands: readonly Command[], frame = false): void {
  const { set } = useRegistry();
  const owner = useId();
  // With the drawing, not after it: a key that is pressed the moment a screen is in sight is the screen's.
  useLayoutEffect(() => set(owner, { frame, commands }));
  useLayoutEffect(() => () => set(owner, null), [owner, set]);
}

/** What is offered now, the screen's first, and a way to run one as it is now. */
export function useOfferedCommands(): { readonly commands: readonly Command[]; readonly run: (id: string) => void } {
  const { commands, run } = useRegistry();
  return { commands, run };
}
