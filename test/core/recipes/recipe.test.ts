import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { checkRecipe, formatRecipe, judgeFile, matchesPattern, parseRecipe } from '../../../electron/core/recipes/recipe.ts';
import type { Recipe } from '../../../electron/core/recipes/recipe.ts';

const header = [0xaa, 0xaa, 0xaa, 0xaa, 0x01, 0x00, 0x23, 0x01];
const faulty = { name: 'C-00000291-00000000-00000032.sys', modifiedAtMs: Date.UTC(2024, 6, 19, 4, 9, 31), headerBytes: [...header, 0, 0] };
const judge = (more: Partial<typeof faulty>) => judgeFile(CHANNEL_FILE_291, { ...faulty, ...more });

describe('the recipe for channel file 291', () => {
  it('is what the field knows of that night', () => {
    expect(checkRecipe(CHANNEL_FILE_291)).toBeNull();
    expect(CHANNEL_FILE_291).toMatchObject({ path: 'Windows\\System32\\drivers\\CrowdStrike', pattern: 'C-00000291*.sys', headerBytes: header, keepFromMs: Date.UTC(2024, 6, 19, 5, 27, 0) });
  });

  it('removes the faulty file, whatever the case of its name', () => {
    expect(judge({})).toEqual({ act: 'remove' });
    expect(judge({ name: 'c-00000291-00000000-00000001.SYS' })).toEqual({ act: 'remove' });
  });

  it('removes a file of 05:26:59 and keeps one of 05:27:00', () => {
    expect(judge({ modifiedAtMs: Date.UTC(2024, 6, 19, 5, 26, 59) })).toEqual({ act: 'remove' });
    expect(judge({ modifiedAtMs: Date.UTC(2024, 6, 19, 5, 26, 59, 999) })).toEqual({ act: 'remove' });
    expect(judge({ modifiedAtMs: Date.UTC(2024, 6, 19, 5, 27, 0) })).toEqual({ act: 'keep', reason: 'newer' });
    expect(judge({ modifiedAtMs: Number.NaN })).toEqual({ act: 'keep', reason: 'newer' });
  });

  it('keeps a file whose first eight bytes are others, another order or fewer', () => {
    for (let i = 0; i < 8; i++) expect(judge({ headerBytes: header.map((byte, at) => (at === i ? byte ^ 1 : byte)) })).toEqual({ act: 'keep', reason: 'header-differs' });
    for (const headerBytes of [[], header.slice(0, 7), [...header].reverse(), new Array<number>(8).fill(0)]) expect(judge({ headerBytes })).toEqual({ act: 'keep', reason: 'header-differs' });
  });

  it.each(['C-00000290-00000000-00000032.sys', 'C-00000291-00000000-00000032.sys.bak', 'xC-00000291.sys', 'C-00000291-1.sysx', 'C-0000291-1.sys', ''])('keeps its neighbour %j', (name) => {
    expect(judge({ name })).toEqual({ act: 'keep', reason: 'name-differs' });
  });
});

describe('a pattern', () => {
  it.each([
    ['*.sys', 'a.sys', true], ['*.sys', '.sys', true], ['?.sys', '.sys', false], ['?.sys', 'a.sys', true], ['?.sys', 'ab.sys', false], ['a*b*c', 'aXbYbZc', true], ['a*b*c', 'aXbYbZ', false], ['*', '', true], ['', '', true], ['', 'a', false], ['a', '', false],
    ['*.*', 'nodot', false], ['a**b', 'ab', true], ['ü?.sys', 'ÜX.SYS', true], ['*.sys', 'a.\u017fy\u017f', false], ['k*', '\u212aelvin', false], ['[abc].(s)+^$', '[abc].(s)+^$', true], ['a.c', 'abc', false],
  ])('%j on %j: %s', (pattern, name, expected) => { expect(matchesPattern(pattern, name)).toBe(expected); });

  it('means what the plain definition of a wildcard means', () => {
    const plain = (pattern: string, name: string): boolean => {
      if (pattern === '') return name === '';
      if (pattern.startsWith('*')) return plain(pattern.slice(1), name) || (name !== '' && plain(pattern, name.slice(1)));
      return name !== '' && (pattern[0] === '?' || pattern[0] === name[0]) && plain(pattern.slice(1), name.slice(1));
    };
    const text = (letters: string) => fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(fc.property(text('ab.*?'), text('ab.'), (pattern, name) => { expect(matchesPattern(pattern, name)).toBe(plain(pattern, name)); }), { numRuns: 3_000 });
  });

  it('does not run away on a name made for it', () => {
    const started = performance.now();
    expect(matchesPattern(`${'*a'.repeat(90)}b`, 'a'.repeat(255))).toBe(false);
    expect(performance.now() - started).toBeLessThan(20_000); // it does not hang
  });
});

