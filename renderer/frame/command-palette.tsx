// Every command that works here, found by its words: those with a key, and whatever stands in the head and the foot of the page.
import { useId, useState, type KeyboardEvent } from 'react';
import { useOfferedCommands, type Command } from '../keys/commands.tsx';
import { classNames } from '../parts/class-names.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Input } from '../parts/field.tsx';
import { KeyCaps } from '../parts/key-caps.tsx';
import { useMessages } from '../preferences.tsx';
import styles from './command-palette.module.css';

/** Moving is done where the focus is; from here it would move something out of sight. */
const isMovement = (keys: string | undefined): boolean => keys !== undefined && /^(?:Shift\+)?Arrow/.test(keys);

/** As they stand there, so that no screen can forget to offer its acts. */
function actsOfPage(): readonly Command[] {
  return [...document.querySelectorAll<HTMLElement>('main header button:enabled, main header a[href], main footer button:enabled')].flatMap((element, index): Command[] => {
    const label = (element.getAttribute('aria-label') ?? [...element.childNodes].filter((node) => node.nodeName !== 'KBD' && !(node instanceof Element && node.querySelector('kbd') !== null)).map((node) => node.textContent).join('')).trim();
    return label === '' ? [] : [{ id: `act-${index}`, label, run: () => element.click() }];
  });
}

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const { commands, run } = useOfferedCommands();
  const [ofPage] = useState(actsOfPage);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = [...commands, ...ofPage].filter((command) => command.run !== undefined && command.enabled !== false && command.id !== 'commands' && !isMovement(command.keys) && wanted.every((word) => command.label.toLowerCase().includes(word)))
    .filter((command, index, all) => all.findIndex(({ label }) => label === command.label) === index);
  const chosen = found[Math.min(at, found.length - 1)];
  const act = (id: string): void => {
    onClose();
    const here = ofPage.find((command) => command.id === id);
    if (here === undefined) run(id);
    else here.run?.();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && chosen !== undefined) act(chosen.id);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={m.frame.commands} onClose={onClose}>
      <div className={styles['field']}>
        <Input autoFocus role="combobox" aria-expanded="true" aria-controls={listId} aria-label={m.frame.findCommand} aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`} placeholder={m.frame.findCommand} value={words}
          onChange={(event) => { setWords(event.target.value); setAt(0); }} onKeyDown={press} />
      </div>
      <ul className={styles['list']} id={listId} role="listbox" aria-label={m.frame.commands}>
        {found.map((command) => (
          <li key={command.id} id={`${listId}-${command.id}`} role="option" aria-selected={command === chosen} className={classNames(styles['row'], command === chosen && styles['chosen'])} onClick={() => act(command.id)}
            ref={(row) => { if (command === chosen) row?.scrollIntoView({ block: 'nearest' }); }}>
            <span>{command.label}</span>{command.keys === undefined ? null : <span className={styles['keys']}><KeyCaps keys={command.keys} /></span>}
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className={styles['none']}>{m.frame.noCommand}</p> : null}
    </Dialog>
  );
}
