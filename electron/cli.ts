// Entry for scripts and servers: the same app as a command line. Without a terminal it asks nothing.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createApi, RemoteError, type Api } from './api/client.ts';
import type { Dispatcher } from './api/dispatch.ts';
import type { WireError } from './api/contract.ts';
import { redact } from './api/redact.ts';
import { createDeskApp } from './app.ts';
import { EXIT, text, type Command, type CommandContext } from './commands/command.ts';
import { deskCommands } from './commands/desk.ts';
import { codeWords, describeError } from './commands/describe-error.ts';
import { diskCommands } from './commands/disks.ts';
import { exitCodeOf } from './commands/exit-codes.ts';
import { hostActCommands } from './commands/host-acts.ts';
import { hostCommands } from './commands/hosts.ts';
import { incidentCommands } from './commands/incidents.ts';
import { keyCommands } from './commands/keys.ts';
import { matchingCommands } from './commands/matching.ts';
import { mediaCommands } from './commands/media.ts';
import { operatorCommands } from './commands/operators.ts';
import { policyCommands } from './commands/policies.ts';
import { reportCommands } from './commands/report.ts';
import { callCommands } from './commands/calls.ts';
import { rotationCommands } from './commands/rotation.ts';
import { chooseLanguage, sentencesIn, type Language, type Sentences } from './commands/sentences.ts';
import { askPassphrase, readPassphraseFile } from './commands/terminal.ts';
import { volumeCommands } from './commands/volumes.ts';
import { waveCommands } from './commands/waves.ts';
import { AppError } from './core/app-error.ts';
import { readBuiltAgent } from './desk/agent-files.ts';
import { defaultDeskFolder } from './desk/desk-location.ts';

const COMMANDS: readonly Command[] = [...deskCommands, ...operatorCommands, ...keyCommands, ...matchingCommands, ...hostActCommands, ...hostCommands, ...mediaCommands, ...diskCommands, ...volumeCommands, ...rotationCommands, ...policyCommands, ...incidentCommands, ...waveCommands, ...callCommands, ...reportCommands];
const GLOBAL = {
  desk: { type: 'string' }, operator: { type: 'string' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' }, language: { type: 'string' }, help: { type: 'boolean', short: 'h' },
} as const;
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }; // our own file

async function main(words: readonly string[]): Promise<number> {
  const json = words.includes('--json');
  let language: Language = chooseLanguage(undefined, process.env);
  try {
    const command = findCommand(words);
    const { values, positionals } = readWords(command, words);
    language = chooseLanguage(text(values['language']), process.env);
    const say = sentencesIn(language);
    if (command === undefined || values['help'] === true) return printHelp(say, command, words, json);
    const rest = positionals.slice(command.name.split(' ').length);
    // An empty word is a variable that was not set: as a path it would be the folder one stands in.
    if (rest.length < command.words[0] || rest.length > command.words[1] || rest.includes('')) throw new AppError('invalid-input', { usage: command.usage });
    return await runCommand(command, values, rest, language, json);
  } catch (error) {
    const wire = error instanceof RemoteError || error instanceof AppError ? error : new RemoteError(reportBug(error));
    if (json) process.stdout.write(`${JSON.stringify({ error: { code: wire.code, facts: wire.facts, ...(wire instanceof RemoteError && wire.reference !== undefined ? { reference: wire.reference } : {}) } })}\n`);
    process.stderr.write(`${describeError(language, wire)}\n`);
    return exitCodeOf(wire.code);
  }
}

