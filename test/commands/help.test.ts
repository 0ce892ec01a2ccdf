import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../electron/commands/commands.ts';
import { nearestCommands } from '../../electron/commands/help.ts';
import { STATIONS } from '../../electron/commands/summaries.ts';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Without the dashes. */
const namedIn = (text: string): string[] => [...text.matchAll(/--([a-z][a-z-]*)/g)].map(([, option = '']) => option);
/** The commands a call of the README means: `media return\|wipe MEDIA-ID` two, and `list` after `operator add` the one of that noun. */
const commandsOf = (call: string, noun: string) => {
  const [first = '', second = ''] = call.split(' ');
  const names = [first, ...second.split('\\|').map((word) => `${first} ${word}`), `${noun} ${first}`];
  return COMMANDS.filter(({ name }) => names.includes(name));
};

describe('help on the command line', () => {
  it('lists every command once, with what it does, in both languages', async () => {
    const listed = STATIONS.flatMap(({ commands }) => Object.entries(commands));
    const all = (await bluelift(['--help', '--json'])).json()['commands'] as { name: string; does: string; usage: string }[];
    expect(listed.map(([name]) => name).sort()).toEqual(all.map(({ name }) => name).sort());
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const [, [english, german]] of listed) expect([english, german].filter((sentence) => sentence.length < 8 || sentence.endsWith('.'))).toEqual([]);
    const german = await bluelift(['help', '--language', 'de']);
    expect(german.code).toBe(0);
    for (const [name, [, does]] of listed) expect(german.out.split('\n').some((line) => line.startsWith(`  ${name} `) && line.endsWith(does))).toBe(true);
  });

  it('is in no language nobody wrote: that is said, instead of English for an answer', async () => {
    const run = await bluelift(['help', '--language', 'fr', '--json']);
    expect([run.code, run.json()]).toEqual([2, { error: { code: 'invalid-input', facts: { fields: ['--language'], known: ['en', 'de'] } } }]);
  });

  it('comes after the option a call is wrong about, named in the language that was asked for and without its value', async () => {
    const wrong = await bluelift(['media', 'build', '--language', 'de', '--passphrase=hunter2 hunter2']);
    expect([wrong.code, wrong.err.split('\n')[0]]).toEqual([2, 'Eine Eingabe ist nicht gültig: --passphrase ist keine Option dieses Befehls.']);
    expect(wrong.err).toContain('media build --base FILE');
    expect(wrong.err).not.toContain('hunter2');
    expect((await bluelift(['media', 'build', '--technician'])).err).toContain('--technician needs a value');
    expect((await bluelift(['media', 'build', '--overwrite=yes', '--json'])).json()).toMatchObject({ error: { facts: { fields: ['--overwrite: takes-no-value'] } } });
  });

  it('of a noun lists what goes with it, of a command says how it is called', async () => {
    const noun = await bluelift(['rotation', '--help']);
    expect(noun).toMatchObject({ code: 0, err: '' });
    expect(noun.out.trimEnd().split('\n').map((line) => line.trim().split(/\s{2,}/)[0])).toEqual(['rotation list', 'rotation export', 'rotation request', 'rotation confirm']);
    const whole = await bluelift(['help', 'media', 'build']);
    expect(whole.out).toMatch(/^Usage: bluelift media build --base FILE --scope/);
    expect(whole.out).not.toContain('media list');
    expect((await bluelift(['find', '--help'])).out).toContain('[--limit N]');
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))('of "%s" names every option it takes, and none it does not take', (_name, { usage, options }) => {
    const named = new Set(namedIn(usage));
    const taken = Object.keys(options);
    expect(taken.filter((option) => !named.has(option)), 'taken and not named').toEqual([]);
    expect([...named].filter((option) => !(option in options) && !(option in GLOBAL_OPTIONS)), 'named and not taken').toEqual([]);
    // What may be said several times shows it, and what is shown so may be.
    const several = taken.filter((option) => options[option]?.multiple === true);
    expect(taken.filter((option) => new RegExp(`--${option} [^\\s\\],]+…|\\[--${option} …\\]`).test(usage))).toEqual(several);
  });

  it('and the README name the same options', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const cells = readme.slice(readme.indexOf('| command | does |'), readme.indexOf('| exit code |')).split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split(/(?<!\\)\|/)[1] ?? '');
    expect(cells.length).toBeGreaterThan(30);
    for (const cell of cells) {
      const calls = [...cell.matchAll(/`([^`]+)`/g)].map(([, call = '']) => call);
      for (const call of calls) {
        const ofCell = calls.flatMap((one) => commandsOf(one, calls[0]?.split(' ')[0] ?? ''));
        const meant = call.startsWith('[') ? ofCell : commandsOf(call, calls[0]?.split(' ')[0] ?? '');
        expect(meant, call).not.toEqual([]);
        expect(namedIn(call).filter((option) => !(option in GLOBAL_OPTIONS) && !meant.some(({ options }) => option in options)), call).toEqual([]);
      }
    }
  });

  it('of a command that does not exist is no wall of text: it says what was probably meant', async () => {
    const slip = await bluelift(['meida', 'biuld', '--base', 'x.iso']);
    expect(slip).toMatchObject({ code: 2, out: '' });
    expect(slip.err.trim().split('\n')).toHaveLength(1);
    expect(slip.err).toContain('media build');
    expect((await bluelift(['rotation', '--json'])).json()['error']).toMatchObject({ code: 'invalid-input' });
    expect(nearestCommands([], ['x'])).toEqual([]);
    expect((await bluelift(['q'])).err).not.toContain('mean');
  });
});

describe('a desk that is not there', () => {
  it('is said to be missing before anybody is asked who they are, and no folder is made', async () => {
    const folder = temporaryFolder();
    const missing = join(folder, 'typo');
    const run = await bluelift(['status', '--desk', missing, '--json']);
    expect(run).toMatchObject({ code: 8 });
    expect(run.json()['error']).toEqual({ code: 'no-desk', facts: { path: missing } });
    expect(run.err).toContain(missing);
    expect(existsSync(missing)).toBe(false);
    expect((await bluelift(['status', '--desk', folder])).code).toBe(8); // a folder, and no desk in it
  });

  it('is created so that nobody else on the machine can read a file of it', async () => {
    const folder = temporaryFolder();
    expect((await bluelift(['init', ...asOperator(folder, 'first', 'constructed passphrase')])).code).toBe(0);
    for (const file of ['store.db', 'keys.json']) expect(statSync(join(folder, 'desk', file)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'desk')).mode & 0o077).toBe(0);
  });
});
