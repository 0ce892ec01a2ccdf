import { describe, expect, test } from 'vitest';
import { contract } from '../../electron/api/contract.ts';
import { affectedBy } from '../../renderer/desk-changes.ts';
import { actsInFields, isSingleCharacter, keyOf, type Press } from '../../renderer/keys/key-press.ts';
import { readPreferences } from '../../renderer/preferences.tsx';

const press = (key: string, code = '', held: Partial<Press> = {}): Press => ({ key, code, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held });

describe('keys', () => {
  test.each([
    [press('k', 'KeyK', { ctrlKey: true }), 'Ctrl+K'], [press('k', 'KeyK', { metaKey: true }), 'Ctrl+K'], [press('¡', 'Digit1', { altKey: true }), 'Alt+1'], [press(' ', 'Space'), 'Space'],
    [press('ArrowDown', 'ArrowDown', { shiftKey: true }), 'Shift+ArrowDown'], [press('/', 'Digit7', { shiftKey: true }), '/'], [press('Escape'), 'Escape'], [press('r', 'KeyR'), 'R'],
  ])('%o is %s', (pressed, name) => expect(keyOf(pressed)).toBe(name));
  test('characters, Space, Enter and arrows belong to the field that has the focus', () => {
    for (const keys of ['R', '/', 'Space', 'Enter', 'ArrowDown']) expect(actsInFields(keys), keys).toBe(false);
    for (const keys of ['Ctrl+K', 'Alt+1', 'Escape', 'F1']) expect(actsInFields(keys), keys).toBe(true);
  });
  test('only single characters can be switched off', () => expect(['/', 'R', 'F1', 'Ctrl+K', 'Space'].filter(isSingleCharacter)).toEqual(['/', 'R']));
});

/** Answers of a directory or tenant are looked at once and never kept. */
const isLive = (name: string): boolean => /^(?:directories|tenants)\./.test(name);

describe('what the desk says has changed', () => {
  test('an import asks the lookup, the hosts and the overview again, and leaves the operators', () => {
    expect(['keys.lookUp', 'hosts.list', 'status.get', 'imports.list'].every((name) => affectedBy(name, ['imports']))).toBe(true);
    expect(affectedBy('operators.list', ['imports'])).toBe(false);
  });
  test('a vault that opens or closes makes every kept answer untrue', () => {
    for (const name of Object.keys(contract).filter((name) => !name.startsWith('vault.') && !name.startsWith('volumes.') && !isLive(name))) expect(affectedBy(name, ['vault']), name).toBe(true);
  });
});

describe('preferences of a window', () => {
  test('follow the languages of the browser, the wanted first', () => {
    expect(readPreferences(null, ['fr-FR', 'de-AT', 'en']).language).toBe('de');
    expect(readPreferences(null, ['fr']).language).toBe('en');
  });
  test('are read from what was stored, and anything strange is as if nothing was', () => {
    expect(readPreferences('{"language":"de","theme":"dark","singleKeys":false,"operatorName":"a"}', ['en'])).toEqual({ language: 'de', theme: 'dark', singleKeys: false, operatorName: 'a' });
    for (const stored of ['', 'null', '[]', '7', '{"language":"xx","theme":1}', '{']) expect(readPreferences(stored, ['en'])).toEqual({ language: 'en', theme: 'system', singleKeys: true, operatorName: '' });
  });
});
