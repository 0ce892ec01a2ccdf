// Entry for scripts and servers: the same app as a command line. Without a terminal it asks nothing.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createApi, RemoteError, type Api } from './api/client.ts';
import type { Dispatcher } from './api/dispatch.ts';
import type { WireError } from './api/contract.ts';
import { redact } from './api/redact.ts';
import { createDeskApp } from './app.ts';
import { EXIT, text, type Command, type CommandContext } from './commands/command.ts';
import { COMMANDS, GLOBAL_OPTIONS } from './commands/commands.ts';
import { codeWords, describeError } from './commands/describe-error.ts';
import { exitCodeOf } from './commands/exit-codes.ts';
import { namingOptions } from './commands/field-names.ts';
import { helpLines, nearestCommands } from './commands/help.ts';
import { chooseLanguage, sentencesIn, type Language, type Sentences } from './commands/sentences.ts';
import { summaryOf } from './commands/summaries.ts';
import { askPassphrase, readPassphraseFile } from './commands/terminal.ts';
import { AppError } from './core/app-error.ts';
import { readBuiltAgent } from './desk/agent-files.ts';
import { defaultDeskFolder } from './desk/desk-location.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }; // our own file

async function main(words: readonly string[]): Promise<number> {
  const json = words.includes('--json');
  let language: Language = chooseLanguage(undefined, process.env);
  try {
    const { command, asked } = findCommand(words);
    if (asked === 'en' || asked === 'de') language = asked; // what is wrong with the call is said in it, too
    const { values, positionals } = readWords(command, words);
    if (asked !== undefined && asked !== 'en' && asked !== 'de') throw new AppError('invalid-input', { fields: ['--language'], known: ['en', 'de'] });
    language = chooseLanguage(asked, process.env);
    if (values['version'] === true) return printVersion(json);
    if (command === undefined || values['help'] === true) return printHelp(positionals, values['help'] === true, language, json);
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
  const folder = text(values['desk']) ?? defaultDeskFolder();
  if (command.signsIn && !existsSync(folder)) throw new AppError('no-desk', { path: folder }); // a mistyped folder is not made
  const app = await createDeskApp({ folder, runtime: 'command-line', demo: false, version, agentFiles: readBuiltAgent, idleCloseAfterMs: 0 });
  let isLineOpen = false;
  const endLine = (): void => {
    if (isLineOpen) process.stderr.write('\r\x1b[K');
    isLineOpen = false;
  };
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const api = createApi(inProcess(app.dispatcher));
    if (command.signsIn && (await api.call('desk.state', {})).vault === 'none') throw new AppError('no-desk', { path: folder });
    const operatorName = await chooseOperator(api, text(values['operator']) ?? process.env['BLUELIFT_OPERATOR'], say);
    const passphrase = async (): Promise<string> => (known ??= await askPassphrase(say.passphraseOf(operatorName)));
    if (command.signsIn) await api.call('vault.open', { operatorName, passphrase: await passphrase() });
    const context: CommandContext = {
      api, options: values, words, say, codes: codeWords(language), explain: (error) => describeError(language, error), operatorName, passphrase, wantsJson: json, signal: abort.signal,
      print: (line) => { endLine(); if (!json) process.stdout.write(`${line}\n`); },
      tell: (line) => { endLine(); process.stderr.write(`${line}\n`); },
      progress: (line) => { if (json || !process.stderr.isTTY) return; isLineOpen = true; process.stderr.write(`\r\x1b[K${line}`); },
    };
    const result = await command.run(context).catch((error: unknown): never => { throw namingOptions(error, command); });
    if (json) process.stdout.write(`${JSON.stringify(result.json)}\n`);
    return result.exitCode ?? EXIT.done;
  } finally {
    endLine();
    known = null;
    await app.close();
  }
}

/** Options may stand before the command too, so the command is the first words that are neither an option nor the value of one. */
function findCommand(words: readonly string[]): { command: Command | undefined; asked: string | undefined } {
  const options = Object.assign({}, ...COMMANDS.map((command) => command.options), GLOBAL_OPTIONS) as Command['options']; // all that take a value, so that it is not read as a word
  const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false });
  return { command: COMMANDS.find(({ name }) => name === positionals.slice(0, name.split(' ').length).join(' ')), asked: text(values['language']) };
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
    const parsed = parseArgs({ args: [...words], options: { ...GLOBAL_OPTIONS, ...command?.options }, allowPositionals: true, strict: command !== undefined });
    return { values: parsed.values, positionals: parsed.positionals };
  } catch (cause) {
    throw new AppError('invalid-input', { usage: command?.usage ?? '', ...whichOption(cause) }, { cause });
  }
}

/** The option a call was wrong about, by its name alone: the value may be a secret. */
function whichOption(cause: unknown): { fields?: string[] } {
  const { code, message } = cause instanceof Error && 'code' in cause ? cause : { code: '', message: '' };
  const why = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'no-option' : code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' ? null : message.includes('does not take') ? 'takes-no-value' : 'needs-value';
  const name = /--[a-z][a-z-]*(?=[' =<])/.exec(message)?.[0];
  return why === null || name === undefined ? {} : { fields: [`${name}: ${why}`] };
}

/** Asked for, it is what was asked; otherwise a failure, with what may have been meant. */
function printHelp(positionals: readonly string[], asked: boolean, language: Language, json: boolean): number {
  const words = positionals[0] === 'help' ? positionals.slice(1) : positionals;
  const lines = helpLines(COMMANDS, words, language);
  const isHelp = lines !== null && (asked || positionals[0] === 'help');
  const usage = lines === null ? sentencesIn(language).unknownCommand(words.join(' '), nearestCommands(COMMANDS, words)) : lines.join('\n');
  if (json) process.stdout.write(`${JSON.stringify(isHelp ? { commands: commandsUnder(words, language) } : { error: { code: 'invalid-input', facts: { usage } } })}\n`);
  if (!json || !isHelp) (isHelp ? process.stdout : process.stderr).write(`${usage}\n`);
  return isHelp ? EXIT.done : EXIT.usage;
}

const commandsUnder = (words: readonly string[], language: Language): unknown[] =>
  COMMANDS.filter(({ name }) => `${name} `.startsWith(words.length === 0 ? '' : `${words.join(' ')} `)).map(({ name, usage }) => ({ name, usage, does: summaryOf(name, language) }));

function printVersion(json: boolean): number {
  process.stdout.write(json ? `${JSON.stringify({ version })}\n` : `Bluelift ${version}\n`);
  return EXIT.done;
}

/** What is no AppError is a bug here too: one line with a reference number, its place in the log, and never a secret. */
function reportBug(error: unknown): WireError {
  const reference = randomBytes(4).toString('hex').toUpperCase();
  process.stderr.write(`${redact(`internal ${reference} ${error instanceof Error ? error.message : String(error)}`)}\n`);
  return { code: 'internal', facts: {}, reference };
}

// Whoever reads may stop reading (`| head`): the command still ends its work, and with its own exit code. A full disk behind `>` is another matter.
process.stderr.on('error', () => undefined);
let isOutputLost = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  process.stderr.write(`${sentencesIn(chooseLanguage(undefined, process.env)).outputLost(error.code ?? error.message)}\n`);
  if (process.exitCode === EXIT.done) process.exitCode = EXIT.diskOrMedium; // of the last words, which are written when the work is over
});
const exitCode = await main(process.argv.slice(2));
process.exitCode = exitCode === EXIT.done && isOutputLost ? EXIT.diskOrMedium : exitCode;
