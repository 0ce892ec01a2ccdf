// Renews a medium in place: base, agent and recipe stay on the stick, checked file by file; ID, bundle, passcodes and expiry are new.
//
// Why a new ID and not the old one again: the label says scope, expiry and ID; records are signed under keys that come from the passcode; and what was on
// the old bundle stays disclosed whoever held it. Two bundles under one ID would make every one of these a question. The old medium ends as *wiped*, and
// its bundle is overwritten: with the new one, and with zeros wherever that is shorter.
import { createHash } from 'node:crypto';
import { AppError } from '../app-error.ts';
import { ARCHITECTURES, type Architecture } from '../codes.ts';
import type { BaseFile } from './boot-wim.ts';
import { wholeFile } from './file-parts.ts';
import { collectBundle } from './gather.ts';
import { sha256, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, ImageOrder, RecordedImage } from './image-order.ts';
import { MAX_FIELD_LINES_BYTES } from './field-lines.ts';
import { MOST_MANIFEST_BYTES, type Manifest, type ManifestFile } from './manifest.ts';
import type { MediaFiles, MediaPorts, Progress } from './media-ports.ts';
import type { Medium } from './media-register.ts';
import { BUNDLE_FOLDER, MANIFEST_PATH, MARKER_PATH } from './medium-paths.ts';
import type { MediumTree } from './medium-tree.ts';
import { OWN_FILES, planMedium, sealAreasOf, writtenHash } from './medium-plan.ts';
import { payloadHash, showPayload } from './payload.ts';
import { openMedium, SECOND_PREFIX } from './read-image.ts';
import { plannedBytes, writeExtents } from './write-extents.ts';

/** The stick that is taken over. `path`: where its files are read; `manifestSha256`: the one on record. */
export interface Renewal { readonly medium: Medium; readonly manifestSha256: string; readonly path: string; readonly diskBytes: number }

type RenewalOrder = Pick<ImageOrder, 'out' | 'medium' | 'nameMedium' | 'agentFiles' | 'recipeText' | 'readme' | 'bundleFiles'> & { readonly renewal: Renewal };

/**
 * Lays the medium out anew and writes what is not there yet. Everything is compared before keys are sealed.
 *
 * @returns What goes on record. AppError `renewal-needs-base` (`why`: changed, recipe, agent, mode, second), and what writing says. Until it writes, nothing on the stick is touched.
 */
export async function renewImage({ renewal, ...order }: RenewalOrder, ports: MediaPorts, options: BuildOptions): Promise<RecordedImage> {
  const { medium, diskBytes } = renewal;
  const recipe = new TextEncoder().encode(order.recipeText);
  const payload = payloadHash(order.agentFiles, recipe);
  const needsBase = (why: string): AppError => new AppError('renewal-needs-base', { mediaId: medium.mediaId, why });
  if (medium.recipe !== order.medium.recipe) throw needsBase('recipe');
  if (showPayload(payload) !== medium.payload) throw needsBase('agent');
  const image = await ports.files.create(order.out, true);
  try {
    return await ports.cache.withWorkspace(async (folder) => {
      const step = (name: 'read-base' | 'prepare'): Watched =>
        ({ signal: options.signal, onProgress: (doneBytes, totalBytes) => options.onProgress?.({ step: name, doneBytes, totalBytes }) });
      const kept = await takeKeptFiles(renewal, folder, ports.files, step('read-base'));
      if (kept.mode !== order.medium.mode) throw needsBase('mode');
      const { mediaId, auditHead } = order.nameMedium();
      const bundle = await collectBundle(order.bundleFiles, options);
      const plan = await planMedium(kept.files, { order: { ...order.medium, mediaId, keepsCopies: kept.keepsCopies }, architecture: kept.architecture, payload, recipe, readme: order.readme, safeMode: [], bundle, auditHead, loaders: kept.loaders }, { kind: 'disk', sizeBytes: diskBytes, twoLoaders: kept.twoLoaders });
      await image.reserve(plan.sizeBytes, plannedBytes(plan.extents));
      await writeExtents(plan.extents, image, ports.files, step('prepare'));
      throwIfCancelled(options.signal);
      const renewed: RecordedImage = { architecture: kept.architecture, payload: medium.payload, manifestSha256: writtenHash(plan.manifest), sizeBytes: plan.sizeBytes, sealAt: sealAreasOf(plan), loaders: plan.loaders };
      await options.beforeNaming?.(renewed);
      await image.commit({ signal: options.signal, onProgress: (name, doneBytes, totalBytes) => options.onProgress?.({ step: name, doneBytes, totalBytes }) });
      return renewed;
    });
  } finally {
    await image.discard();
  }
}

interface KeptOnStick {
  readonly files: readonly BaseFile[]; readonly architecture: Architecture; readonly mode: string; readonly keepsCopies: boolean; readonly twoLoaders: boolean;
  /** In the order in which a base has them: that of the second partition first. */
  readonly loaders: Manifest['loaders'];
}

/** What is to be carried over: a file of one partition, or of both. */
interface Kept { readonly file: ManifestFile; readonly set: BaseFile['set']; readonly tree: Pick<MediumTree, 'read'>; readonly shownPath: string }

/**
 * Copies what stays off the stick, and compares every file with the manifest that is on record.
 *
 * @param folder Gets the copies; the caller's, and gone afterwards.
 * @throws AppError `renewal-needs-base` (`why`: changed, with the first `path` that is another than was written; second: its second partition
 *         can not be read), `image-unreadable`, `disk-full`, `cancelled`.
 */
