// The values that go over the wire, shared by several procedures. Instants are ISO-8601 UTC text, sizes are bytes.
import { z } from 'zod';
import {
  ARCHITECTURES, ATTEMPT_OUTCOMES, ATTEMPT_PROOFS, BLOCKED_REASONS, CALL_OUTCOMES, CLOSED_AS, DISCLOSURE_REASONS, DISCLOSURE_WAYS, HOST_STATES,
  HOST_ID_KINDS, LIST_SAID, IDENTITY_CHECKS, MEDIA_STATES, MEDIUM_MODES, NOT_ON_MEDIUM, ROLES, LOADER_FINDINGS, SIGNING_CAS, DRIVER_LEFT_OUT,
} from '../../core/codes.ts';
import { findRecoveryPasswordWithin } from '../../core/keys/recovery-password-within.ts';
import { toTenantName } from '../../core/sources/tenant-name.ts';

export const hostState = z.enum(HOST_STATES);
export const blockedReason = z.enum(BLOCKED_REASONS);
export const closedAs = z.enum(CLOSED_AS);
export const role = z.enum(ROLES);
export const disclosureReason = z.enum(DISCLOSURE_REASONS);
export const disclosureWay = z.enum(DISCLOSURE_WAYS);
export const mediaState = z.enum(MEDIA_STATES);
export const attemptOutcome = z.enum(ATTEMPT_OUTCOMES);
export const attemptProof = z.enum(ATTEMPT_PROOFS);
export const architecture = z.enum(ARCHITECTURES);
export const notOnMedium = z.enum(NOT_ON_MEDIUM);

export const instant = z.iso.datetime();
/** Kept, listed, audited, looked for or part of an address: a recovery password, or three groups of one, is nothing of that sort. The field is named as `recovery-password`, never what stands in it. */
export const keptText = (most: number) => z.string().max(most).refine((text) => findRecoveryPasswordWithin(text) === null, 'recovery-password');
/** The same of a person's own words. */
export const freeText = (most: number) => keptText(most).trim();
export const operatorName = freeText(64).min(1).regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u);
export const passphrase = z.string().min(1).max(1024);
/** A new passphrase is long rather than odd: eight characters and more, nothing else asked. */
export const newPassphrase = z.string().min(8).max(1024);
export const directoryUrl = freeText(500).regex(/^ldaps?:\/\/[^/@\s]+\/?$/i);
/** SHA-256 of a certificate in any spelling: 64 hexadecimal digits, colons or blanks between. */
export const fingerprint = z.string().max(200).regex(/^[\s:]*(?:[0-9A-Fa-f][\s:]*){64}$/);
/** An ID, or a domain: what stands in a sign-in address, however it was written. */
export const tenant = freeText(255).overwrite(toTenantName).regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/);
export const nothing = z.object({}).strict();
export const page = { offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(500).default(100) };
export const note = freeText(2000);
/** Why somebody did what is asked about later. */
export const reason = note.min(3);
export const ticket = freeText(64);
/** Of files on the desk's computer. */
export const paths = z.array(z.string().min(1)).min(1).max(1000);
export const hostId = z.object({ hostId: z.number().int() });

/** Where the matching part stands in a shown text: [start, length]. */
export const match = z.tuple([z.number().int(), z.number().int()]);

export const operator = z.object({
  name: z.string(), roles: z.array(role), status: z.enum(['pending', 'active', 'disabled']), createdAt: instant, lastSignedInAt: instant.nullable(),
  /** True when a role was given that reads recovery passwords and nobody who holds their key has completed it yet. */
  waitsForHolder: z.boolean(),
  /** Of the operator's public key, 16 hexadecimal digits: compared in person before key 2 is passed on. */
  keyFingerprint: z.string().nullable(),
});

/** A file and row that names a key. */
export const keySource = z.object({ source: z.string(), sourceRow: z.number().int(), kind: z.string(), importedAt: instant });
export const keyCandidate = z.object({
  keyRecordId: z.number().int(), keyProtectorId: z.string().nullable(), match: match.nullable(),
  hostId: z.number().int().nullable(), hostname: z.string().nullable(), hostMatch: match.nullable(), hostState: hostState.nullable(),
  drive: z.string().nullable(), volumeId: z.string().nullable(), createdAt: instant.nullable(), importedAt: instant,
  source: z.string(), sourceRow: z.number().int(), sources: z.array(keySource).readonly(), disclosedAt: instant.nullable(),
  /** True when another source gives a different recovery password for the same key protector ID. */
  conflict: z.boolean(),
});

