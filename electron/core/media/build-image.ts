// Builds a medium as an image file: base and agent, sealed bundle, manifest; written, read back, and only then given its name.

import { AppError } from '../app-error.ts';
import { fixedVhdFooter } from '../../formats/vhd/fixed-vhd-footer.ts';
import { nextTurn } from '../keys/slices.ts';
import { dropPreparedBase, prepareBase } from './boot-wim.ts';
import { PIECE_BYTES, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, BuildStep, BuiltImage, ImageOrder } from './image-order.ts';
import { inspect } from './media-base.ts';
import type { FileInTheMaking, MediaPorts, Progress } from './media-ports.ts';
import type { MediumPlan, PlannedFile } from './medium-plan.ts';
import { planFile, planMedium } from './medium-plan.ts';
import { payloadHash, showPayload } from './payload.ts';
import { CachedFileChanged, plannedBytes, verifyExtents, writeExtents } from './write-extents.ts';

/**
 * Builds an image file.
 *
 * @param order What to build. The same order gives the same bytes; only the sealed bundle holds chance, and it is lent.
 *              The bundle is taken once, after base and agent are ready.
 * @returns Where it is and what it is called. `out` is there, whole and on the disk.
 * @throws AppError as `inspectBase` about the base; `file-exists`, `disk-full`, `image-too-small`, `file-too-large`, `image-unreadable`
 *         (read back differently) or `cancelled` about the image. Then nothing new is there under the final name, nor beside it.
 */
export async function buildImage(order: ImageOrder, ports: MediaPorts, options: BuildOptions = {}): Promise<BuiltImage> {
  // First of all, because everything else takes time and sealing keys is a disclosure.
  const image = await ports.files.create(order.out, order.overwrite ?? false);
  try {
    return await buildInto(image, order, ports, options);
  } finally {
    await image.discard();
  }
}

async function buildInto(image: FileInTheMaking, order: ImageOrder, ports: MediaPorts, options: BuildOptions): Promise<BuiltImage> {
  const isManual = order.medium.mode === 'manual';
  const recipe = new TextEncoder().encode(order.recipeText);
  const payload = payloadHash(order.agentFiles, recipe);
  const inspected = await inspect(order.base, ports, { ...options, manualOnly: isManual });
  let prepared = await prepareBase(inspected, order.agentFiles, ports, options);
  const bundle = await collect(order.bundleFiles, options);
  if (isManual && bundle.length > 0) throw new AppError('invalid-input', { reason: 'keys-on-manual-medium' });

  const contents = {
    order: order.medium, architecture: inspected.base.architecture, payload, recipe, readme: order.readme, bundle, auditHead: order.auditHead ?? null,
  };
  let plan = await planMedium(prepared.files, contents, order.sizeBytes);
  try {
    await write(plan, image, ports, options, order.ontoDisk === true ? 'prepare' : 'write');
  } catch (error) {
    if (!(error instanceof CachedFileChanged)) throw error;
    // A damaged cache costs time, never a medium.
    await dropPreparedBase(prepared, ports);
    prepared = await prepareBase(inspected, order.agentFiles, ports, options);
    plan = await planMedium(prepared.files, contents, order.sizeBytes);
    await write(plan, image, ports, options, order.ontoDisk === true ? 'prepare' : 'write');
  }
  await verifyExtents(plan.extents, image, stepOptions(order.ontoDisk === true ? 'prepare' : 'verify', options));
  const footerBytes = order.format === 'vhd' ? await addVhdFooter(plan, image) : 0;
  throwIfCancelled(options.signal);
  const built: BuiltImage = {
    path: order.out, sizeBytes: plan.sizeBytes + footerBytes, usedBytes: plannedBytes(plan.extents), base: inspected.base,
    payload: showPayload(payload), manifestSha256: plan.manifestSha256, files: plan.files.length,
  };
  await options.beforeNaming?.(built);
  await image.commit({ signal: options.signal, onProgress: (step, doneBytes, totalBytes) => options.onProgress?.({ step, doneBytes, totalBytes }) });
  return built;
}

/** The disk stays as it is; what follows it says that it is one. Its ID is that of the contents. */
async function addVhdFooter(plan: MediumPlan, image: FileInTheMaking): Promise<number> {
  const footer = fixedVhdFooter(plan.sizeBytes, Buffer.from(plan.manifestSha256, 'hex').subarray(0, 16));
  await image.write(plan.sizeBytes, footer);
  await image.sync();
  if (Buffer.compare(await image.readBack(plan.sizeBytes, footer.length), footer) !== 0) throw new AppError('image-unreadable', { reason: 'not-as-written' });
  return footer.length;
}

async function write(plan: MediumPlan, image: FileInTheMaking, ports: MediaPorts, options: BuildOptions, step: BuildStep): Promise<void> {
  await image.reserve(plan.sizeBytes, plannedBytes(plan.extents));
  await writeExtents(plan.extents, image, ports.files, stepOptions(step, options));
}

function stepOptions(step: BuildStep, { signal, onProgress }: BuildOptions): { readonly signal: AbortSignal | undefined; readonly onProgress: Progress } {
  return { signal, onProgress: (doneBytes, totalBytes) => onProgress?.({ step, doneBytes, totalBytes }) };
}

/** Takes the bundle's files in and hashes them; 1,000,000 keys are about 100 MB in 4,096 files. */
async function collect(bundleFiles: ImageOrder['bundleFiles'], options: BuildOptions): Promise<readonly PlannedFile[]> {
  const files: PlannedFile[] = [];
  let doneBytes = 0;
  let sinceTurn = 0;
  for await (const file of bundleFiles) {
    throwIfCancelled(options.signal);
    files.push(planFile(file));
    doneBytes += file.bytes.length;
    sinceTurn += file.bytes.length;
    options.onProgress?.({ step: 'seal', doneBytes, totalBytes: doneBytes });
    if (sinceTurn < PIECE_BYTES) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  return files;
}
