// Which key was pressed, in the way commands name keys: `Ctrl+K`, `Alt+1`, `Escape`, `/`.

export interface Press { readonly key: string; readonly code: string; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean }

/** The name of a pressed key. On a Mac the command key counts as Ctrl. Digits with Alt are read from the key's place: Alt may change its character. */
export function keyOf(press: Press): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  const key = press.altKey && digit !== undefined ? digit : press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const shift = press.shiftKey && press.key.length > 1 ? 'Shift+' : '';
  return `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${shift}${key}`;
}

/** Whether a key may act while a field has the focus: it holds Ctrl or Alt, or is a function key or Escape. Space, Enter, arrows and characters belong to the field. */
export function actsInFields(keys: string): boolean {
  return keys.startsWith('Ctrl+') || keys.startsWith('Alt+') || keys === 'Escape' || /^F\d+$/.test(keys);
}

/** A single character, which can be switched off in Settings. */
export function isSingleCharacter(keys: string): boolean {
  return keys.length === 1;
}
