// Media over the wire: looking at bases and scopes, building, the register, looking at a medium.
import { randomUUID } from 'node:crypto';
import { nowOf, type Desk } from '../../core/desk.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import { buildMedium } from '../../core/media/build-medium.ts';
import { findDrivers } from '../../core/media/drivers.ts';
import type { NamedBytes } from '../../core/media/image-order.ts';
import { inspectMedium } from '../../core/media/inspect-medium.ts';
import { findOnBase, findOnLoaders } from '../../core/media/loaders.ts';
import { inspectBase } from '../../core/media/media-base.ts';
import type { MediaPorts } from '../../core/media/media-ports.ts';
import { getMedium, listLeftOut, listMedia } from '../../core/media/media-register.ts';
import { actOnMedium } from '../../core/media/medium-acts.ts';
import { mediumLabels } from '../../core/media/medium-label.ts';
import { checkOrder, type MediumToBuild } from '../../core/media/medium-order.ts';
import { resolveScope } from '../../core/media/scope.ts';
import { listAttemptsOfMedium } from '../../core/remediation/attempt-list.ts';
import { baseCache } from '../../desk/base-cache.ts';
import { createDiskTarget } from '../../desk/disks/disk-target.ts';
import { findWritable } from '../../desk/disks/run-writer.ts';
import { mediaFiles } from '../../desk/image-file.ts';
import { sevenZipArchives } from '../../desk/seven-zip.ts';
import type { Parsed } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';

export interface MediaHandlersLoan {
  /** start.cmd, agent.js, probe.js, manual.cmd and README.txt. */
  readonly agentFiles: () => Promise<readonly NamedBytes[]>;
  /** Where patched bases are kept; may be deleted at any time. */
  readonly cacheFolder: string;
}

type Names = 'media.inspectBase' | 'media.inspectDrivers' | 'media.previewScope' | 'media.build' | 'media.list' | 'media.get' | 'media.inspect' | 'media.label' | 'media.issue' | 'media.return' | 'media.wipe' | 'media.lose';

/** Left-out hosts over the wire; the count beside them says how many there are. */
export const MOST_LEFT_OUT = 10_000;
const MOST_ATTEMPTS = 1_000;

/** What building and reading media is lent on this desk. */
export const mediaPorts = (get: () => Desk, { cacheFolder }: MediaHandlersLoan): MediaPorts => ({ files: mediaFiles(randomUUID), archives: sevenZipArchives(), cache: baseCache(cacheFolder, () => get().clock()) });

export function mediaHandlers(get: () => Desk, lent: MediaHandlersLoan): Pick<Handlers, Names> {
  const media = mediaPorts(get, lent);
  return {
    'media.inspectBase': async ({ path, manualOnly }) => {
      const base = await inspectBase(path, media, { manualOnly });
      const { kind, architecture, imageIndex, imageName, windowsBuild, sizeBytes, loaders, missing } = base;
      return { path, kind, architecture, imageIndex, imageName, windowsBuild, sizeBytes, missing: [...missing], loaders: [...loaders], findings: [...findOnBase(base, nowOf(get()))] };
    },
    'media.inspectDrivers': ({ path, architecture }) => findDrivers(path, architecture, media.files),
    'media.previewScope': async ({ scope, overrideWaves, order }) => {
      const { hosts, keyRecordIds, leftOut } = order === undefined ? await resolveScope(get().db, scope, nextTurn, overrideWaves) : (await checkOrder(get(), { ...order, scope, overridden: overrideWaves }, nextTurn)).scope;
      return { hosts, keyRecords: keyRecordIds.length, leftOutCount: leftOut.length, leftOut: leftOut.slice(0, MOST_LEFT_OUT) };
    },
    'media.build': async function* ({ disk, ...order }, signal) {
      const { medium, out, passcodes, leftOut, manifestSha256 } = yield* progressOf(buildMedium(get(), disk === undefined ? order : await ontoDisk(order, disk), { media: disk === undefined ? media : withDisk(media, disk, order.base, lent), agentFiles: lent.agentFiles, breathe: nextTurn }, signal));
      yield { kind: 'done' as const, medium, out, passcodes: [...passcodes], leftOutCount: leftOut.length, leftOut: leftOut.slice(0, MOST_LEFT_OUT), manifestSha256 };
    },
    'media.list': (page) => listMedia(get().db, page),
    'media.get': ({ mediaId }) => {
      const { db } = get();
      return { medium: getMedium(db, mediaId), leftOut: listLeftOut(db, mediaId, MOST_LEFT_OUT), attempts: listAttemptsOfMedium(db, mediaId, MOST_ATTEMPTS) };
    },
    'media.label': ({ mediaIds, language }) => ({ html: mediumLabels(mediaIds.map((mediaId) => getMedium(get().db, mediaId)), language) }),
    'media.issue': ({ mediaId, holder, note }) => ({ medium: actOnMedium(get(), { mediaId, to: 'issued', holder, note }).medium }),
    'media.return': ({ mediaId, note }) => ({ medium: actOnMedium(get(), { mediaId, to: 'returned', note }).medium }),
    'media.wipe': ({ mediaId, note }) => ({ medium: actOnMedium(get(), { mediaId, to: 'wiped', note }).medium }),
    'media.lose': ({ mediaId, note }) => actOnMedium(get(), { mediaId, to: 'lost', note }),
    'media.inspect': async ({ path }) => {
      const facts = await inspectMedium(get().db, media.files, path);
      // That there could be two is no news on a medium that has them.
      return { ...facts, findings: findOnLoaders(facts.loaders, nowOf(get())).filter(({ finding }) => finding !== 'both-there') };
    },
  };
}

type ChosenDisk = NonNullable<Parsed<'media.build'>['disk']>;

/** The disk as it is now gives the register its name; what is against it is said before anything is begun. */
async function ontoDisk<T extends object>(order: T, chosen: ChosenDisk): Promise<T & Pick<MediumToBuild, 'out' | 'format' | 'disk'>> {
  const { name, serial, sizeBytes } = await findWritable(chosen, chosen.accepted, []);
  return { ...order, out: chosen.id, format: 'image', disk: { sizeBytes, name, serial, label: [name, serial].filter((part) => part !== null).join(' ') || chosen.id } };
}

/** The same ports, but what is made goes onto the disk. */
function withDisk(media: MediaPorts, chosen: ChosenDisk, base: string, { cacheFolder }: MediaHandlersLoan): MediaPorts {
  return { ...media, files: { ...media.files, create: () => createDiskTarget(chosen, cacheFolder, [base, cacheFolder]) } };
}

/** Marks every word of progress as such, and passes the result on. */
export async function* progressOf<P extends object, R>(work: AsyncGenerator<P, R>): AsyncGenerator<P & { kind: 'progress' }, R> {
  try {
    for (;;) {
      const next = await work.next();
      if (next.done === true) return next.value;
      yield { kind: 'progress' as const, ...next.value };
    }
  } finally {
    await work.return(undefined as R); // ends the work when the listener has left; after the end it does nothing
  }
}
