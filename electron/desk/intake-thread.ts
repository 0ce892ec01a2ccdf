// Entry of the thread that reads hand-overs: bytes from disk in, runs of rows out. It opens no store and holds no key but that of fingerprints.
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorFacts } from '../core/app-error.ts';
import { readRuns, type ReadOptions, type ReadPart } from '../core/keys/read-runs.ts';
import type { StagedRun } from '../core/keys/staged-rows.ts';
import { giveWay } from '../store/background-thread.ts';
import { containerKind, membersOf, type ContainerKind, type Member } from './containers.ts';
import { readChunks } from './files.ts';

/** What the thread is started with. `fingerprintKey` is secret. */
export interface IntakeTask extends Omit<ReadOptions, 'signal'> { readonly path: string }
/** `stop`: read no further. `more`: a run has been stored, another may come. */
export type ToIntake = 'stop' | 'more';
/** A file's parts; of a container `members`, then `member` before the parts of each, and `members-end`. */
export type FromIntake =
  | ReadPart | { readonly kind: 'members' } | { readonly kind: 'members-end' }
  | { readonly kind: 'member'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'member-failed'; readonly path: string; readonly code: ErrorCode; readonly facts: ErrorFacts };

type Port = NonNullable<typeof parentPort>;

/** Runs that may lie between reading and storing. */
const RUNS_AHEAD = 2;
const PROGRESS_MS = 100;

async function serve(port: Port, { path, ...options }: IntakeTask): Promise<void> {
  giveWay();
  const signal = { aborted: false };
  const room = { runs: RUNS_AHEAD, wake: (): void => undefined };
  port.on('message', (message: ToIntake) => {
    if (message === 'stop') signal.aborted = true;
    else room.runs += 1;
    room.wake();
  });
  let progressMs = 0;
  const send = async (part: FromIntake): Promise<void> => {
    if (part.kind === 'progress' && performance.now() - progressMs < PROGRESS_MS) return;
    if (part.kind === 'progress') progressMs = performance.now();
    while (part.kind === 'run' && room.runs <= 0) await new Promise<void>((resolve) => { room.wake = resolve; });
    if (part.kind === 'run') room.runs -= 1;
    port.postMessage(part, part.kind === 'run' ? buffersOf(part.run) : []);
  };
  const container = await peek(path);
  if (container === null) for await (const part of readRuns(readChunks(path), { ...options, signal })) await send(part);
  else await sendMembers(container, path, { ...options, signal }, send);
  options.fingerprintKey.fill(0);
  port.close();
}

async function sendMembers(kind: ContainerKind, path: string, options: Parameters<typeof readRuns>[1], send: (part: FromIntake) => Promise<void>): Promise<void> {
  await send({ kind: 'members' });
  for await (const member of membersOf(kind, { path, bytes: null, readAll: (limit) => readWhole(path, limit) })) {
    if (options.signal.aborted) break;
    if ('error' in member) {
      await send({ kind: 'member-failed', path: member.path, code: member.error.code, facts: member.error.facts });
      continue;
    }
    await send({ kind: 'member', path: member.path, sizeBytes: member.sizeBytes });
    for await (const part of readRuns(member.chunks(), options)) await send(asMember(part, member));
  }
  await send({ kind: 'members-end' });
}

/** A sheet says that it is one, and an exporter's empty table what it means. */
function asMember(part: ReadPart, { kind, notes }: Member): ReadPart {
  if (part.kind === 'header' && kind !== null && (part.intakeKind !== 'not-recognised' || part.declined === 'empty')) return { ...part, intakeKind: kind, declined: null };
  if (part.kind === 'end' && notes.length > 0) return { ...part, notes: [...notes] };
  return part;
}

async function peek(path: string): Promise<ContainerKind | null> {
  try {
    for await (const chunk of readChunks(path)) return containerKind(chunk);
  } catch {
    // Reading the file says what is wrong with it.
  }
  return null;
}

async function readWhole(path: string, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(path)) {
    length += chunk.length;
    if (length > limit) throw new AppError('file-not-recognised', { path, why: 'too-large' });
    pieces.push(chunk);
  }
  return Buffer.concat(pieces, length);
}

/** Handed over, not copied: no password stays behind in this thread's memory. */
const buffersOf = ({ keys }: StagedRun): Transferable[] => [keys.ids, keys.hasId, keys.passwords, keys.fingerprints, keys.sourceRows, keys.hosts].map((column) => column.buffer);

if (parentPort !== null) await serve(parentPort, workerData as IntakeTask); // started by import-files.ts only
