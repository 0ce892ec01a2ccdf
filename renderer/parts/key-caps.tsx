// Keys as they are printed on a keyboard, in the words of the language.
import { useMessages } from '../preferences.tsx';
import type { Messages } from '../messages/index.ts';

const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

function capOf(key: string, m: Messages): string {
  switch (key) {
    case 'Ctrl': return m.keys.ctrl;
    case 'Alt': return m.keys.alt;
    case 'Shift': return m.keys.shift;
    case 'Space': return m.keys.space;
    case 'Enter': return m.keys.enter;
    case 'Escape': return m.keys.escape;
    case 'Tab': return m.keys.tab;
    default: return ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  }
}

/** @param keys `Ctrl+K`; several keys that do nearly the same are parted by a space: `ArrowUp ArrowDown`. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  const m = useMessages();
  return <>{keys.split(/[ +]/).map((key) => <kbd key={key}>{capOf(key, m)}</kbd>)}</>;
}
