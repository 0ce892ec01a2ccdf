// Small files on their way from the thread that reads them: gathered into groups, sent when there are enough of them or a moment is over.
import type { ErrorCode, ErrorFacts } from '../core/app-error.ts';
import type { GatherableFile, Gathered, Gathering, ReadFile, SmallFile } from '../core/keys/small-files.ts';
import { nextTurn } from '../core/keys/slices.ts';
import { buffersOf } from './staged-buffers.ts';

/** `together`: stored as one; `ones`: such whose rows are stored file by file. Passwords in runs are secret. */
export type GroupPart =
  | { readonly kind: 'together'; readonly gathered: Gathered }
  | { readonly kind: 'ones'; readonly files: readonly ReadFile[] };

/** Where small files go as they are read; each act waits until there is room. */
export interface SmallGroups {
  take(file: GatherableFile | ReadFile): Promise<void>;
  /** A file that can not be read, and why. */
  fail(file: SmallFile, code: ErrorCode, facts: ErrorFacts): Promise<void>;
  /** Sends what waits: something else comes next. */
  flush(): Promise<void>;
}

/** Of one group: stored in some twenty transactions and half a second, so that cancelling is heard soon. With half as many a large folder takes a tenth longer. */
const MOST_FILES = 8192;
const MOST_ROWS = 16_384;
/** People hear of what comes in twice a second. */
const GROUP_MS = 400;
/** While groups wait to be stored, whether there is room for one is asked so often. */
const ASK_MS = 100;
/** Files with rows to be stored by themselves, which share a transaction. */
const MOST_ONES = 24;

/** Where groups go. */
export interface GroupsSent {
  /** Waits until there is room. The buffers are handed over with the part. */
  send(part: GroupPart, buffers: ArrayBuffer[]): Promise<void>;
  /** Whether what is sent now would be stored soon. */
  hasRoom(): boolean;
}

/** @param gathering Empty; nobody else adds to it. */
export function openGroups(gathering: Gathering, { send, hasRoom }: GroupsSent): SmallGroups {
  let ones: ReadFile[] = [];
  let groupMs = performance.now();
  const sendTogether = async (): Promise<void> => {
    if (gathering.files === 0) return;
    const gathered = gathering.take();
    groupMs = performance.now();
    await send({ kind: 'together', gathered }, gathered.runs.flatMap(buffersOf));
  };
  const sendOnes = async (): Promise<void> => {
    if (ones.length === 0) return;
    const files = ones;
    ones = [];
    await send({ kind: 'ones', files }, files.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'run' ? buffersOf(part.run) : []))));
  };
  /** While others are being stored, files go on being gathered: the larger a group, the fewer pages of the store are written again for each file. */
  const isDue = async (): Promise<boolean> => {
    if (performance.now() - groupMs <= GROUP_MS) return false;
    await nextTurn(); // hears what was stored meanwhile
    if (hasRoom()) return true;
    groupMs += ASK_MS;
    return false;
  };
  /** Files keep their order: of the two kinds only one waits. */
  const makeRoom = async (isOne: boolean): Promise<void> => {
    if (!isOne || ones.length >= MOST_ONES) await sendOnes();
    if (isOne || gathering.files >= MOST_FILES || gathering.rows >= MOST_ROWS || (await isDue())) await sendTogether();
    if (gathering.files === 0 && ones.length === 0) groupMs = performance.now();
  };
  return {
    async take(file) {
      const isOne = 'parts' in file;
      await makeRoom(isOne);
      if (isOne) ones.push(file);
      else if (!gathering.add(file)) {
        await sendTogether();
        gathering.add(file);
      }
    },
    async fail(file, code, facts) {
      await makeRoom(false);
      gathering.fail(file, code, facts);
    },
    async flush() {
      await sendTogether();
      await sendOnes();
    },
  };
}
