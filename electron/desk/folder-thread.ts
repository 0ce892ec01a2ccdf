// Entry of the thread that reads folders: what lies in them, then hundreds of small files at a time. It opens no store and holds no key but that of fingerprints.
// Reading waits for the disk here, not at the desk: a call that waits costs a fraction of one that is told later.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ErrorCode, ErrorFacts } from '../core/app-error.ts';
import { NAMED_FILES } from '../core/keys/gathered-files.ts';
import { openGathering, SMALL_BYTES, type GatherableFile, type Gathering, type ReadFile } from '../core/keys/small-files.ts';
import { nextTurn } from '../core/keys/slices.ts';
import type { ColumnMapping } from '../formats/intake/mapping.ts';
import { giveWay } from '../store/background-thread.ts';
import { containerKind } from './containers.ts';
import { toFileError, walk, type ListedFile, type PathThatFails } from './files.ts';
import { openGroups, type GroupPart } from './small-groups.ts';

/** What the thread is started with. `fingerprintKey` is secret. */
export interface FolderTask { readonly paths: readonly string[]; readonly fingerprintKey: Uint8Array; readonly mappings: readonly ColumnMapping[] }
/** `more`: what came was stored, more may come. */
export type ToFolder = 'more';
/** `listing` now and then, `listed` once, then the files in their order, then `over`. `apart`: a file that is read by itself; `sizeBytes` null: nobody knows. */
export type FromFolder =
  | { readonly kind: 'listing'; readonly files: number; readonly path: string }
  | { readonly kind: 'listed'; readonly files: number; readonly first: readonly string[] }
  | GroupPart
  | { readonly kind: 'apart'; readonly path: string; readonly bytes: Uint8Array | null }
  | { readonly kind: 'over' };

type Port = NonNullable<typeof parentPort>;

/** Groups that may lie between reading and storing. */
const GROUPS_AHEAD = 2;
const LISTING_MS = 200;

async function serve(port: Port, { paths, fingerprintKey, mappings }: FolderTask): Promise<void> {
  giveWay();
  const room = { groups: GROUPS_AHEAD, wake: (): void => undefined };
  port.on('message', (_: ToFolder) => {
    room.groups += 1;
    room.wake();
  });
  const found = await list(paths, (part) => port.postMessage(part));
  const gathering = openGathering({ fingerprintKey, mappings });
  const buffer = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);
  const send = async (part: FromFolder, buffers: ArrayBuffer[] = []): Promise<void> => {
    while (room.groups <= 0) await new Promise<void>((resolve) => { room.wake = resolve; });
    room.groups -= 1;
    port.postMessage(part, buffers);
    await nextTurn(); // hears what was stored meanwhile
  };
  const groups = openGroups(gathering, { send, hasRoom: () => room.groups > 0 });
  for (const file of found) {
    const read = 'error' in file ? failed(file) : readFile(file, gathering, buffer);
    if (read.kind === 'small') await groups.take(read.file);
    else if (read.kind === 'failed') await groups.fail({ path: file.path, sizeBytes: 0 }, read.code, read.facts);
    else {
      await groups.flush();
      await send(read);
    }
  }
  await groups.flush();
  await send({ kind: 'over' });
  fingerprintKey.fill(0);
  buffer.fill(0);
  port.close();
}

type FileRead =
  | { readonly kind: 'small'; readonly file: GatherableFile | ReadFile }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly facts: ErrorFacts }
  | Extract<FromFolder, { kind: 'apart' }>;

const failed = ({ error }: PathThatFails): FileRead => ({ kind: 'failed', code: error.code, facts: error.facts });

/** @param buffer Has room for a byte more than a small file has. */
function readFile({ path, bytes, sizeBytes }: ListedFile, gathering: Gathering, buffer: Buffer): FileRead {
  const apart: FileRead = { kind: 'apart', path, bytes };
  if (sizeBytes !== null && sizeBytes > SMALL_BYTES) return apart;
  try {
    const length = readBeginning(bytes ?? path, buffer);
    const content = buffer.subarray(0, length);
    if (length > SMALL_BYTES || containerKind(content) !== null) return apart;
    return { kind: 'small', file: gathering.read({ path, sizeBytes: length }, content) };
  } catch (cause) {
    const { code, facts } = toFileError(path, cause);
    return { kind: 'failed', code, facts };
  }
}

/** A pipe that took the file's place meanwhile has nothing to say and is not waited for. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function readBeginning(path: string | Buffer, buffer: Buffer): number {
  const file = openSync(path, FLAGS);
  try {
    let length = 0;
    for (let more = -1; more !== 0 && length < buffer.length; length += more) more = readSync(file, buffer, length, buffer.length - length, null);
    return length;
  } finally {
    closeSync(file);
  }
}

/** What lies in the folders, told while it takes long. */
async function list(paths: readonly string[], tell: (part: FromFolder) => void): Promise<readonly (ListedFile | PathThatFails)[]> {
  const found: (ListedFile | PathThatFails)[] = [];
  let toldMs = performance.now();
  for await (const files of walk(paths)) {
    for (const file of files) found.push(file);
    const last = files.at(-1);
    if (last === undefined || performance.now() - toldMs < LISTING_MS) continue;
    toldMs = performance.now();
    tell({ kind: 'listing', files: found.length, path: last.path });
  }
  tell({ kind: 'listed', files: found.length, first: found.slice(0, NAMED_FILES).map(({ path }) => path) });
  return found;
}

if (parentPort !== null) await serve(parentPort, workerData as FolderTask); // started by folder-files.ts only