export const hostRow = z.object({
  hostId: z.number().int(), hostname: z.string(), match: match.nullable(), state: hostState, blockedReason: blockedReason.nullable(), closedAs: closedAs.nullable(),
  stateAt: instant, site: z.string().nullable(), organizationalUnit: z.string().nullable(), operatingSystem: z.string().nullable(), model: z.string().nullable(),
  keyRecords: z.number().int(), disclosed: z.boolean(), flaggedClaim: z.boolean(),
});

/** A key that a list names without its recovery password, by the last such list. */
export const listedKey = z.object({ keyProtectorId: z.string(), hostId: z.number().int().nullable(), hostname: z.string().nullable(), entraDeviceId: z.string().nullable(), createdAt: instant.nullable(), keptIn: z.enum(['directory', 'tenant']).nullable(), source: z.string(), sourceRow: z.number().int() });
export const call = z.object({
  callId: z.number().int(), openedAt: instant, operator: z.string(), changedAt: instant, hostId: z.number().int().nullable(), hostname: z.string().nullable(),
  keyRecordId: z.number().int().nullable(), keyProtectorId: z.string().nullable(), disclosureId: z.number().int().nullable(), lapsPasswordId: z.number().int().nullable(),
  identity: z.enum(IDENTITY_CHECKS).nullable(), caller: z.string().nullable(), reason: disclosureReason.nullable(), ticket: z.string().nullable(), groupsRead: z.number().int(),
  outcome: z.enum(CALL_OUTCOMES).nullable(), closedAt: instant.nullable(), note: z.string().nullable(),
});

/** One line of a host's history, oldest first. `subject` is a medium ID, a key protector ID, a file name: whatever the kind is about. */
export const hostEvent = z.object({
  at: instant,
  kind: z.enum(['imported', 'reported', 'key-found', 'laps-found', 'on-medium', 'attempt', 'disclosed', 'laps-disclosed', 'blocked', 'unblocked', 'verified', 'closed', 'reopened', 'joined', 'apart', 'one-host', 'decision-undone']),
  operator: z.string().nullable(), subject: z.string().nullable(), detail: z.string().nullable(),
  blockedReason: blockedReason.nullable(), outcome: attemptOutcome.nullable(), proof: attemptProof.nullable(),
});

/** An ID of a host, with the first and the last file and row that give it. */
export const saidId = z.object({ kind: z.enum(HOST_ID_KINDS), value: z.string(), source: z.string().nullable(), sourceRow: z.number().int(), lastSource: z.string().nullable(), lastRow: z.number().int() });
export const hostList = z.object({ importFileId: z.number().int(), importId: z.number().int(), name: z.string(), kind: z.string(), importedAt: instant, hosts: z.number().int() });
/** `count` is of all, `rows` are the first by name. */
export const hostGroup = z.object({ count: z.number().int(), rows: z.array(z.object({
  hostId: z.number().int(), hostname: z.string(), state: hostState, site: z.string().nullable(), keyRecords: z.number().int(), lastSeenAt: instant.nullable(),
})).readonly() });

export const rejectedRow = z.object({ row: z.number().int(), reason: z.string(), groups: z.array(z.number().int()).optional() });
export const fileReport = z.object({
  importFileId: z.number().int(), path: z.string(), name: z.string(), kind: z.string(), rows: z.number().int(), imported: z.number().int(), unchanged: z.number().int(), conflicts: z.number().int(),
  listed: z.number().int(), rejectedCount: z.number().int(), rejected: z.array(rejectedRow), hosts: z.number().int(),
  /** LAPS passwords in its rows, counted beside them. */
  laps: z.object({ imported: z.number().int(), unchanged: z.number().int(), conflicts: z.number().int(), encrypted: z.number().int() }),
  /** A list of hosts: what it says of them, and what a person said of it. */
  list: z.object({ hosts: z.number().int(), down: z.number().int(), said: z.enum(LIST_SAID).nullable(), saidAt: instant.nullable(), saidBy: z.string().nullable() }).nullable(),
  /** Set when the file as a whole could not be read (to its end): what was readable is in. */
  error: z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()), row: z.number().int().nullable() }).nullable(),
  /** What is odd about the file as a whole (INTAKE_NOTES). */
  notes: z.array(z.string()),
});
/** Of an import with up to 100 files each of them; of more, the first of those that a person has to hear of. The rest with `imports.files`. */
export const reportedFiles = {
  files: z.array(fileReport), fileCount: z.number().int(), /** Not read (to their end), with rejected rows, conflicts, or odd in some way. */ remarkableCount: z.number().int(), failedCount: z.number().int(),
  kinds: z.array(z.object({ kind: z.string(), files: z.number().int(), rows: z.number().int(), imported: z.number().int(), unchanged: z.number().int(), conflicts: z.number().int(), rejected: z.number().int(), hosts: z.number().int() })),
} as const;
export const importSummary = z.object({
  importId: z.number().int(), startedAt: instant, finishedAt: instant.nullable(), operator: z.string(), /** Names of the first few. */ files: z.array(z.string()), fileCount: z.number().int(),
  imported: z.number().int(), unchanged: z.number().int(), conflicts: z.number().int(), rejected: z.number().int(), hosts: z.number().int(), laps: z.number().int(), cancelled: z.boolean(),
  undone: z.object({ at: instant, by: z.string() }).nullable(),
});

