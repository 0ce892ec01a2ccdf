// The part of the contract about media.
import { z } from 'zod';
import { IMAGE_FORMATS, MEDIUM_MODES } from '../../core/codes.ts';
import { chosenDisk } from './disks.ts';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

const mediaId = z.object({ mediaId: z.string().min(1).max(32) });

/** What of an order can be judged before a base is read. */
const orderFacts = {
  /** None for a manual medium, and only for that. */
  technicians: z.array(shape.operatorName).max(16), expiresAt: shape.instant.optional(), mode: z.enum(MEDIUM_MODES).optional(), keepCopies: z.boolean().optional(), incidentId: z.number().int().optional(),
  /** The ID of the order by which it gets no passcode. */
  withoutPasscode: z.string().min(1).max(32).optional(),
};

export const mediaProcedures = {
  /** `manualOnly`: also one that does for manual media alone. */
  'media.inspectBase': call(z.object({ path: z.string().min(1), manualOnly: z.boolean().default(false) }), shape.baseFacts),
  /** What of a folder goes onto a medium of that base, in the order it is loaded. */
  'media.inspectDrivers': call(z.object({ path: z.string().min(1), architecture: shape.architecture }), shape.drivers),
  'media.previewScope': call(z.object({ scope: shape.scope, /** As with a reason to take hosts of waves that are not opened. */ overrideWaves: z.boolean().default(false), /** Refused as building would refuse it. */ order: z.object(orderFacts).optional() }), z.object({ hosts: z.number().int(), keyRecords: z.number().int(), leftOutCount: z.number().int(), leftOut: z.array(shape.leftOutHost) })),
  'media.build': stream(z.object({
    base: z.string().min(1), scope: shape.scope, out: z.string().min(1), ...orderFacts, language: z.enum(['en', 'de']).default('en'),
    overwrite: z.boolean().default(false), format: z.enum(IMAGE_FORMATS).default('image'),
    /** Two partitions, each with one of the base's loaders. */
    twoLoaders: z.boolean().optional(),
    /** A folder of drivers, as `media.inspectDrivers` sees it. */
    drivers: z.string().min(1).optional(),
    /** Onto this disk; `out` and `format` are not looked at then. */
    disk: chosenDisk.optional(),
    /** Why hosts of waves that are not opened go onto it all the same. */
    override: shape.reason.optional(),
  }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), step: z.enum(['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify']), doneBytes: z.number(), totalBytes: z.number() }),
    /** The passcodes are secret and shown this once. */
    z.object({ kind: z.literal('done'), medium: shape.medium, out: z.string(), passcodes: z.array(z.object({ technician: z.string(), passcode: z.string() })), leftOutCount: z.number().int(), leftOut: z.array(shape.leftOutHost), manifestSha256: z.string() }),
  ])),
  'media.list': call(z.object(shape.page), z.object({ total: z.number().int(), rows: z.array(shape.medium) })),
  'media.get': call(mediaId, z.object({ medium: shape.medium, leftOut: z.array(shape.leftOutHost), attempts: z.array(shape.attempt) })),
  /** An HTML page to print, a sheet for each medium. Holds no passcode. */
  'media.label': call(z.object({ mediaIds: z.array(mediaId.shape.mediaId).min(1).max(200), language: z.enum(['en', 'de']).default('en') }), z.object({ html: z.string() })),
  'media.issue': call(mediaId.extend({ holder: shape.freeText(200).min(1), note: shape.note.optional() }), z.object({ medium: shape.medium })),
  'media.return': call(mediaId.extend({ note: shape.note.optional() }), z.object({ medium: shape.medium })),
  'media.wipe': call(mediaId.extend({ note: shape.note.optional() }), z.object({ medium: shape.medium })),
  /** Everything on it goes to the head of the rotation list. */
  'media.lose': call(mediaId.extend({ note: shape.reason }), z.object({ medium: shape.medium, rotations: z.number().int() })),
  'media.inspect': call(z.object({ path: z.string().min(1) }), z.object({
    mediaId: z.string(), createdAt: shape.instant.nullable(), expiresAt: shape.instant.nullable(), architecture: z.string().nullable(), language: z.string().nullable(), recipe: z.string().nullable(), payload: z.string().nullable(),
    files: z.number().int(), mismatches: z.array(z.string()), entries: z.number().int().nullable(), slots: z.number().int().nullable(), results: z.number().int(), known: z.boolean(),
    ...shape.loaders,
  })),
} as const;
