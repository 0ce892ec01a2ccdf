// The part of the contract about locked volumes of attached disks and images.
import { z } from 'zod';
import { DISK_CONTENTS } from '../../core/codes.ts';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

/** At least twice a second while the disk is read; `ofBytes` is 0 until it is known how much is to be looked through, and may grow. */
const searching = z.object({ kind: z.literal('searching'), searchedBytes: z.number(), ofBytes: z.number() });

export const volumeProcedures = {
  /** What is attached to the desk, as its system lists it: candidates for `volumes.inspect`. */
  'volumes.disks': call(shape.nothing, z.array(z.object({
    path: z.string(), kind: z.enum(['disk', 'partition']), name: z.string().nullable(), serial: z.string().nullable(), sizeBytes: z.number(), bitLocker: z.boolean(), inUse: z.boolean(),
  }))),
  /** Whoever does not read on, or aborts, ends it. */
  'volumes.inspect': stream(z.object({ path: z.string().min(1) }), z.discriminatedUnion('kind', [searching, z.object({
    kind: z.literal('done'), path: z.string(), container: z.string(), /** A container that can not be looked into (VHDX, E01 …). */ declined: z.boolean(), partitions: z.number().int(), /** Its first table is wiped or damaged; read by the second one at its end. */ isByBackupTable: z.boolean(),
    /** More volumes may stand there than are shown: their number is beyond what a disk has. */ isCutOff: z.boolean(), /** Passed over in the search. */ unreadableBytes: z.number(),
    /** What stands where no BitLocker volume was found. */ others: z.array(z.object({ offset: z.number(), sizeBytes: z.number(), partition: z.string(), content: z.enum(DISK_CONTENTS) })),
    volumes: z.array(z.object({
      offset: z.number(), sizeBytes: z.number(), partition: z.string(), status: z.enum(['volume', 'damaged', 'too-old']),
      volumeId: z.string().nullable(), description: z.string().nullable(), computerName: z.string().nullable(), cipher: z.string().nullable(), conversion: z.enum(['encrypted', 'encrypting', 'decrypting', 'paused', 'decrypted', 'unknown']), /** 0 where nothing can be read. */ encryptedSizeBytes: z.number(), createdAt: shape.instant.nullable(),
      /** `unusable`: wiped or overwritten; found by the metadata, which say the rest. Null where nothing else can be read. */
      bootSector: z.enum(['good', 'unusable']).nullable(), layout: z.enum(['fixed', 'to-go']).nullable(), usedSpaceOnly: z.boolean(), copies: z.array(z.object({ offset: z.number(), state: z.enum(['good', 'outdated', 'damaged', 'unreadable', 'behind-end']) })),
      protectors: z.array(z.object({ keyProtectorId: z.string(), kind: z.string(), changedAt: shape.instant.nullable(), hint: z.string().nullable(), keyRecords: z.array(z.object({ keyRecordId: z.number().int(), hostname: z.string().nullable() })) })),
    })),
  })])),
  /** Tries a typed recovery password (secret), or without one every key record whose ID is on a volume. */
  'volumes.test': stream(z.object({ path: z.string().min(1), recoveryPassword: z.string().max(200).optional() }), z.discriminatedUnion('kind', [
    searching,
    z.object({ kind: z.literal('progress'), share: z.number(), keyProtectorId: z.string().nullable() }),
    z.object({ kind: z.literal('done'), path: z.string(), volumes: z.number().int(), tested: z.array(z.object({
      offset: z.number(), keyRecordId: z.number().int().nullable(), status: z.enum(['opened', 'not-opened']), keyProtectorId: z.string().nullable(),
      metadataProven: z.boolean().nullable(), revealsOthers: z.array(z.string()),
    })),
    /** Volumes on which nothing could be tried, and why; with the IDs of their recovery passwords where no key record is there for them. */
    untested: z.array(z.object({ offset: z.number(), why: z.enum(['damaged', 'too-old', 'no-recovery-password', 'no-key-record']), keyProtectorIds: z.array(z.string()) })),
    /** Volumes whose key lies in the clear: they need no recovery password. */ suspended: z.array(z.number()) }),
  ])),
} as const;
