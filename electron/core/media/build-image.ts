// Builds a medium as an image file (or, for starting over the network, as a folder): base and agent, sealed bundle, manifest; written, read back, and only then given its name.

import { AppError } from '../app-error.ts';
import { fixedVhdFooter } from '../../formats/vhd/fixed-vhd-footer.ts';
import { dropPreparedBase, keepHashes, prepareBase } from './boot-wim.ts';
import { buildNetworkFolder } from './build-network-folder.ts';
import { gather } from './gather.ts';
import { throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, BuildStep, BuiltImage, ImageOrder } from './image-order.ts';
import type { FileInTheMaking, MediaPorts, Progress } from './media-ports.ts';
import type { MediumLayout, MediumPlan } from './medium-plan.ts';
import { DRIVERS_FOLDER } from './medium-paths.ts';
import { planMedium, sealAreasOf, writtenHash } from './medium-plan.ts';
import { showPayload } from './payload.ts';
import { CachedFileChanged, plannedBytes, writeExtents } from './write-extents.ts';

/**
 * Builds an image file.
 *
 * @param order What to build. The same order gives the same bytes; only the sealed bundle holds chance, and it is lent.
 *              The bundle is taken once, after base and agent are ready.
 * @returns Where it is and what it is called. `out` is there, whole and on the disk.
 * @throws AppError as `inspectBase` about the base; as `findDrivers` about drivers; `file-exists`, `disk-full`, `image-too-small`, `file-too-large`, `image-unreadable`
 *         (read back differently) or `cancelled` about the image. Then nothing new is there under the final name, nor beside it.
 */
export async function buildImage(order: ImageOrder, ports: MediaPorts, options: BuildOptions = {}): Promise<BuiltImage> {
  if (order.format === 'pxe') return buildNetworkFolder(order, ports, options);
  // First of all, because everything else takes time and sealing keys is a disclosure.
  const image = await ports.files.create(order.out, order.overwrite ?? false);
  try {
    return await buildInto(image, order, ports, options);
  } finally {
    await image.discard();
  }
}

async function buildInto(image: FileInTheMaking, order: ImageOrder, ports: MediaPorts, options: BuildOptions): Promise<BuiltImage> {
  const gathered = await gather(order, ports, options);
  const { inspected, drivers, contents } = gathered;
  let { prepared } = gathered;
  const layout: MediumLayout = order.format === 'iso' ? { kind: 'disc' } : { kind: 'disk', sizeBytes: order.sizeBytes, twoLoaders: order.twoLoaders };
  let plan = await planMedium([...drivers, ...prepared.files], contents, layout);
  const step = order.ontoDisk === true ? 'prepare' : 'write';
  try {
    await write(plan, image, ports, options, step);
  } catch (error) {
    if (!(error instanceof CachedFileChanged)) throw error;
    if (error.path.startsWith(`${DRIVERS_FOLDER}/`)) throw new AppError('file-unreadable', { path: error.path, reason: 'changed' }, { cause: error });
    // A damaged cache costs time, never a medium.
    await dropPreparedBase(prepared, ports);
    prepared = await prepareBase(inspected, order.agentFiles, ports, options);
    plan = await planMedium([...drivers, ...prepared.files], contents, layout);
    await write(plan, image, ports, options, step);
  }
  await keepHashes(prepared, inspected, ports);
  const footerBytes = order.format === 'vhd' ? await addVhdFooter(plan, image) : 0;
  throwIfCancelled(options.signal);
  const built: BuiltImage = {
    path: order.out, sizeBytes: plan.sizeBytes + footerBytes, usedBytes: plannedBytes(plan.extents), base: inspected.base, architecture: inspected.base.architecture, sealAt: sealAreasOf(plan),
    payload: showPayload(contents.payload), manifestSha256: writtenHash(plan.manifest), files: plan.files.length + plan.secondFiles.length, loaders: plan.loaders,
  };
  await options.beforeNaming?.(built);
  await image.commit({ signal: options.signal, onProgress: (step, doneBytes, totalBytes) => options.onProgress?.({ step, doneBytes, totalBytes }) });
  return built;
}

/** The disk stays as it is; what follows it says that it is one. Its ID is that of the contents. */
async function addVhdFooter(plan: MediumPlan, image: FileInTheMaking): Promise<number> {
  const footer = fixedVhdFooter(plan.sizeBytes, Buffer.from(writtenHash(plan.manifest), 'hex').subarray(0, 16));
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
