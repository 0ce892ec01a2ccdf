// THE CONTRACT: every procedure of the desk with what goes in and what comes out. Who may call it stands in roles.ts.
// Adding a procedure touches this file (or the group it belongs to), roles.ts and one handler.
import { z } from 'zod';
import { CALL_OUTCOMES, ETA_TOO_EARLY, HOST_FACTS, IDENTITY_CHECKS, IMAGE_FORMATS, KEY_PLACES, REPORT_FORMATS, REPORT_KINDS, ROTATION_CONFIRMED_BY, ROTATION_NOT_HANDED_OVER, ROTATION_RISKS, ROTATION_STATES, ROTATION_TARGETS, STAYED_BECAUSE } from '../core/codes.ts';
import { chosenDisk, diskProcedures } from './contract/disks.ts';
import { hostFilter, manyHostsProcedures } from './contract/hosts.ts';
import { columnMapping, importProcedures } from './contract/imports.ts';
import { incidentProcedures } from './contract/incidents.ts';
import { matchingProcedures } from './contract/matching.ts';
import { policyProcedures } from './contract/policies.ts';
import { waveProcedures } from './contract/waves.ts';
import { call, stream } from './contract/procedure.ts';
import * as shape from './contract/shapes.ts';

const { nothing, page } = shape;
const signedIn = z.object({ name: z.string(), roles: z.array(shape.role), mustChangePassphrase: z.boolean() });
const hostId = z.object({ hostId: z.number().int() });
const mediaId = z.object({ mediaId: z.string().min(1).max(32) });
const note = z.string().trim().max(2000);
const paths = z.array(z.string().min(1)).min(1).max(1000);

const importEvents = [
  z.object({ kind: z.literal('progress'), file: z.string(), fileNumber: z.number().int(), files: z.number().int(), bytesRead: z.number(), sizeBytes: z.number(), rows: z.number().int(), imported: z.number().int(), rejected: z.number().int() }),
  z.object({ kind: z.literal('file'), report: shape.fileReport }),
  z.object({ kind: z.literal('done'), importId: z.number().int(), cancelled: z.boolean(), files: z.array(shape.fileReport) }),
] as const;
const importStream = z.discriminatedUnion('kind', importEvents);

