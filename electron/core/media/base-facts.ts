// What is remembered of a base between builds, in the cache: looking into an ISO takes seconds, and what is found is the same until the file changes.

import { z } from 'zod';

import { ARCHITECTURES, SIGNING_CAS } from '../codes.ts';
import type { Area } from './areas.ts';
import type { MediaBase } from './image-order.ts';
import { BASE_KINDS } from './image-order.ts';
import type { FilePart, MediaPorts } from './media-ports.ts';

/** A base with what the next step needs of it: its cached facts. */
export type InspectedBase = {
  readonly base: MediaBase;
  /** Name of this file as it is now (`BaseCache.identify`). */
  readonly identity: string;
  /** Every file of the image that boots, paths as the WIM writes them, with `/`. */
  readonly paths: readonly string[];
  /** What 7-Zip writes in front of a path: `2/` when the WIM holds several images. */
  readonly prefix: string;
  /** When the image was last changed, as in the WIM's XML. */
  readonly modified: { readonly high: string; readonly low: string };
  /** Where the WIM lies: the base itself, stretches of an ISO, or what was taken out of one into the cache. */
  readonly wim: readonly FilePart[];
  /** An ISO's own starter for discs that asks for no key; null where it has none. */
  readonly starter: { readonly at: readonly FilePart[]; readonly sha256: string } | null;
};

/** Changes whenever what is remembered of a base changes its meaning. */
const FACTS_VERSION = 6;
/** The WIM in the folder of that name. */
export const WIM_KEPT = 'boot.wim';

const date = z.object({ high: z.string(), low: z.string() });
const rememberedBase = z.object({
  base: z.object({
    path: z.string(), kind: z.enum(BASE_KINDS), architecture: z.enum(ARCHITECTURES), imageIndex: z.number(), imageCount: z.number(), imageName: z.string(),
    windowsBuild: z.string().nullable(), languages: z.array(z.string()), sizeBytes: z.number(), isCutOff: z.boolean(), wimSha256: z.string(), manualOnly: z.boolean(), missing: z.array(z.string()),
    loaders: z.array(z.object({ name: z.string(), signedUnder: z.array(z.enum(SIGNING_CAS)), unknownSigners: z.array(z.string()), isIntact: z.boolean(), securityVersion: z.string().nullable() })),
  }),
  identity: z.string(), paths: z.array(z.string()), prefix: z.string(), modified: date,
  inCache: z.boolean(), extents: z.array(z.object({ offset: z.number(), sizeBytes: z.number() })),
  starterAt: z.array(z.object({ offset: z.number(), sizeBytes: z.number() })).nullable(), starterSha256: z.string(),
});

/** @returns What is remembered of the base that lies at `path` now; null when that is nothing, or can not be used. */
export async function recallBase(ports: MediaPorts, identity: string, path: string): Promise<InspectedBase | null> {
  const kept = await ports.cache.find(factsName(identity));
  if (kept === null) return null;
  const file = await ports.files.open(kept);
  try {
    const text = new TextDecoder().decode(await file.read(0, file.sizeBytes));
    const parsed = rememberedBase.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { inCache, extents, starterAt, starterSha256, ...known } = parsed.data;
    const taken = inCache ? await ports.cache.find(wimName(known.identity)) : null;
    if (inCache && taken === null) return null;
    const at = taken === null ? path : ports.files.join(taken, WIM_KEPT);
    return { ...known, base: { ...known.base, path }, wim: extents.map((extent) => ({ path: at, ...extent })), starter: starterAt === null ? null : { at: starterAt.map((extent) => ({ path, ...extent })), sha256: starterSha256 } };
  } catch {
    // A cache may hold anything; looking again is always right.
    return null;
  } finally {
    await file.close();
  }
}

/**
 * Remembers a base until it is another.
 *
 * @param isTakenOut Its WIM was taken out into the cache. @param workspace Folder of the caller, gone afterwards.
 */
export async function rememberBase({ wim, starter, ...inspected }: InspectedBase, isTakenOut: boolean, workspace: string, { files, cache }: MediaPorts): Promise<void> {
  const facts = files.join(workspace, 'facts.json');
  const placesOf = (parts: readonly FilePart[]): readonly Area[] => parts.map(({ offset, sizeBytes }) => ({ offset, sizeBytes }));
  await files.writeSmall(facts, new TextEncoder().encode(JSON.stringify({ ...inspected, inCache: isTakenOut, extents: placesOf(wim), starterAt: starter === null ? null : placesOf(starter.at), starterSha256: starter?.sha256 ?? '' })));
  await cache.keep(facts, factsName(inspected.identity));
}

/** Name in the cache of a WIM that was taken out of a base. */
export const wimName = (identity: string): string => `wim-${identity}`;
const factsName = (identity: string): string => `facts-${FACTS_VERSION}-${identity}.json`;
