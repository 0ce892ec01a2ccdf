import { describe, expect, test } from 'vitest';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { filesOf, namesApart } from '../../renderer/screens/imports/names-of-files.ts';

describe('files in the report of an import', () => {
  test('that are called the same are told apart by as much of their folders as it takes', () => {
    expect([...namesApart(['/share/kiel/keys.csv', '/share/lyon/keys.csv', '/share/lyon/hosts.csv', 'D:\\2024\\kiel\\keys.csv', 'keys.csv'])]).toEqual([
      ['/share/lyon/hosts.csv', 'hosts.csv'], ['keys.csv', 'keys.csv'], ['/share/lyon/keys.csv', 'lyon/keys.csv'], ['/share/kiel/keys.csv', 'share/kiel/keys.csv'], ['D:\\2024\\kiel\\keys.csv', '2024/kiel/keys.csv'],
    ]);
  });
  test('that a browser handed over keep their name: the folder they were received in says nothing', () => {
    expect([...namesApart(['/desk/received/12/76c297605981227e/keys.csv', '/desk/received/12/f1be5e4118274013/keys.csv']).values()]).toEqual(['keys.csv', 'keys.csv']);
  });
  test('are named three at a time where there are many', () => {
    expect(filesOf({ files: ['a.txt', 'b.txt', 'c.txt', 'd.txt'], fileCount: 300 }, MESSAGES.de)).toBe('a.txt, b.txt, c.txt und 297 weitere');
    expect(filesOf({ files: ['a.txt', 'b.txt'], fileCount: 2 }, MESSAGES.en)).toBe('a.txt, b.txt');
  });
});
