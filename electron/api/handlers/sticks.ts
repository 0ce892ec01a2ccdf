// Sticks that come back, over the wire.
import { AppError } from '../../core/app-error.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import type { Desk } from '../../core/desk.ts';
import { buildMedium } from '../../core/media/build-medium.ts';
import type { MediaPorts } from '../../core/media/media-ports.ts';
import { getMedium, manifestHashOf } from '../../core/media/media-register.ts';
import { actOnMedium } from '../../core/media/medium-acts.ts';
import { checkOrder } from '../../core/media/medium-order.ts';
import { beginRenewal } from '../../core/media/returned-stick.ts';
import { wipeMediumOnDisk } from '../../core/media/wipe-medium.ts';
import { listDriverlessModels } from '../../core/remediation/driverless-models.ts';
import { createDiskTarget, eraseOnDisk } from '../../desk/disks/disk-target.ts';
import type { WantedDisk } from '../../desk/disks/hand-to-writer.ts';
import { takeStick } from '../../desk/disks/stick-at-hand.ts';
import type { Handlers } from '../dispatch.ts';
import { attemptSources } from './attempts.ts';
import { mediaPorts, MOST_LEFT_OUT, progressOf, type MediaHandlersLoan } from './media.ts';

export function stickHandlers(get: () => Desk, lent: MediaHandlersLoan): Pick<Handlers, 'hosts.driverlessModels' | 'media.wipeDisk' | 'media.renew'> {
  const media = mediaPorts(get, lent);
  const sources = attemptSources(media.files);
  const keep = [lent.cacheFolder];
  return {
    'hosts.driverlessModels': () => listDriverlessModels(get().db),
    'media.wipeDisk': async function* ({ mediaId, disk: named, note, evenUnread }, signal) {
      const disk = asMedium(named);
      const stick = await takeStick(disk, keep);
      try {
        const wiped = yield* progressOf(wipeMediumOnDisk(get(), { mediaId, note, evenUnread }, {
          stick, sources, files: media.files, breathe: nextTurn, erase: (areas, options) => eraseOnDisk(disk, areas, lent.cacheFolder, keep, options),
        }, signal));
        yield { kind: 'done' as const, ...wiped };
      } finally { await stick.close(); }
    },
    'media.renew': async function* ({ mediaId, disk: named, evenUnread, language, ...order }, signal) {
      const desk = get();
      const disk = asMedium(named);
      const { mode } = getMedium(desk.db, mediaId);
      if (mode === 'manual') throw new AppError('renewal-needs-base', { mediaId, why: 'mode' }); // there is no bundle to renew
      // Before results are taken in and the register says that it is back.
      await checkOrder(desk, { ...order, mode, overridden: order.override !== undefined }, nextTurn);
      const stick = await takeStick(disk, keep);
      try {
        const { medium: old, areas, path, results } = await beginRenewal(desk, mediaId, { stick, sources, files: media.files, evenUnread, breathe: nextTurn });
        const { name, serial, sizeBytes } = stick.disk;
        const target: MediaPorts = { ...media, files: { ...media.files, create: (out, overwrite) => (out === disk.id ? createDiskTarget(disk, lent.cacheFolder, keep, { readAt: stick.readAt, erase: areas }) : media.files.create(out, overwrite)) } };
        const built = yield* progressOf(buildMedium(desk, {
          ...order, base: '', out: disk.id, overwrite: true, language: language ?? old.language, mode: old.mode, disk: { sizeBytes, name, serial, label: old.imageName },
          renewal: { medium: old, manifestSha256: manifestHashOf(desk.db, mediaId), path, diskBytes: sizeBytes },
        }, { media: target, agentFiles: lent.agentFiles, breathe: nextTurn }, signal));
        const wiped = actOnMedium(desk, { mediaId, to: 'wiped', facts: { renewedAs: built.medium.mediaId, readBack: true } }).medium;
        const { leftOut } = built;
        yield { kind: 'done' as const, medium: built.medium, wiped, out: built.out, passcodes: [...built.passcodes], leftOutCount: leftOut.length, leftOut: leftOut.slice(0, MOST_LEFT_OUT), manifestSha256: built.manifestSha256, results };
      } finally { await stick.close(); }
    },
  };
}

/** That it is a medium is why it was named; udev may have found out only after it was shown. */
const asMedium = (disk: WantedDisk): WantedDisk => ({ ...disk, accepted: [...disk.accepted, 'is-a-medium'] });
