import { describe, expect, test } from 'vitest';
import { endOfDay, fileNameOf, hostnamesIn, passcodeGroups } from '../../renderer/screens/media/medium-draft.ts';

describe('a medium in the making', () => {
  test('a pasted list of hosts is read with any separators, each host once whatever its case', () => {
    expect(hostnamesIn(' KI-1\r\nki-1, KI-2;KI-3\tKI-4\n\n')).toEqual(['KI-1', 'KI-2', 'KI-3', 'KI-4']);
    expect(hostnamesIn(' ,; ')).toEqual([]);
  });
  test('a medium is good for the whole of its last day', () => {
    expect(new Date(endOfDay('2024-07-22') ?? '').getHours()).toBe(23);
    expect(endOfDay('')).toBeNull();
    expect(endOfDay('22.07.2024')).toBeNull();
  });
  test('a passcode is noted in groups of three', () => expect(passcodeGroups('000111222333444555')).toEqual(['000', '111', '222', '333', '444', '555']));
  test.each([['/home/x/wave-3.img', 'wave-3.img'], ['C:\\media\\a.img', 'a.img'], ['a.img', 'a.img']])('the file of %s is %s', (path, name) => expect(fileNameOf(path)).toBe(name));
});
