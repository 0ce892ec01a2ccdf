// Everything a medium is made of, before it is laid out: the base prepared, drivers, the sealed bundle and what goes beside it.

import { AppError } from '../app-error.ts';
import { nextTurn } from '../keys/slices.ts';
import { SECOND_LOADER } from './base-files.ts';
import type { BaseFile, PreparedBase } from './boot-wim.ts';
import { prepareBase } from './boot-wim.ts';
import { takeDrivers } from './drivers.ts';
import { PIECE_BYTES, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, ImageOrder, MediumFile } from './image-order.ts';
import type { InspectedBase } from './base-facts.ts';
import { inspect } from './media-base.ts';
import type { MediaPorts } from './media-ports.ts';
import type { MediumContents, PlannedFile } from './medium-plan.ts';
import { planFile } from './medium-plan.ts';
import { orderAgentFiles, payloadHash } from './payload.ts';

export interface Gathered { readonly inspected: InspectedBase; readonly prepared: PreparedBase; readonly drivers: readonly BaseFile[]; readonly contents: MediumContents }

/** What refuses an order refuses it here, before the bundle is taken. AppError as `buildImage` says of base, drivers and order. */
export async function gather(order: ImageOrder, ports: MediaPorts, options: BuildOptions): Promise<Gathered> {
  const isManual = order.medium.mode === 'manual';
  const recipe = new TextEncoder().encode(order.recipeText);
  const payload = payloadHash(order.agentFiles, recipe);
  const inspected = await inspect(order.base, ports, { ...options, manualOnly: isManual });
  if (order.twoLoaders === true) refuseTwoLoaders(order.format, inspected);
  const drivers = order.drivers === undefined ? [] : await takeDrivers(order.drivers, inspected.base.architecture, ports.files, options.signal);
  const prepared = await prepareBase(inspected, order.agentFiles, ports, options);
  const safeMode = safeModeFiles(order);
  throwIfCancelled(options.signal);
  const { mediaId, auditHead } = order.nameMedium();
  const bundle = await collectBundle(order.bundleFiles, options);
  if (isManual && bundle.length > 0) throw new AppError('invalid-input', { reason: 'keys-on-manual-medium' });
  return {
    inspected, prepared, drivers,
    contents: { order: { ...order.medium, mediaId }, architecture: inspected.base.architecture, payload, recipe, readme: order.readme, safeMode, bundle, auditHead, loaders: inspected.base.loaders },
  };
}

/** Before anything is sealed. A base from before April 2024 has one loader. */
function refuseTwoLoaders(format: ImageOrder['format'], { base }: InspectedBase): void {
  // A disc has one; over the network wimboot takes both out of the WIM and starts the one that is accepted.
  if (format === 'iso' || format === 'pxe') throw new AppError('invalid-input', { field: 'twoLoaders', reason: 'only-on-a-disk' });
  if (base.loaders.length < 2) throw new AppError('base-lacks-files', { path: base.path, missing: [SECOND_LOADER] });
}

/** The agent once more, as files: safe mode starts it from the medium. The same bytes, so the same payload hash. */
function safeModeFiles({ medium, safeModeScript, agentFiles, format }: ImageOrder): readonly MediumFile[] {
  if (medium.mode !== 'safe-boot') return [];
  // Safe mode runs what is still there after the restart, which a RAM disk is not.
  if (format === 'pxe') throw new AppError('invalid-input', { field: 'format', reason: 'safe-boot-needs-a-medium' });
  if (safeModeScript === undefined) throw new Error('a safe-boot medium without safe-mode.cmd');
  return [{ path: 'safe-mode.cmd', bytes: safeModeScript }, ...orderAgentFiles(agentFiles).map(({ name, bytes }) => ({ path: `safe-mode/${name}`, bytes }))];
}

/** Takes the bundle's files in and hashes them; 1,000,000 keys are about 100 MB in 4,096 files. */
export async function collectBundle(bundleFiles: ImageOrder['bundleFiles'], options: BuildOptions): Promise<readonly PlannedFile[]> {
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
