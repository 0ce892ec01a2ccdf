// A directory with the rights of whoever is signed in to Windows: PowerShell reads it and hands it over through a pipe.
// What comes never passes through node-powershell itself, whose history keeps every command and its output.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PowerShell } from 'node-powershell';
import { AppError } from '../core/app-error.ts';
import { MOST_FOUND } from '../core/sources/directory-question.ts';
import type { DirectoryObject } from '../core/sources/directory-source.ts';
import { deskScript } from './desk-script.ts';
import type { OpenDirectory } from './directory.ts';

/** Both untrusted. Null: the domain controller Windows finds; the whole domain. */
export interface SignedInAddress { readonly server: string | null; readonly base: string | null }

/** Objects handed on at once. */
const PAGE_OBJECTS = 500;
/** For PowerShell to start, find the module and a domain controller. */
const START_MS = 60_000;
/** For what PowerShell wrote last to come through the pipe once it has ended. */
const LAST_LINE_MS = 2_000;

type Line =
  | { readonly kind: 'base'; readonly base: string } | { readonly kind: 'object'; readonly object: DirectoryObject }
  | { readonly kind: 'laps'; readonly encrypted: number } | { readonly kind: 'end' } | { readonly kind: 'failed'; readonly why: string };

/** @returns AppError `powershell-unavailable` (with `no-module`, `not-windows` …), `source-unreachable`. Closing ends PowerShell. */
export async function openSignedInDirectory(address: SignedInAddress, signal: AbortSignal): Promise<OpenDirectory> {
  const first = await runExport(address, null, signal);
  const again: ExportRun[] = [];
  /** Each question is a run of its own: the script ends with its answer. */
  const ask = async (base: string, filter: string | null): Promise<ExportRun> => {
    const run = await runExport({ server: address.server, base }, filter, signal);
    again.push(run);
    return run;
  };
  return {
    ...first,
    async find(filter) {
      const run = await ask(first.base, filter);
      const names: string[] = [];
      for await (const page of run.pages()) names.push(...page.map(({ dn }) => dn));
      return names.slice(0, MOST_FOUND);
    },
    async *below(base) { yield* (await ask(base, null)).pages(); },
    async close() { for (const run of [first, ...again]) await run.close(); },
  };
}

type ExportRun = Omit<OpenDirectory, 'find' | 'below'>;

async function runExport({ server, base }: SignedInAddress, filter: string | null, signal: AbortSignal): Promise<ExportRun> {
  // Tests lend an engine the way node-powershell finds one.
  if (process.platform !== 'win32' && process.env['NODE_POWERSHELL'] === undefined) throw new AppError('powershell-unavailable', { why: 'not-windows' });
  const token = randomBytes(32).toString('hex');
  const pipeName = `bluelift-${randomBytes(16).toString('hex')}`;
  const listener = createServer();
  listener.listen(pipePath(pipeName));
  await once(listener, 'listening');
  const shell = new PowerShell({
    executableOptions: { '-NoProfile': true, '-NonInteractive': true, '-ExecutionPolicy': 'Bypass' }, invocationTimeout: 0x7fffffff, throwOnInvocationError: false,
    spawnOptions: { env: { ...process.env, BLUELIFT_PIPE_TOKEN: token }, windowsHide: true },
  });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    listener.close();
    await shell.dispose('SIGTERM').catch(() => undefined);
  };
  const onAbort = (): void => void close();
  signal.addEventListener('abort', onAbort);
  try {
    const words = [['-PipeName', pipeName], ['-SearchBase', base ?? ''], ['-Server', server ?? ''], ...(filter === null ? [] : [['-LDAPFilter', filter]])].map(([name, value]) => `${name} ${quoted(value ?? '')}`);
    const ran = shell.invoke(`. ${quoted(deskScript('Export-DirectoryObject.ps1'))}; Export-DirectoryObject ${words.join(' ')}`).then(({ hadErrors }) => hadErrors, () => true);
    const lines = linesFrom(listener, token);
    const first = await Promise.race([lines.next(), ran.then(() => soon(LAST_LINE_MS, signal)), soon(START_MS, signal)]);
    // PowerShell has ended, or not begun, without coming to the pipe.
    if (first === null || first.done === true) throw new AppError('powershell-unavailable', { why: 'no-answer' });
    if (first.value.kind === 'failed') throw first.value.why === 'no-module' ? new AppError('powershell-unavailable', { why: 'no-module' }) : new AppError('source-unreachable', { url: server ?? 'Active Directory', why: first.value.why });
    if (first.value.kind !== 'base') throw new AppError('source-failed', { why: 'out-of-order' });
    let encrypted: number | null = null;
    return {
      base: first.value.base, close, countEncryptedLaps: () => Promise.resolve(encrypted),
      async *pages() {
        let page: DirectoryObject[] = [];
        for await (const line of lines) {
          if (line.kind === 'object') page.push(line.object);
          else if (line.kind === 'laps') encrypted = line.encrypted;
          else if (line.kind === 'failed') throw new AppError('source-failed', { why: line.why });
          else if (line.kind === 'end') {
            yield page;
            return;
          }
          if (page.length < PAGE_OBJECTS) continue;
          yield page;
          page = [];
        }
        throw new AppError('source-failed', { why: 'connection-lost' });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where .NET looks for a pipe of that name. */
const pipePath = (name: string): string => (process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `CoreFxPipe_${name}`));

/** In single quotes nothing is expanded; the typographic ones end a string as well. */
const quoted = (text: string): string => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&').replace(/[\r\n\0]/g, '')}'`;

/** Lines of the first visitor who knows the token; whoever else comes is sent away. */
async function* linesFrom(listener: Server, token: string): AsyncGenerator<Line> {
  for (;;) {
    const [socket] = (await once(listener, 'connection')) as [Socket]; // what a server emits
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    let isKnown = false;
    for await (const text of lines) {
      if (isKnown) yield parseLine(text);
      else if (isEqual(text, token)) isKnown = true;
      else break;
    }
    socket.destroy();
    if (isKnown) return;
  }
}

const isEqual = (given: string, token: string): boolean => given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token));

/** What a script of ours writes, looked at all the same. A line that is none ends the reading. */
function parseLine(text: string): Line {
  const failed: Line = { kind: 'failed', why: 'not-json' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed;
  }
  if (typeof value !== 'object' || value === null) return failed;
  const line = value as Readonly<Record<string, unknown>>; // fields are looked at one by one
  switch (line['kind']) {
    case 'end': return { kind: 'end' };
    case 'failed': return { kind: 'failed', why: String(line['why']).slice(0, 100) };
    case 'base': return typeof line['base'] === 'string' ? { kind: 'base', base: line['base'] } : failed;
    case 'laps': return { kind: 'laps', encrypted: Number(line['encrypted']) || 0 };
    case 'object': return typeof line['dn'] === 'string' && typeof line['attributes'] === 'object' && line['attributes'] !== null
      ? { kind: 'object', object: { dn: line['dn'], attributes: Object.fromEntries(Object.entries(line['attributes']).map(([name, values]) => [name, (Array.isArray(values) ? values : [values]).flatMap(toValue)])) } }
      : failed;
    default: return failed;
  }
}

function toValue(value: unknown): (string | Uint8Array)[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null && 'base64' in value && typeof value.base64 === 'string') return [new Uint8Array(Buffer.from(value.base64, 'base64'))];
  return [];
}

function soon(ms: number, signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    timer.unref();
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(null); }, { once: true });
  });
}
