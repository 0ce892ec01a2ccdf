import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../electron/commands/command.ts';
import { codeWords, describeError } from '../../electron/commands/describe-error.ts';
import { rotationCommands } from '../../electron/commands/rotation.ts';
import { sentencesIn } from '../../electron/commands/sentences.ts';
import { sourceCommands } from '../../electron/commands/sources.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('says that a tenant writes down what is read before it is asked, for one host as for all, and what may be in the way to it', async () => {
  const { first } = await newDesk();
  const words = ['import', 'entra', ...first, '--tenant', 'corp.example', '--client', '11111111-2222-4333-8444-555555555555'];
  const nobodyThere = { HTTPS_PROXY: 'http://127.0.0.1:1' };
  for (const asked of [['--key-id', '3CA7495E'], ['--keys', 'all']]) {
    const { code, err } = await bluelift([...words, ...asked], nobodyThere);
    expect([code, err]).toEqual([12, expect.stringMatching(/^Every recovery password [^\n]*audit log[^]*can not be reached: https:\/\/login\.microsoftonline\.com \(nothing answers there; a proxy may be needed/)]);
  }
}, 180_000); // every command is a process of its own

describe('a tenant that wants to be left alone', () => {
  afterEach(() => { vi.restoreAllMocks(); });
  const SIGNED_IN = { tenant: 'corp.example', client: '11111111-2222-4333-8444-555555555555' };
  const imported = { kind: 'done', importId: 1, cancelled: false, files: [], fileCount: 0, remarkableCount: 0, failedCount: 0, kinds: [] };

  it.each([
    ['import entra', {}, imported], ['import entra', { 'key-id': '3CA7495E' }, imported], ['rotation request', { via: 'graph' }, { kind: 'done', asked: 0, notAsked: 0, cancelled: false }],
  ])('is waited for aloud by %s %j, in English and German', async (name, options, last) => {
    for (const language of ['en', 'de'] as const) {
      const said: string[] = [];
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => { said.push(String(text)); return true; });
      const api = { call: () => Promise.resolve({}), async *stream() { yield { kind: 'waiting', until: '2024-07-19T08:20:00.000Z' }; yield last; } };
      const context: CommandContext = {
        api: api as unknown as CommandContext['api'], // what the desk says is given here
        options: { ...SIGNED_IN, ...options }, words: [], say: sentencesIn(language), codes: codeWords(language), explain: (error) => describeError(language, error), print: () => undefined, tell: (line) => void process.stderr.write(`${line}\n`), progress: () => undefined,
        wantsJson: false, signal: new AbortController().signal, operatorName: 'lead-01', passphrase: () => Promise.resolve(''),
      };
      await [...sourceCommands, ...rotationCommands].find((command) => command.name === name)?.run(context);
      expect(said.join('')).toContain(language === 'en' ? 'The tenant wants to be left alone until 2024-07-19 08:20:00 UTC. It goes on by itself then.' : 'Der Mandant will bis 2024-07-19 08:20:00 UTC in Ruhe gelassen werden. Danach geht es von selbst weiter.');
      vi.restoreAllMocks();
    }
  });
});
