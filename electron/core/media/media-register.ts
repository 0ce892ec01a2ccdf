// The register of media: which medium carries which key records, for whom, and under which keys its attempt records are signed.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { AppError } from '../app-error.ts';
import { SIGNING_CAS, type Architecture, type MediaState, type MediumMode, type SigningCa } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { prepared } from '../keys/prepared.ts';
import { inSlices } from '../keys/slices.ts';
import { markDue } from '../rotation/rotations.ts';
import { recordMediumDisk, type MediumDisk } from './known-disks.ts';
import { carryOut } from './media-orders.ts';
import type { ManifestLoader } from './manifest.ts';
import type { LeftOutHost } from './scope.ts';

/** A medium as the lists show it. */
export interface Medium {
  readonly mediaId: string; readonly state: MediaState; readonly builtAt: string; readonly builtBy: string; readonly expiresAt: string | null; readonly scope: string;
  readonly hosts: number; readonly keyRecords: number; readonly leftOut: number; readonly technicians: string[]; readonly language: 'en' | 'de'; readonly mode: MediumMode;
  /** ID and version: `channel-file-291 1`. */
  readonly recipe: string;
  readonly architecture: Architecture; readonly payload: string; readonly imageSizeBytes: number; readonly imageName: string;
  /** Who has it; null when it is here, or nobody said. */
  readonly holder: string | null;
  /** Since when it is in its state. */
  readonly stateAt: string;
  /** Attempt records that have come back. */
  readonly results: number;
  /** The disk it was written onto; null: it is a file, or was built before disks were noted. */
  readonly disk: { readonly name: string | null; readonly serial: string | null; readonly sizeBytes: number } | null;
  readonly renewalOf: string | null;
  /** Whoever has a list of key protector IDs can read it. */
  readonly withoutPasscode: boolean;
  /** What starts it, by partition; empty for one from before this was noted. */
  readonly loaders: { readonly signedUnder: SigningCa[]; readonly securityVersion: string | null }[];
}

/** What is known of a medium when its image is written and verified, but has no name yet. `recordKey`s are secret. */
export interface NewMedium {
  readonly mediaId: string; readonly builtAt: string; readonly expiresAt: string | null; readonly scope: string; readonly language: 'en' | 'de';
  /** Left out: repair. */
  readonly mode?: MediumMode; readonly incidentId: number; readonly recipeId: string; readonly recipeVersion: number; readonly architecture: Architecture; readonly payload: string; readonly manifestSha256: string;
  readonly imageName: string; readonly imageSizeBytes: number; readonly hosts: number;
  readonly keyRecordIds: readonly number[]; readonly leftOut: readonly LeftOutHost[];
  readonly slots: readonly { readonly slot: number; readonly technician: string; readonly recordKey: Uint8Array }[];
  readonly loaders?: readonly ManifestLoader[];
  /** The disk it is written onto; left out: it is a file. */
  readonly disk?: MediumDisk | undefined;
  /** The order by which it has no passcode. */
  readonly withoutPasscode?: string | undefined;
  /** The medium whose stick it takes over. */
  readonly renewalOf?: string | undefined;
}

interface Row {
  media_id: string; state: MediaState; built_at: string; built_by: string; expires_at: string | null; scope: string; language: 'en' | 'de'; mode: MediumMode; recipe_id: string; recipe_version: number;
  architecture: Architecture; payload: string; image_name: string; image_size_bytes: number; hosts: number; key_records: number; left_out: number; technicians: string; results: number; holder: string | null; state_at: string | null; renewal_of: string | null; without_passcode: number;
  loaders: string;
  disk_name: string | null; disk_serial: string | null; disk_bytes: number | null;
}

const SELECT = `SELECT m.*, d.name AS disk_name, d.serial AS disk_serial, d.size_bytes AS disk_bytes, (SELECT count(*) FROM media_left_out l WHERE l.media_id = m.media_id) AS left_out, (SELECT count(*) FROM attempts a WHERE a.media_id = m.media_id) AS results,
  (SELECT json_group_array(technician) FROM (SELECT technician FROM media_slots s WHERE s.media_id = m.media_id ORDER BY slot)) AS technicians,
  (SELECT json_group_array(json_object('signedUnder', signed_under, 'securityVersion', security_version)) FROM (SELECT signed_under, security_version FROM media_loaders s WHERE s.media_id = m.media_id ORDER BY place)) AS loaders FROM media m LEFT JOIN media_disks d USING (media_id)`;

/**
 * Gives a medium that is to be built its name, `M-0001` counting up, and puts on record that its keys are about to be sealed.
 * A name is given once: to whoever is first, also when two processes have the desk open, and never again if the build fails.
 *
 * @param details What is ordered, for the audit line. One row.
 */