describe('a recipe on a medium', () => {
  const text = formatRecipe(CHANNEL_FILE_291);

  it('reads as it was written', () => {
    expect(parseRecipe(text)).toEqual({ status: 'ok', recipe: CHANNEL_FILE_291 });
    const open: Recipe = { ...CHANNEL_FILE_291, headerBytes: [], keepFromMs: null, title: 'Für Köln, 100 %' };
    expect(parseRecipe(formatRecipe(open))).toEqual({ status: 'ok', recipe: open });
  });

  it.each([
    ['not-a-recipe', '', ''], ['not-a-recipe', 'bluelift-recipe', 'bluelift-medium'], ['newer-version', 'bluelift-recipe 1', 'bluelift-recipe 2'], ['not-a-recipe', 'version=1', 'version=1\r\nminimumSize=10'],
    ['id', 'id=channel', 'id=../channel'], ['version', 'version=1', 'version=0'], ['title', /title=.*/, 'title='], ['header', 'header=aaaa', 'header=AAAA'], ['header', /header=.*\r\n/, ''], ['header', 'header=', `header=${'00'.repeat(16)}`],
    ['keepFrom', '2024-07-19T05', '2024-07-19 05'], ['keepFrom', /keepFrom=.*\r\n/, ''], ['path', /path=.*\r\n/, ''], ['pattern', /pattern=.*\r\n/, ''],
  ] as const)('is refused for its %s', (fault, from, to) => {
    expect(parseRecipe(from === '' ? '' : text.replace(from, to))).toEqual({ status: 'refused', fault });
  });

  it.each([
    '', '\\', '\\Windows', 'Windows\\', 'Windows\\\\System32', '..', 'Windows\\..', 'Windows\\..\\..\\x', 'Windows\\.. \\x', 'Windows\\...\\x', '.', '.\\x', 'C:', 'C:\\Windows', 'C:Windows', '\\\\server\\share', '\\\\?\\C:\\x', 'Windows/System32', '../x', 'Win*', 'Win?ows',
    'Windows.', 'Windows ', ' Windows', 'a\u0000b', 'a\nb', 'a"b', 'a<b', 'a|b', 'x:stream', 'a'.repeat(201),
  ])('does not lead out of its folder: %j', (path) => {
    expect(checkRecipe({ ...CHANNEL_FILE_291, path })).toBe('path');
  });

  it.each(['', '*', '*.*', '?', '??*', '*.sys', '?.sys', '*.', 'a\\b', 'a/b', '..\\x.sys', 'C:x.sys', 'a.sys.', 'a.sys ', 'a\u0000', 'a|b'])('does not name everything or something elsewhere: %j', (pattern) => {
    expect(checkRecipe({ ...CHANNEL_FILE_291, pattern })).toBe('pattern');
  });

  it.each(['x', 'Windows', 'Program Files\\A.B', 'Windows\\System32\\drivers\\Ähnlich'])('may lie in %j', (path) => { expect(checkRecipe({ ...CHANNEL_FILE_291, path })).toBeNull(); });

  it('is read or refused for any text, and what is read can be written again', () => {
    fc.assert(fc.property(fc.nat(text.length), fc.string(), fc.nat(20), (at, piece, cut) => {
      const parsed = parseRecipe(text.slice(0, at) + piece + text.slice(at + cut));
      if (parsed.status === 'ok') {
        expect(checkRecipe(parsed.recipe)).toBeNull();
        expect(parseRecipe(formatRecipe(parsed.recipe))).toEqual(parsed);
      }
    }), { numRuns: 2_000 });
  });
});