async function takeKeptFiles({ medium: { mediaId }, manifestSha256, path }: Renewal, folder: string, files: MediaFiles, watched: Watched): Promise<KeptOnStick> {
  const changed = (where: string): AppError => new AppError('renewal-needs-base', { mediaId, why: 'changed', path: where });
  const open = await openMedium(path, files);
  try {
    const manifestBytes = await open.readSmallFile(MANIFEST_PATH, MOST_MANIFEST_BYTES);
    if (manifestBytes === null || open.manifest === null || sha256(manifestBytes) !== manifestSha256) throw changed(MANIFEST_PATH);
    const { manifest, tree } = open;
    const twoLoaders = manifest.secondFiles.length > 0;
    // A stick that only the desktop shows, and not its raw disk, shows one partition.
    if (twoLoaders && tree.second === null) throw new AppError('renewal-needs-base', { mediaId, why: 'second' });
    const keepsCopies = /^keepCopies=yes\r?$/m.test(Buffer.from((await open.readSmallFile(MARKER_PATH, MAX_FIELD_LINES_BYTES)) ?? []).toString('latin1'));
    const taken = await copyKept(keptOf(manifest, tree), folder, files, watched, changed);
    if (twoLoaders) await compareShared(manifest, tree.second ?? tree, watched, changed);
    const architecture = ARCHITECTURES.find((known) => known === open.marker.architecture);
    if (architecture === undefined) throw changed(MARKER_PATH);
    return { files: taken, architecture, mode: open.marker.mode ?? '', keepsCopies, twoLoaders, loaders: twoLoaders ? manifest.loaders.toReversed() : manifest.loaders };
  } finally { await open.close(); }
}

const sharedKey = ({ path, sha256: hash }: ManifestFile): string => `${path}\n${hash}`;
const isOfBase = ({ path }: ManifestFile): boolean => path !== MARKER_PATH && !OWN_FILES.includes(path) && !path.startsWith(`${BUNDLE_FOLDER}/`);

/** @returns Everything but what is made anew. What both partitions have in common is taken off the first. */
function keptOf({ files, secondFiles }: Manifest, tree: MediumTree): readonly Kept[] {
  const [onFirst, onSecond] = [new Set(files.map(sharedKey)), new Set(secondFiles.map(sharedKey))];
  const setOfFirst = (file: ManifestFile): BaseFile['set'] => (secondFiles.length === 0 || onSecond.has(sharedKey(file)) ? 'common' : 'boot-ex');
  return [
    ...files.filter(isOfBase).map((file): Kept => ({ file, set: setOfFirst(file), tree, shownPath: file.path })),
    ...secondFiles.filter((file) => !onFirst.has(sharedKey(file))).map((file): Kept => ({ file, set: 'boot', tree: tree.second ?? tree, shownPath: SECOND_PREFIX + file.path })),
  ];
}

interface Watched { readonly signal: AbortSignal | undefined; readonly onProgress: Progress }

async function copyKept(kept: readonly Kept[], folder: string, files: MediaFiles, { signal, onProgress }: Watched, changed: (path: string) => AppError): Promise<BaseFile[]> {
  const totalBytes = kept.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const taken: BaseFile[] = [];
  let doneBytes = 0;
  for (const [index, { file: { path: onMedium, sizeBytes, sha256: wanted }, set, tree, shownPath }] of kept.entries()) {
    const to = files.join(folder, `kept-${index}`);
    const copy = await files.create(to, false);
    try {
      await copy.reserve(sizeBytes, sizeBytes);
      await readWhole(tree, { path: onMedium, sizeBytes, sha256: wanted }, async (bytes, at) => {
        throwIfCancelled(signal);
        await copy.write(at, bytes);
        onProgress(doneBytes + at + bytes.length, totalBytes);
      }, () => changed(shownPath));
      await copy.commit();
    } finally { await copy.discard(); }
    doneBytes += sizeBytes;
    taken.push({ onMedium, parts: wholeFile(to, sizeBytes), sizeBytes, hash: { sha256: wanted }, set });
  }
  return taken;
}

/** The second partition's copies of what the first has, too, are written anew with it: they have to be what was written, as everything else. */
async function compareShared({ files, secondFiles }: Manifest, second: Pick<MediumTree, 'read'>, { signal }: Watched, changed: (path: string) => AppError): Promise<void> {
  const onFirst = new Set(files.map(sharedKey));
  for (const file of secondFiles.filter((one) => onFirst.has(sharedKey(one)))) await readWhole(second, file, async () => throwIfCancelled(signal), () => changed(SECOND_PREFIX + file.path));
}

/** Reads a file to its end, piece by piece, and fails where it is another than the manifest says. */
async function readWhole(tree: Pick<MediumTree, 'read'>, { path, sizeBytes, sha256: wanted }: ManifestFile, take: (bytes: Uint8Array, at: number) => Promise<void>, changed: () => AppError): Promise<void> {
  const chunks = await tree.read(path);
  if (chunks === null) throw changed();
  const hash = createHash('sha256');
  let at = 0;
  for await (const bytes of chunks) {
    if (at + bytes.length > sizeBytes) throw changed();
    hash.update(bytes);
    await take(bytes, at);
    at += bytes.length;
  }
  if (at !== sizeBytes || hash.digest('hex') !== wanted) throw changed();
}