export const contract = {
  // The desk and its vault
  'desk.state': call(nothing, z.object({
    /** `none`: no desk here yet. `closed`: somebody has to open the vault. */
    vault: z.enum(['none', 'closed', 'open']), demo: z.boolean(), version: z.string(), runtime: z.enum(['electron', 'browser', 'command-line']), folder: z.string(),
    operator: signedIn.nullable(), idleCloseAfterMs: z.number().int(), operatorNames: z.array(z.string()),
  })),
  'desk.create': call(
    z.object({ operatorName: shape.operatorName, passphrase: shape.newPassphrase, recoverySheet: z.boolean() }),
    z.object({ operator: signedIn, recoverySheet: z.object({ code: z.string(), deskId: z.string(), createdAt: shape.instant }).nullable() }),
  ),
  'vault.open': call(z.object({ operatorName: shape.operatorName, passphrase: shape.passphrase }), signedIn),
  /** Opens with the code of the recovery sheet and gives the operator a new passphrase. */
  'vault.recover': call(z.object({ recoverySheet: z.string().min(1).max(20_000), operatorName: shape.operatorName, newPassphrase: shape.newPassphrase }), signedIn),
  'vault.close': call(nothing, nothing),
  /** Tells the desk that somebody is there, so that the vault does not close by itself. */
  'vault.touch': call(nothing, z.object({ closesAt: shape.instant.nullable() })),
  'desk.backup': call(z.object({ path: z.string().min(1) }), z.object({ path: z.string(), sizeBytes: z.number(), auditHead: z.string() })),
  /** Brings a backup into a folder without a desk; opens it with an operator's passphrase, or with the recovery sheet, which sets it. */
  'desk.restore': call(z.object({ path: z.string().min(1), operatorName: shape.operatorName, passphrase: shape.passphrase, recoverySheet: z.string().max(20_000).optional() }), z.object({ operator: signedIn, auditHead: z.string() })),
  /** Speaks whenever something has changed, so that screens ask again. */
  'desk.changes': stream(nothing, z.object({ changed: z.array(z.enum(['vault', 'operators', 'keys', 'hosts', 'media', 'attempts', 'disclosures', 'imports', 'policies', 'incidents', 'calls', 'audit'])) })),

  // Operators
  'operators.list': call(nothing, z.array(shape.operator)),
  'operators.add': call(z.object({ name: shape.operatorName, roles: z.array(shape.role).min(1), passphrase: shape.newPassphrase }), shape.operator),
  'operators.complete': call(z.object({ name: shape.operatorName }), shape.operator),
  'operators.disable': call(z.object({ name: shape.operatorName }), shape.operator),
  'operators.changePassphrase': call(z.object({ passphrase: shape.passphrase, newPassphrase: shape.newPassphrase }), nothing),
  'operators.roleTable': call(nothing, z.array(z.object({ procedure: z.string(), roles: z.array(z.string()) }))),

  // Intake
  'imports.run': stream(z.object({ paths, mappings: z.array(columnMapping).max(50).default([]) }), importStream),
  ...importProcedures,
  'imports.list': call(z.object(page), z.array(shape.importSummary)),
  'imports.get': call(z.object({ importId: z.number().int() }), z.object({
    summary: shape.importSummary, files: z.array(shape.fileReport),
    conflicts: z.array(z.object({ keyProtectorId: z.string().nullable(), hostname: z.string().nullable(),
      keptSource: z.string(), keptRow: z.number().int(), keptCreatedAt: shape.instant.nullable(), keptHostname: z.string().nullable(), keptTested: z.boolean(),
      otherSource: z.string(), otherRow: z.number().int(), otherCreatedAt: shape.instant.nullable(), otherHostname: z.string().nullable(), otherTested: z.boolean() })),
  })),

  /** Takes back what only this import brought in. */
  'imports.undo': call(z.object({ importId: z.number().int() }), z.object({
    importId: z.number().int(), keyRecordsRemoved: z.number().int(), pagesRemoved: z.number().int(), hostsRemoved: z.number().int(), hostsPutBack: z.number().int(), conflictsSettled: z.number().int(),
    keyRecordsStayed: z.number().int(), hostsStayed: z.number().int(),
    stayed: z.array(z.object({ keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), because: z.enum(STAYED_BECAUSE) })).readonly(),
  })),
  /** Every row that did not come in, without its content: for whoever exported it. */
  'imports.rejections': call(z.object({ importId: z.number().int(), offset: page.offset, limit: z.number().int().min(1).max(10_000).default(1000) }), z.object({
    total: z.number().int(), rows: z.array(shape.rejectedRow.extend({ path: z.string() })),
  })),

  // Live sources: the same events, register, report and undo as for files
  /** The certificate of a directory, to be shown before anybody signs in there. */
  'directories.look': call(z.object({ url: shape.directoryUrl }), z.object({
    certificate: z.object({ sha256: z.string(), subject: z.string(), issuer: z.string(), validFrom: shape.instant, validTo: shape.instant, trusted: z.boolean(), why: z.string().nullable() }),
    /** Where the domain of the server begins. */
    base: z.string().nullable(), startTls: z.boolean(),
  })),
  /** `password` is secret and kept nowhere. `pin`: SHA-256 of the one certificate that is accepted. */
  'directories.import': stream(z.object({ url: shape.directoryUrl, base: z.string().trim().min(1).max(4000).optional(), bindAs: z.string().trim().min(1).max(1000), password: z.string().min(1).max(1024), pin: shape.fingerprint.optional() }), importStream),
  /** On Windows: with the rights of whoever is signed in there. */
  'directories.importAsSignedIn': stream(z.object({ server: z.string().trim().min(1).max(255).optional(), base: z.string().trim().min(1).max(4000).optional() }), importStream),
  /** Without a certificate a person signs in with a code. Every recovery password that is read is an entry in the tenant's audit log; `keys` says which. */
  'tenants.import': stream(z.object({ tenant: shape.tenant, client: z.guid(), certificatePath: z.string().min(1).max(4000).optional(), keys: z.enum(['wanted', 'all', 'none']).default('wanted') }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('device-code'), userCode: z.string(), url: z.string(), expiresAt: shape.instant }),
    z.object({ kind: z.literal('listed'), devices: z.number().int(), keys: z.number().int(), known: z.number().int(), toRead: z.number().int() }),
    ...importEvents,
  ])),

  // Lookup and disclosure
  'keys.lookUp': call(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(200).default(50),
    /** With nothing exact, what comes nearest. */
    nearest: z.boolean().default(false),
    /** Nobody types any further: a look-up that finds nothing exact goes on record. */
    settled: z.boolean().default(false) }), z.object({
    keyRecords: z.array(shape.keyCandidate), hosts: z.array(shape.hostRow.extend({ foundBy: z.object({ fact: z.enum(HOST_FACTS), text: z.string() }).nullable() })),
    /** Nothing is exactly what was typed: these come nearest. */
    guessed: z.boolean(),
    /** Capped at 1,000: `more` says that there are at least that many. */
    keyRecordCount: z.number().int(), hostCount: z.number().int(), more: z.boolean(),
  })),
  'keys.ofHost': call(hostId, z.array(shape.keyCandidate)),
  'keys.count': call(nothing, z.object({ keyRecords: z.number().int(), sources: z.number().int(), lastImportAt: shape.instant.nullable(), places: z.array(z.enum(KEY_PLACES)) })),
  'keys.coverage': call(z.object({ newerThanDays: z.number().int().min(1).max(36_500).optional(), limit: z.number().int().min(0).max(200_000).default(500) }), z.object({
    asOf: shape.instant, hosts: z.number().int(), withKey: z.number().int(), withoutKey: z.number().int(), withTestedKey: z.number().int(),
    age: z.object({ days: z.number().int(), newer: z.number().int(), older: z.number().int(), undated: z.number().int() }).nullable(),
    keyRecords: z.number().int(), keyRecordsWithoutHost: z.number().int(),
    hostsWithoutKey: z.array(z.object({ hostname: z.string(), state: shape.hostState, site: z.string().nullable(), organizationalUnit: z.string().nullable(), operatingSystem: z.string().nullable(), lastSeenAt: shape.instant.nullable() })).readonly(),
    keysWithoutHost: z.array(z.object({ keyProtectorId: z.string().nullable(), createdAt: shape.instant.nullable(), source: z.string(), sourceRow: z.number().int() })).readonly(),
  })),
  /** The one door out (DESIGN §7). The answer is secret. */
  'disclosures.disclose': call(
    z.object({ keyRecordId: z.number().int(), reason: shape.disclosureReason, ticket: z.string().trim().max(64).optional(), way: z.enum(['shown', 'spoken']).default('shown'), callId: z.number().int().optional() }),
    z.object({ disclosureId: z.number().int(), recoveryPassword: z.string(), hideAfterMs: z.number().int(), at: shape.instant }),
  ),
  /** What is entered during a call is kept at once: an interrupted call loses nothing. */
  'calls.save': call(z.object({ callId: z.number().int().optional(), hostId: z.number().int().optional(), keyRecordId: z.number().int().optional(), identity: z.enum(IDENTITY_CHECKS).optional(), caller: z.string().trim().max(200).optional(),
    reason: shape.disclosureReason.optional(), ticket: z.string().trim().max(64).optional(), groupsRead: z.number().int().min(0).max(8).optional() }), shape.call),
  'calls.close': call(z.object({ callId: z.number().int(), outcome: z.enum(CALL_OUTCOMES), note: note.optional() }), shape.call),
  'calls.list': call(z.object({ open: z.boolean().default(true), ...page }), z.object({ total: z.number().int(), rows: z.array(shape.call) })),
  /** What can be printed: sites with hosts that are still open and have keys. */
  'paper.sites': call(nothing, z.array(z.object({ site: z.string().nullable(), hosts: z.number().int(), keyRecords: z.number().int() }))),
  /** Two operators, and a disclosure of every key on it. The answer is secret. */
  'paper.print': call(z.object({ site: z.string().max(200).nullable(), reason: shape.disclosureReason, ticket: z.string().trim().max(64).optional(), secondOperator: shape.operatorName.optional(), secondPassphrase: shape.passphrase.optional() }), z.object({
    at: shape.instant, operators: z.array(z.string()).readonly(), site: z.string().nullable(),
    lines: z.array(z.object({ hostname: z.string(), keyProtectorId: z.string().nullable(), drive: z.string().nullable(), createdAt: shape.instant.nullable(), recoveryPassword: z.string() })).readonly(),
  })),
  /** A page for callers, without any key. */
  'instructions.get': call(z.object({ language: z.enum(['en', 'de']) }), z.object({ html: z.string() })),
  /** Operators who disclosed more than the policy calls usual, in the last day. */
  'disclosures.unusual': call(nothing, z.array(z.object({ at: shape.instant, operator: z.string(), count: z.number().int(), minutes: z.number().int() }))),
  'disclosures.list': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(z.object({
    disclosureId: z.number().int(), at: shape.instant, operator: z.string(), way: shape.disclosureWay, reason: z.string(), ticket: z.string().nullable(),
    keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), mediaId: z.string().nullable(), keyRecords: z.number().int(),
  })) })),

  // Rotation of what was disclosed
  'rotations.list': call(z.object({ states: z.array(z.enum(ROTATION_STATES)).default([]), ...page }), z.object({
    total: z.number().int(), states: z.array(z.object({ state: z.enum(ROTATION_STATES), count: z.number().int() })),
    rows: z.array(z.object({
      keyRecordId: z.number().int(), keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), state: z.enum(ROTATION_STATES), risk: z.enum(ROTATION_RISKS), dueAt: shape.instant,
      askedAt: shape.instant.nullable(), askedBy: z.string().nullable(), askedOf: z.string().nullable(),
      confirmedAt: shape.instant.nullable(), confirmedBy: z.string().nullable(), confirmedHow: z.enum(ROTATION_CONFIRMED_BY).nullable(), evidence: z.string().nullable(), statement: z.string().nullable(),
    })),
  })),
  /** A script for whoever carries rotations out; what is in it counts as asked. */
  'rotations.handOver': call(z.object({ target: z.enum(ROTATION_TARGETS), again: z.boolean().default(false) }), z.object({
    target: z.enum(ROTATION_TARGETS), script: z.string().nullable(), keyRecords: z.number().int(), hosts: z.number().int(), remaining: z.number().int(),
    leftOut: z.array(z.object({ reason: z.enum(ROTATION_NOT_HANDED_OVER), count: z.number().int() })).readonly(),
  })),
  'rotations.confirm': call(z.object({ keyRecordIds: z.array(z.number().int()).min(1).max(1000), statement: note.min(3) }), z.object({ confirmed: z.number().int() })),

  // Hosts and their way back
  'hosts.list': call(z.object({
    ...hostFilter,
    sort: z.enum(['hostname', 'state', 'stateAt']).default('stateAt'), descending: z.boolean().default(true), ...page,
  }), z.object({
    total: z.number().int(), rows: z.array(shape.hostRow),
    states: z.array(z.object({ state: shape.hostState, count: z.number().int() })), blockedReasons: z.array(z.object({ reason: shape.blockedReason, count: z.number().int() })),
  })),
  'hosts.get': call(hostId, z.object({
    host: shape.hostRow,
    facts: z.object({ dnsName: z.string().nullable(), domain: z.string().nullable(), serialNumber: z.string().nullable(), maker: z.string().nullable(), userName: z.string().nullable(), assetTag: z.string().nullable(), lastSeenAt: shape.instant.nullable() }),
    plan: z.object({ wave: z.string().nullable(), tags: z.array(z.string()).readonly(), keptOff: z.string().nullable() }),
    keyRecords: z.array(shape.keyCandidate), history: z.array(shape.hostEvent),
    /** Every ID that tells the machine, names of hosts that were joined into it, and the host it was joined into. */
    ids: z.array(shape.saidId), oldNames: z.array(z.string()), joinedInto: z.object({ hostId: z.number().int(), hostname: z.string() }).nullable(),
  })),
  ...manyHostsProcedures,
  'hosts.verify': call(hostId.extend({ evidence: note.min(3) }), shape.hostRow),
  'hosts.block': call(hostId.extend({ reason: shape.blockedReason, note: note.optional() }), shape.hostRow),
  'hosts.unblock': call(hostId.extend({ note: note.optional() }), shape.hostRow),
  'hosts.close': call(hostId.extend({ as: shape.closedAs, note: note.min(3) }), shape.hostRow),
  /** Takes *verified* or *closed* back. */
  'hosts.reopen': call(hostId.extend({ note: note.min(3) }), shape.hostRow),
  /** Lists of hosts that were imported, newest first. */
  'hosts.lists': call(nothing, z.array(shape.hostList)),
  /** Holds lists against each other; one alone against the hosts still out. */
  'hosts.reconcile': call(z.object({ importFileIds: z.array(z.number().int()).min(1).max(20), limit: z.number().int().min(0).max(200_000).default(200) }), z.object({
    lists: z.array(shape.hostList.extend({ lacks: shape.hostGroup })).readonly(),
    foundInTheField: shape.hostGroup, withoutKey: shape.hostGroup, seenSince: shape.hostGroup, verified: shape.hostGroup,
  })),
  /** `content` of a PDF is base64. Without an instant: now. */
  'reports.make': call(z.object({ kind: z.enum(REPORT_KINDS), format: z.enum(REPORT_FORMATS), language: z.enum(['en', 'de']), asOf: shape.instant.optional() }), z.object({
    name: z.string(), type: z.string(), encoding: z.enum(['text', 'base64']), content: z.string(), asOf: shape.instant, auditHead: z.string(),
  })),
  'status.get': call(nothing, z.object({
    asOf: shape.instant, hosts: z.number().int(), stillDown: z.number().int(), states: z.array(z.object({ state: shape.hostState, count: z.number().int() })),
    blockedReasons: z.array(z.object({ reason: shape.blockedReason, count: z.number().int() })),
    keyRecords: z.number().int(), hostsWithoutKey: z.number().int(), rotationDue: z.number().int(), mediaOut: z.number().int(), media: z.number().int(),
    attempts: z.number().int(), flaggedClaims: z.number().int(), imports: z.number().int(), disclosures: z.number().int(),
    repairedLastHour: z.number().int(), auditHead: z.string(),
  })),

  /** The last 24 hours, and the sites with most hosts still down. */
  'status.course': call(nothing, z.object({
    hours: z.array(z.object({ hour: shape.instant, repaired: z.number().int(), verified: z.number().int() })).readonly(),
    sites: z.array(z.object({ site: z.string().nullable(), affected: z.number().int(), down: z.number().int(), repaired: z.number().int(), verified: z.number().int() })).readonly(), moreSites: z.number().int(),
  })),

  /** When the last host is likely to be back: an interval, or why nothing can be said. */
  'status.eta': call(nothing, z.discriminatedUnion('status', [
    z.object({ status: z.literal('done') }),
    z.object({ status: z.literal('too-early'), reason: z.enum(ETA_TOO_EARLY) }),
    z.object({
      status: z.literal('estimated'), earliest: shape.instant, likely: shape.instant, latest: shape.instant, decidedBy: z.enum(['work', 'blocked']), perHour: z.number(), blockedHalfHours: z.number(),
      movers: z.array(z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('people'), site: z.string().nullable(), people: z.number().int(), hoursSooner: z.number() }), z.object({ kind: z.literal('unblock'), reason: shape.blockedReason, hosts: z.number().int(), hoursSooner: z.number() }),
        z.object({ kind: z.literal('nights'), hoursSooner: z.number() }),
      ])).readonly(),
    }),
  ])),

  // Media
  'media.inspectBase': call(z.object({ path: z.string().min(1) }), shape.baseFacts),
  'media.previewScope': call(z.object({ scope: shape.scope }), z.object({ hosts: z.number().int(), keyRecords: z.number().int(), leftOutCount: z.number().int(), leftOut: z.array(shape.leftOutHost) })),
  'media.build': stream(z.object({
    base: z.string().min(1), scope: shape.scope, out: z.string().min(1), technicians: z.array(shape.operatorName).min(1).max(16), expiresAt: shape.instant.optional(), language: z.enum(['en', 'de']).default('en'),
    overwrite: z.boolean().default(false), format: z.enum(IMAGE_FORMATS).default('image'), incidentId: z.number().int().optional(),
    /** Onto this disk; `out` and `format` are not looked at then. */
    disk: chosenDisk.optional(),
    /** Why hosts of waves that are not opened go onto it all the same. */
    override: note.min(3).optional(),
  }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), step: z.enum(['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify']), doneBytes: z.number(), totalBytes: z.number() }),
    /** The passcodes are secret and shown this once. */
    z.object({ kind: z.literal('done'), medium: shape.medium, out: z.string(), passcodes: z.array(z.object({ technician: z.string(), passcode: z.string() })), leftOutCount: z.number().int(), leftOut: z.array(shape.leftOutHost), manifestSha256: z.string() }),
  ])),
  'media.list': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(shape.medium) })),
  'media.get': call(mediaId, z.object({ medium: shape.medium, leftOut: z.array(shape.leftOutHost), attempts: z.array(shape.attempt) })),
  /** An HTML page to print. Holds no passcode. */
  'media.label': call(mediaId.extend({ language: z.enum(['en', 'de']).default('en') }), z.object({ html: z.string() })),
  'media.issue': call(mediaId.extend({ holder: z.string().trim().min(1).max(200), note: note.optional() }), z.object({ medium: shape.medium })),
  'media.return': call(mediaId.extend({ note: note.optional() }), z.object({ medium: shape.medium })),
  'media.wipe': call(mediaId.extend({ note: note.optional() }), z.object({ medium: shape.medium })),
  /** Everything on it goes to the head of the rotation list. */
  'media.lose': call(mediaId.extend({ note: note.min(3) }), z.object({ medium: shape.medium, rotations: z.number().int() })),
  'media.inspect': call(z.object({ path: z.string().min(1) }), z.object({
    mediaId: z.string(), createdAt: shape.instant.nullable(), expiresAt: shape.instant.nullable(), architecture: z.string().nullable(), language: z.string().nullable(), recipe: z.string().nullable(), payload: z.string().nullable(),
    files: z.number().int(), mismatches: z.array(z.string()), entries: z.number().int().nullable(), slots: z.number().int().nullable(), results: z.number().int(), known: z.boolean(),
  })),

  ...diskProcedures,

  // Locked volumes of attached disks and images
  /** What is attached to the desk, as its system lists it: candidates for `volumes.inspect`. */
  'volumes.disks': call(shape.nothing, z.array(z.object({
    path: z.string(), kind: z.enum(['disk', 'partition']), name: z.string().nullable(), serial: z.string().nullable(), sizeBytes: z.number(), bitLocker: z.boolean(), inUse: z.boolean(),
  }))),
  'volumes.inspect': call(z.object({ path: z.string().min(1) }), z.object({
    path: z.string(), container: z.string(), /** A container that can not be looked into (VHDX, E01 …). */ declined: z.boolean(), partitions: z.number().int(),
    volumes: z.array(z.object({
      offset: z.number(), sizeBytes: z.number(), partition: z.string(), status: z.enum(['volume', 'damaged', 'too-old']),
      volumeId: z.string().nullable(), description: z.string().nullable(), computerName: z.string().nullable(), cipher: z.string().nullable(), createdAt: shape.instant.nullable(),
      layout: z.enum(['fixed', 'to-go']).nullable(), usedSpaceOnly: z.boolean(), copies: z.array(z.object({ offset: z.number(), state: z.enum(['good', 'damaged', 'unreadable']) })),
      protectors: z.array(z.object({ keyProtectorId: z.string(), kind: z.string(), changedAt: shape.instant.nullable(), hint: z.string().nullable(), keyRecords: z.array(z.object({ keyRecordId: z.number().int(), hostname: z.string().nullable() })) })),
    })),
  })),
  /** Tries a typed recovery password (secret), or without one every key record whose ID is on a volume. */
  'volumes.test': stream(z.object({ path: z.string().min(1), recoveryPassword: z.string().max(200).optional() }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), share: z.number(), keyProtectorId: z.string().nullable() }),
    z.object({ kind: z.literal('done'), path: z.string(), volumes: z.number().int(), tested: z.array(z.object({
      offset: z.number(), keyRecordId: z.number().int().nullable(), status: z.enum(['opened', 'not-opened']), keyProtectorId: z.string().nullable(),
      metadataProven: z.boolean().nullable(), revealsOthers: z.array(z.string()),
    })) }),
  ])),

  // Return
  'attempts.import': call(z.object({ paths }), z.object({
    files: z.array(z.object({ path: z.string(), attemptId: z.string().nullable(), status: z.enum(['imported', 'unchanged', 'rejected']), proof: shape.attemptProof.nullable(), outcome: shape.attemptOutcome.nullable(), hostname: z.string().nullable(), hostState: shape.hostState.nullable(), reason: z.string().nullable() })),
    imported: z.number().int(), unchanged: z.number().int(), rejected: z.number().int(), claims: z.number().int(),
  })),
  'attempts.list': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(shape.attempt) })),

  ...incidentProcedures,
  ...waveProcedures,
  ...policyProcedures,
  ...matchingProcedures,

  // Audit
  'audit.list': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(shape.auditEntry), head: z.string() })),
  'audit.verify': call(z.object({ head: z.string().regex(/^\d+:[0-9a-f]{64}$/).optional() }), z.object({
    entries: z.number().int(), head: z.string(), intact: z.boolean(), firstBroken: z.number().int().nullable(), headFound: z.boolean().nullable(),
  })),
} as const;

export type Contract = typeof contract;
export type ProcedureName = keyof Contract;
export type CallName = { [K in ProcedureName]: Contract[K]['kind'] extends 'call' ? K : never }[ProcedureName];
export type StreamName = Exclude<ProcedureName, CallName>;
/** What a caller passes (defaults may be left out). */
export type Input<K extends ProcedureName> = z.input<Contract[K]['input']>;
/** What a handler receives. */
export type Parsed<K extends ProcedureName> = z.output<Contract[K]['input']>;
export type Output<K extends ProcedureName> = z.output<Contract[K]['output']>;
/** What is sent when a call fails: a code with facts for the sentence, and for bugs a reference number that is also in the log. */
export interface WireError { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly reference?: string }