async function runCommand(command: Command, values: CommandContext['options'], words: readonly string[], language: Language, json: boolean): Promise<number> {
  const say = sentencesIn(language);
  const passphraseFile = text(values['passphrase-file']);
  let known = passphraseFile === undefined ? null : readPassphraseFile(passphraseFile); // first of all: a missing file must not depend on the desk
  const app = await createDeskApp({ folder: text(values['desk']) ?? defaultDeskFolder(), runtime: 'command-line', demo: false, version, agentFiles: readBuiltAgent, idleCloseAfterMs: 0 });
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const api = createApi(inProcess(app.dispatcher));
    const operatorName = await chooseOperator(api, text(values['operator']) ?? process.env['BLUELIFT_OPERATOR'], say);
    const passphrase = async (): Promise<string> => (known ??= await askPassphrase(say.passphraseOf(operatorName)));
    if (command.signsIn) await api.call('vault.open', { operatorName, passphrase: await passphrase() });
    const result = await command.run({
      api, options: values, words, say, codes: codeWords(language), explain: (error) => describeError(language, error), operatorName, passphrase, signal: abort.signal,
      print: (line) => { if (!json) process.stdout.write(`${line}\n`); },
      progress: (line) => { if (!json && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`); },
    });
    if (!json && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    if (json) process.stdout.write(`${JSON.stringify(result.json)}\n`);
    return result.exitCode ?? EXIT.done;
  } finally {
    known = null;
    await app.close();
  }
}

/** Options may stand before the command too, so the command is the first words that are neither an option nor the value of one. */
function findCommand(words: readonly string[]): Command | undefined {
  const options = Object.assign({}, ...COMMANDS.map((command) => command.options), GLOBAL) as Command['options']; // all that take a value, so that it is not read as a word
  const { positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false });
  return COMMANDS.find(({ name }) => name === positionals.slice(0, name.split(' ').length).join(' '));
}

/** The operator named, or the only one there is. */
async function chooseOperator(api: Api, named: string | undefined, say: Sentences): Promise<string> {
  if (named !== undefined && named !== '') return named;
  const { operatorNames } = await api.call('desk.state', {});
  const [only] = operatorNames;
  if (only !== undefined && operatorNames.length === 1) return only;
  throw new AppError('invalid-input', { usage: say.chooseOperator(operatorNames.join(', ')) });
}

/** The shortest wire there is: the dispatcher itself, with the same JSON text as on every other. */
function inProcess(dispatcher: Dispatcher): Parameters<typeof createApi>[0] {
  const fail = (error: unknown): never => {
    throw error instanceof RemoteError ? error : new RemoteError(dispatcher.toWireError(error));
  };
  return {
    call: async (name, body) => JSON.stringify(await dispatcher.call(name, JSON.parse(body)).catch(fail)),
    async *stream(name, body, signal = new AbortController().signal) {
      try {
        for await (const event of dispatcher.stream(name, JSON.parse(body), signal)) yield JSON.stringify(event);
      } catch (error) {
        fail(error);
      }
    },
  };
}

function readWords(command: Command | undefined, words: readonly string[]): { values: CommandContext['options']; positionals: string[] } {
  try {
    const parsed = parseArgs({ args: [...words], options: { ...GLOBAL, ...command?.options }, allowPositionals: true, strict: command !== undefined });
    return { values: parsed.values, positionals: parsed.positionals };
  } catch (cause) {
    throw new AppError('invalid-input', { usage: command?.usage ?? '' }, { cause });
  }
}

function printHelp(say: Sentences, command: Command | undefined, words: readonly string[], json: boolean): number {
  const asked = words.some((word) => word === '--help' || word === '-h');
  if (json && asked) process.stdout.write(`${JSON.stringify({ usage: (command === undefined ? COMMANDS : [command]).map(({ usage }) => usage) })}\n`);
  if (json && !asked) process.stdout.write(`${JSON.stringify({ error: { code: 'invalid-input', facts: { usage: say.unknownCommand(words.filter((word) => !word.startsWith('-')).slice(0, 2).join(' ')) } } })}\n`);
  if (json && asked) return EXIT.done;
  const lines = command !== undefined ? [`${say.usage}: bluelift ${command.usage}`]
    : [`${say.usage}: bluelift COMMAND [--desk DIR] [--operator NAME] [--passphrase-file FILE] [--language en|de] [--json]`, '', `${say.commands}:`, ...COMMANDS.map(({ usage }) => `  ${usage}`)];
  (asked ? process.stdout : process.stderr).write(`${lines.join('\n')}\n`);
  if (asked) return EXIT.done;
  if (words.length > 0) process.stderr.write(`${say.unknownCommand(words.slice(0, 2).join(' '))}\n`);
  return EXIT.usage;
}

/** What is no AppError is a bug here too: one line with a reference number, its place in the log, and never a secret. */
function reportBug(error: unknown): WireError {
  const reference = randomBytes(4).toString('hex').toUpperCase();
  process.stderr.write(`${redact(`internal ${reference} ${error instanceof Error ? error.message : String(error)}`)}\n`);
  return { code: 'internal', facts: {}, reference };
}

// Whoever reads may stop reading (`| head`): the command still ends its work, and with its own exit code.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await main(process.argv.slice(2));
