// The part of the contract about disks that media are written onto.
import { z } from 'zod';
import { DISK_BUSES, DISK_REASONS, DISK_SEVERITIES } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

const diskReason = z.object({ code: z.enum(DISK_REASONS), severity: z.enum(DISK_SEVERITIES), about: z.array(z.string()).readonly() });

export const disk = z.object({
  /** `id`, `serial` and `sizeBytes` together say which disk is meant. */
  id: z.string(), name: z.string().nullable(), serial: z.string().nullable(), sizeBytes: z.number(), bus: z.enum(DISK_BUSES),
  contents: z.array(z.object({ fileSystem: z.string().nullable(), label: z.string().nullable(), sizeBytes: z.number() })).readonly(),
  /** No reason is a `never`. */
  usable: z.boolean(), reasons: z.array(diskReason).readonly(),
  /** The medium of the register it is or was, recognised without reading it. */
  medium: z.object({ mediaId: z.string(), state: shape.mediaState, holder: z.string().nullable(), now: z.enum(['on-it', 'erased', 'overwritten']) }).nullable(),
});

/** The disk a medium is written onto, as it was shown, with the cautions that were seen. */
export const chosenDisk = z.object({ id: z.string().min(1).max(1024), serial: z.string().nullable(), sizeBytes: z.int().min(1), accepted: z.array(z.enum(DISK_REASONS)).default([]) });

export const diskProcedures = {
  /** Every disk of the desk, usable ones first, each with every reason against writing it. `base`: what a medium shall be made from; its disk is not written. */
  'disks.list': call(z.object({ base: z.string().max(4096).optional() }), z.array(disk)),
} as const;
