// Entry of the thread that reads hand-overs: bytes from disk in, runs of rows out. It opens no store and holds no key but that of fingerprints.
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../core/app-error.ts';
import { readRuns, type ReadOptions, type ReadPart } from '../core/keys/read-runs.ts';
import { nextTurn } from '../core/keys/slices.ts';
import { openGathering, SMALL_BYTES } from '../core/keys/small-files.ts';
import { applyWriteAheadLog } from '../formats/sqlite/write-ahead-log.ts';
import { giveWay } from '../store/background-thread.ts';
import { containerKind, membersOf, type ContainerKind, type Member } from './containers.ts';
import { readChunks } from './files.ts';
import { openGroups, type GroupPart, type GroupsSent } from './small-groups.ts';
import { buffersOf } from './staged-buffers.ts';

/** What the thread is started with. `fingerprintKey` is secret. */
export interface IntakeTask extends Omit<ReadOptions, 'signal'> { readonly path: string }
/** `stop`: read no further. `more`: a run has been stored, another may come. */
export type ToIntake = 'stop' | 'more';
/** A file's parts; of a container `members`, then `member` before the parts of each, or small ones in groups, and `members-end`. */
export type FromIntake =
  | ReadPart | GroupPart | { readonly kind: 'members' } | { readonly kind: 'members-end' }
  | { readonly kind: 'member'; readonly path: string; readonly name: string; readonly sizeBytes: number };

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
    if (part.kind === 'run') await sendStored(part, buffersOf(part.run));
    else port.postMessage(part);
  };
  /** What is stored where it arrives, which says so: memory holds only so much of it. */
  const sendStored = async (part: FromIntake, buffers: ArrayBuffer[]): Promise<void> => {
    while (room.runs <= 0) await new Promise<void>((resolve) => { room.wake = resolve; });
    room.runs -= 1;
    port.postMessage(part, buffers);
  };
  const hasRoom = (): boolean => room.runs > 0;
  const container = await peek(path);
  if (container === null) for await (const part of readRuns(readChunks(path), { ...options, path, signal, isWanted: hasRoom })) await send(part);
  else await sendMembers(container, path, { ...options, signal, isWanted: hasRoom }, send, { send: sendStored, hasRoom });
  options.fingerprintKey.fill(0);
  port.close();
}

async function sendMembers(kind: ContainerKind, path: string, options: Parameters<typeof readRuns>[1], send: (part: FromIntake) => Promise<void>, { send: sendStored, hasRoom }: GroupsSent): Promise<void> {
  await send({ kind: 'members' });
  const gathering = openGathering({ fingerprintKey: options.fingerprintKey, mappings: options.mappings ?? [] });
  const groups = openGroups(gathering, {
    async send(part, buffers) {
      await sendStored(part, buffers);
      await nextTurn(); // hears what was stored, or to stop
    },
    hasRoom,
  });
  const nameIn = (memberPath: string): string => basename(path) + memberPath.slice(path.length);
  for await (const member of membersOf(kind, { path, bytes: null, readAll: (limit) => readDatabase(path, limit), signal: options.signal })) {
    if (options.signal.aborted) break;
    if ('error' in member) {
      await groups.fail({ path: member.path, name: nameIn(member.path), sizeBytes: 0 }, member.error.code, member.error.facts);
      continue;
    }
    const read = await readSmall(member);
    if (read.bytes !== null) {
      await groups.take(gathering.read({ path: member.path, name: nameIn(member.path), sizeBytes: member.sizeBytes }, read.bytes));
      continue;
    }
    await groups.flush();
    await send({ kind: 'member', path: member.path, name: nameIn(member.path), sizeBytes: member.sizeBytes });
    for await (const part of readRuns(read.chunks, { ...options, path: member.path })) await send(asMember(part, member));
  }
  await groups.flush();
  await send({ kind: 'members-end' });
}

/** The bytes of a member that is a small file and can be read to its end; of any other its chunks from the beginning, failure and all. */
async function readSmall(member: Member): Promise<{ readonly bytes: Buffer } | { readonly bytes: null; readonly chunks: AsyncIterable<Uint8Array> }> {
  if (member.bytes !== undefined) return { bytes: member.bytes };
  if (member.kind !== null || member.notes.length > 0 || member.sizeBytes > SMALL_BYTES) return { bytes: null, chunks: member.chunks() };
  const chunks = member.chunks()[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      pieces.push(next.value);
      length += next.value.length;
      // What gzip packed does not say how much it is.
      if (length > SMALL_BYTES) return { bytes: null, chunks: goingOn(pieces, chunks) };
    }
    return { bytes: Buffer.concat(pieces) };
  } catch (failure) {
    return { bytes: null, chunks: again(pieces, failure) };
  }
}

async function* goingOn(pieces: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* again(pieces: readonly Uint8Array[], failure: unknown): AsyncGenerator<Uint8Array> {
  yield* pieces;
  throw failure;
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

/** With what stands in its log yet, when one lies beside it: a database that is in use, or was when its folder was copied. */
async function readDatabase(path: string, limit: number): Promise<Buffer> {
  const database = await readWhole(path, limit);
  const log = await readWhole(`${path}-wal`, limit).catch(() => null);
  if (log === null || log.length === 0) return database;
  const whole = applyWriteAheadLog(database, log);
  return Buffer.from(whole.buffer, whole.byteOffset, whole.length);
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

if (parentPort !== null) await serve(parentPort, workerData as IntakeTask); // started by import-files.ts only