export function orderMedium(desk: Desk, details: Readonly<Record<string, string | number>>): string {
  return desk.db.transaction(() => {
    const highest = desk.db.prepare<[], { n: number | null }>(
      `SELECT max(n) AS n FROM (SELECT CAST(substr(media_id, 3) AS INTEGER) AS n FROM media WHERE media_id GLOB 'M-[0-9]*'
        UNION ALL SELECT CAST(substr(subject, 3) AS INTEGER) FROM audit_entries WHERE act = 'media.build-started' AND subject GLOB 'M-[0-9]*')`,
    ).get()?.n ?? 0;
    const mediaId = `M-${String(highest + 1).padStart(4, '0')}`;
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'media.build-started', subject: mediaId, details });
    return mediaId;
  }).immediate();
}

/**
 * Enters a medium into the register, before its image gets the name under which it can be used and before its passcodes are shown: whatever
 * happens after, a medium that can be opened is on record with every key on it. When this returns, it is on the disk.
 *
 * @returns Rows: media, media_loaders, media_incidents, media_slots, media_left_out, media_members, rotations, one disclosure for all of it (none for a `manual` medium), one audit line. The members come in many
 *          transactions after the first, so that others get their turn; until the last is in, the image has no name.
 */
export async function recordMedium(desk: Desk, medium: NewMedium, breathe: () => Promise<void>): Promise<void> {
  const { db } = desk;
  db.transaction(() => {
    db.prepare(
      `INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, mode, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, state_at, renewal_of, without_passcode)
       VALUES (?, 'built', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(medium.mediaId, medium.builtAt, desk.operator.name, medium.expiresAt, medium.scope, medium.language, medium.mode ?? 'repair', medium.recipeId, medium.recipeVersion, medium.architecture, medium.payload,
      medium.manifestSha256, medium.imageName, medium.imageSizeBytes, medium.hosts, medium.keyRecordIds.length, medium.builtAt, medium.renewalOf ?? null, Number(medium.withoutPasscode !== undefined));
    if (medium.withoutPasscode !== undefined) carryOut(db, medium.withoutPasscode, medium.mediaId);
    for (const [index, { signedUnder, securityVersion }] of (medium.loaders ?? []).slice(0, 2).entries()) db.prepare('INSERT INTO media_loaders (media_id, place, signed_under, security_version) VALUES (?, ?, ?, ?)').run(medium.mediaId, index + 1, signedUnder.join(' '), securityVersion);
    if (medium.disk !== undefined) recordMediumDisk(db, medium.mediaId, medium.disk);
    db.prepare('INSERT INTO media_incidents (media_id, incident_id) VALUES (?, ?)').run(medium.mediaId, medium.incidentId);
    for (const { slot, technician, recordKey } of medium.slots) db.prepare('INSERT INTO media_slots (media_id, slot, technician, record_key) VALUES (?, ?, ?, ?)').run(medium.mediaId, slot, technician, Buffer.from(recordKey));
    // Nothing on it, nothing disclosed.
    if (medium.mode !== 'manual') db.prepare("INSERT INTO disclosures (at, operator, way, reason, media_id) VALUES (?, ?, 'medium', 'mass-incident', ?)").run(medium.builtAt, desk.operator.name, medium.mediaId);
    appendAudit(db, {
      at: nowOf(desk), operator: desk.operator.name, act: 'media.build', subject: medium.mediaId,
      details: { scope: medium.scope, mode: medium.mode ?? 'repair', hosts: medium.hosts, keyRecords: medium.keyRecordIds.length, leftOut: medium.leftOut.length, technicians: medium.slots.map(({ technician }) => technician).join(', '), image: medium.imageName, manifestSha256: medium.manifestSha256, ...(medium.renewalOf === undefined ? {} : { renewalOf: medium.renewalOf }), ...(medium.withoutPasscode === undefined ? {} : { withoutPasscode: true, orderId: medium.withoutPasscode }) },
    });
  }).immediate();
  const members = db.prepare('INSERT INTO media_members (media_id, key_record_id) SELECT ?, value FROM json_each(?)');
  await insertAll(db, medium.keyRecordIds, (keyRecordIds) => {
    members.run(medium.mediaId, JSON.stringify(keyRecordIds));
    markDue(db, keyRecordIds, 'sealed', medium.builtAt);
  }, breathe);
  const leftOut = db.prepare('INSERT INTO media_left_out (media_id, hostname, reason) VALUES (?, ?, ?)');
  await insertAll(db, medium.leftOut, (hosts) => { for (const { hostname, reason } of hosts) leftOut.run(medium.mediaId, hostname, reason); }, breathe);
  db.pragma('wal_checkpoint(PASSIVE)'); // with synchronous = NORMAL a commit alone is not forced to the disk; a checkpoint is
  desk.changed('media', 'disclosures', 'hosts', 'audit');
}

/**
 * Says that a medium was not built. One that is on record already, because its image could not be given its name after all, counts as wiped: nobody has its passcode, and its
 * keys stay due for rotation, which is more than needed and never too little. But a stick that needs no passcode and may be half written stays as it is, until somebody
 * has wiped it or calls it lost. One audit line.
 *
 * @param why An error code.
 */
export function recordFailedMedium(desk: Desk, mediaId: string, why: string, isRecorded: boolean): void {
  desk.db.transaction(() => {
    if (isRecorded) desk.db.prepare("UPDATE media SET state = 'wiped' WHERE media_id = ? AND NOT (without_passcode = 1 AND EXISTS (SELECT 1 FROM media_disks d WHERE d.media_id = media.media_id))").run(mediaId);
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'media.build-failed', subject: mediaId, details: { why, recorded: isRecorded } });
  }).immediate();
  desk.changed('media', 'audit');
}

/** @returns Newest first. */
export function listMedia(db: ReadableDatabase, page: { readonly offset: number; readonly limit: number }): { total: number; rows: Medium[] } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM media').get()?.n ?? 0;
  return { total, rows: db.prepare<[number, number], Row>(`${SELECT} ORDER BY built_at DESC, media_id DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset).map(toMedium) };
}

/** @returns AppError `not-found`. */
export function getMedium(db: ReadableDatabase, mediaId: string): Medium {
  const row = db.prepare<[string], Row>(`${SELECT} WHERE media_id = ?`).get(mediaId);
  if (row === undefined) throw new AppError('not-found', { mediaId });
  return toMedium(row);
}

/** @returns Whether this desk built a medium of that ID, in the spelling of the register. */
export const isKnownMedium = (db: ReadableDatabase, mediaId: string): boolean => prepared<[string]>(db, 'SELECT 1 FROM media WHERE media_id = ?').get(mediaId) !== undefined;

/** @returns SHA-256 of the manifest the medium was written with. AppError `not-found`. */
export function manifestHashOf(db: ReadableDatabase, mediaId: string): string {
  const row = prepared<[string], { manifest_sha256: string }>(db, 'SELECT manifest_sha256 FROM media WHERE media_id = ?').get(mediaId);
  if (row === undefined) throw new AppError('not-found', { mediaId });
  return row.manifest_sha256;
}

/** @returns Hosts the medium was to open and can not, by name; at most `limit`. */
export const listLeftOut = (db: ReadableDatabase, mediaId: string, limit: number): LeftOutHost[] =>
  db.prepare<[string, number], LeftOutHost>('SELECT hostname, reason FROM media_left_out WHERE media_id = ? ORDER BY hostname LIMIT ?').all(mediaId, limit);

/** @returns The keys under which attempt records of this medium may be signed, by slot; empty for a medium this desk does not know. Secret. */
export function readRecordKeys(db: ReadableDatabase, mediaId: string): Map<number, Uint8Array> {
  const rows = prepared<[string], { slot: number; record_key: Buffer }>(db, 'SELECT slot, record_key FROM media_slots WHERE media_id = ?').all(mediaId);
  return new Map(rows.map(({ slot, record_key }) => [slot, new Uint8Array(record_key)]));
}

/** Whether anybody may have signed what came from it. */
export const isWithoutPasscode = (db: ReadableDatabase, mediaId: string): boolean => prepared<[string], { n: number }>(db, 'SELECT without_passcode AS n FROM media WHERE media_id = ?').get(mediaId)?.n === 1;

/** In transactions of about 15 ms each. */
async function insertAll<T>(db: Database, values: readonly T[], insert: (values: readonly T[]) => void, breathe: () => Promise<void>): Promise<void> {
  for (const _ of inSlices(db, values.length, (from, to) => insert(values.slice(from, to)))) await breathe();
}

/** `text` is put together from columns that are checked on the way in. */
function toLoaders(text: string): Medium['loaders'] {
  const rows = JSON.parse(text) as { signedUnder: string; securityVersion: string | null }[];
  return rows.map(({ signedUnder, securityVersion }) => ({ signedUnder: SIGNING_CAS.filter((ca) => signedUnder.split(' ').includes(ca)), securityVersion }));
}

function toMedium(row: Row): Medium {
  return {
    mediaId: row.media_id, state: row.state, builtAt: row.built_at, builtBy: row.built_by, expiresAt: row.expires_at, scope: row.scope, hosts: row.hosts, keyRecords: row.key_records, leftOut: row.left_out,
    technicians: (JSON.parse(row.technicians) as string[]).filter((name) => name !== ''), language: row.language, mode: row.mode, recipe: `${row.recipe_id} ${row.recipe_version}`, architecture: row.architecture, // json_group_array of a text column
    payload: row.payload, imageSizeBytes: row.image_size_bytes, imageName: row.image_name, results: row.results, holder: row.holder, stateAt: row.state_at ?? row.built_at,
    disk: row.disk_bytes === null ? null : { name: row.disk_name, serial: row.disk_serial, sizeBytes: row.disk_bytes }, renewalOf: row.renewal_of, withoutPasscode: row.without_passcode === 1, loaders: toLoaders(row.loaders),
  };
}