/** Of a list of hosts. */
export const hostnames = z.array(keptText(255).min(1)).min(1).max(200_000);
export const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('hosts'), hostnames }),
  z.object({ kind: z.literal('wave'), wave: freeText(100).min(1) }),
  z.object({ kind: z.literal('site'), site: freeText(150).min(1) }),
]);
export const leftOutHost = z.object({ hostname: z.string(), reason: z.union([notOnMedium, z.literal('not-in-store')]) });
/** A boot manager and who signed it; `name` is a file of a base, or a path on a medium. */
const loader = z.object({ name: z.string(), signedUnder: z.array(z.enum(SIGNING_CAS)), unknownSigners: z.array(z.string()), isIntact: z.boolean(), securityVersion: z.string().nullable() });
const loaderFinding = z.object({ finding: z.enum(LOADER_FINDINGS), about: z.string().nullable(), securityVersion: z.string().nullable(), least: z.string().nullable() });
export const loaders = { loaders: z.array(loader), findings: z.array(loaderFinding) };
export const drivers = z.object({
  drivers: z.array(z.object({ folder: z.string(), source: z.string(), infs: z.array(z.string()), className: z.string(), version: z.string(), files: z.number().int(), sizeBytes: z.number() })),
  leftOut: z.array(z.object({ source: z.string(), reason: z.enum(DRIVER_LEFT_OUT), architectures: z.array(z.string()) })), sizeBytes: z.number(),
});
export const baseFacts = z.object({
  path: z.string(), kind: z.enum(['iso', 'boot-wim', 'winre-wim']), architecture, imageIndex: z.number().int(), imageName: z.string(), windowsBuild: z.string().nullable(), sizeBytes: z.number(),
  /** Files the agent needs and the base has not: it does for manual media alone. */
  missing: z.array(z.string()),
  ...loaders,
});
export const medium = z.object({
  mediaId: z.string(), state: mediaState, builtAt: instant, builtBy: z.string(), expiresAt: instant.nullable(), scope: z.string(), hosts: z.number().int(),
  keyRecords: z.number().int(), leftOut: z.number().int(), technicians: z.array(z.string()), language: z.enum(['en', 'de']), mode: z.enum(MEDIUM_MODES), recipe: z.string(), architecture,
  payload: z.string(), imageSizeBytes: z.number(), imageName: z.string(), results: z.number().int(), holder: z.string().nullable(), stateAt: instant,
  disk: z.object({ name: z.string().nullable(), serial: z.string().nullable(), sizeBytes: z.number() }).nullable(), renewalOf: z.string().nullable(), withoutPasscode: z.boolean(),
  loaders: z.array(z.object({ signedUnder: z.array(z.enum(SIGNING_CAS)), securityVersion: z.string().nullable() })),
});
export const attempt = z.object({
  attemptId: z.string(), mediaId: z.string().nullable(), hostId: z.number().int().nullable(), hostname: z.string().nullable(), outcome: attemptOutcome,
  blockedReason: blockedReason.nullable(), proof: attemptProof, startedAt: instant.nullable(), finishedAt: instant.nullable(), importedAt: instant,
  removed: z.number().int(), computerName: z.string().nullable(), recipe: z.string().nullable(),
  /** Each of several Windows; empty where there was one. */
  windows: z.array(z.object({ name: z.string(), kind: z.enum(['windows', 'data']), outcome: attemptOutcome.nullable(), blockedReason: blockedReason.nullable() })),
});
export const auditEntry = z.object({ number: z.number().int(), at: instant, operator: z.string(), act: z.string(), subject: z.string().nullable(), details: z.string().nullable(), hash: z.string() });
