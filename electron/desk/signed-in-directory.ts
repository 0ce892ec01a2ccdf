// A directory with the rights of whoever is signed in to Windows: PowerShell reads it and hands it over through a pipe.
// What comes never passes through node-powershell itself, whose history keeps every command and its output.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PowerShell } from 'node-powershell';
import { AppError } from '../core/app-error.ts';
import type { DirectoryObject, LapsCounts } from '../core/sources/directory-source.ts';
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
  | { readonly kind: 'laps'; readonly counts: LapsCounts } | { readonly kind: 'end' } | { readonly kind: 'failed'; readonly why: string };

/** @returns AppError `powershell-unavailable` (with `no-module`, `not-windows` …), `source-unreachable`. Closing ends PowerShell. */
export async function openSignedInDirectory({ server, base }: SignedInAddress, signal: AbortSignal): Promise<OpenDirectory> {
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
    const words = [['-PipeName', pipeName], ['-SearchBase', base ?? ''], ['-Server', server ?? '']].map(([name, value]) => `${name} ${quoted(value ?? '')}`);
    const ran = shell.invoke(`. ${quoted(scriptPath())}; Export-DirectoryObject ${words.join(' ')}`).then(({ hadErrors }) => hadErrors, () => true);
    const lines = linesFrom(listener, token);
    const first = await Promise.race([lines.next(), ran.then(() => soon(LAST_LINE_MS, signal)), soon(START_MS, signal)]);
    // PowerShell has ended, or not begun, without coming to the pipe.
    if (first === null || first.done === true) throw new AppError('powershell-unavailable', { why: 'no-answer' });
    if (first.value.kind === 'failed') throw first.value.why === 'no-module' ? new AppError('powershell-unavailable', { why: 'no-module' }) : new AppError('source-unreachable', { url: server ?? 'Active Directory', why: first.value.why });
    if (first.value.kind !== 'base') throw new AppError('source-failed', { why: 'out-of-order' });
    let laps: LapsCounts | null = null;
    return {
      base: first.value.base, close, countLaps: () => Promise.resolve(laps),
      async *pages() {
        let page: DirectoryObject[] = [];
        for await (const line of lines) {
          if (line.kind === 'object') page.push(line.object);
          else if (line.kind === 'laps') laps = line.counts;
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

/** scripts/desk, seen from the sources (electron/desk) as well as from a bundle (dist/electron). */
function scriptPath(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const path = here.includes(join('dist', 'electron')) ? join(here, '..', 'desk', 'Export-DirectoryObject.ps1') : join(here, '..', '..', 'scripts', 'desk', 'Export-DirectoryObject.ps1');
  if (!existsSync(path)) throw new AppError('file-not-found', { path });
  return path;
}

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
    case 'laps': return { kind: 'laps', counts: { readable: Number(line['readable']) || 0, encrypted: Number(line['encrypted']) || 0 } };
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
