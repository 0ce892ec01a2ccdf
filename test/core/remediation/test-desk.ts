// A desk in memory for tests, with real tables and real seals, and short ways to put hosts and key records into it.
import { createHash } from 'node:crypto';
import type { BlockedReason, ClosedAs, HostState } from '../../../electron/core/codes.ts';
import type { ChangedThing, Desk } from '../../../electron/core/desk.ts';
import { openMemoryDatabase } from '../../../electron/store/database.ts';
import { openFingerprint, openPageSealer } from '../../../electron/store/sealed-pages.ts';
import { makeKeys } from '../../../electron/store/vault.ts';

export interface TestDesk extends Desk {
  readonly told: ChangedThing[];
  /** Moves the desk's clock, which begins at 2024-07-19T08:00:00Z. */
  advance(ms: number): void;
}

export function openTestDesk(): TestDesk {
  let now = Date.parse('2024-07-19T08:00:00Z');
  let drawn = 0;
  const told: ChangedThing[] = [];
  const desk: TestDesk = {
    db: openMemoryDatabase(), keys: makeKeys('test-desk'), clock: () => now, told,
    operator: { operatorId: 1, name: 'test', roles: ['helpdesk', 'technician', 'supervisor', 'auditor'], mustChangePassphrase: false },
    random: (count) => { // unlike every time, but the same in every run
      const bytes = new Uint8Array(count);
      for (let i = 0; i < count; i += 32) bytes.set(createHash('sha256').update(`draw ${drawn++}`).digest().subarray(0, Math.min(32, count - i)), i);
      return bytes;
    },
    changed: (...things) => { told.push(...things); },
    advance: (ms) => { now += ms; },
  };
  desk.db.prepare("INSERT INTO operators (operator_id, name, status, must_change_passphrase, created_at) VALUES (1, 'test', 'active', 0, '2024-07-19T07:00:00.000Z')").run();
  for (const role of desk.operator.roles) desk.db.prepare('INSERT INTO operator_roles (operator_id, role) VALUES (1, ?)').run(role);
  return desk;
}

export function addOperator(desk: Desk, name: string, roles: readonly string[], status = 'active'): void {
  const { lastInsertRowid } = desk.db.prepare("INSERT INTO operators (name, status, must_change_passphrase, created_at) VALUES (?, ?, 0, '2024-07-19T07:00:00.000Z')").run(name, status);
  for (const role of roles) desk.db.prepare('INSERT INTO operator_roles (operator_id, role) VALUES (?, ?)').run(lastInsertRowid, role);
}

export function addImportFile(desk: Desk, name = 'keys.csv'): number {
  const at = new Date(desk.clock()).toISOString();
  const importId = desk.db.prepare('INSERT INTO imports (operator, started_at, finished_at) VALUES (?, ?, ?)').run(desk.operator.name, at, at).lastInsertRowid;
  return Number(desk.db.prepare("INSERT INTO import_files (import_id, path, name, kind) VALUES (?, ?, ?, 'crowdstrike-csv')").run(importId, `/media/${name}`, name).lastInsertRowid);
}

export function addHost(desk: Desk, hostname: string, more: { state?: HostState; blockedReason?: BlockedReason; closedAs?: ClosedAs; importFileId?: number; site?: string; stateAt?: string } = {}): number {
  const { state = 'known' } = more;
  const at = new Date(desk.clock()).toISOString();
  const hostId = Number(desk.db.prepare('INSERT INTO hosts (hostname, created_at, state, blocked_reason, closed_as, state_at, import_file_id, site) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    hostname, at, state, more.blockedReason ?? (state === 'blocked' ? 'owner-away' : null), more.closedAs ?? (state === 'closed' ? 'retired' : null), more.stateAt ?? at, more.importFileId ?? null, more.site ?? null,
  ).lastInsertRowid);
  return hostId;
}

/** A key protector ID like no other: `KKKKKKKK-0000-4000-8000-…`. */
export const keyProtectorIdOf = (n: number): string => {
  const hex = createHash('sha256').update(`protector ${n}`).digest('hex').toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Any 16 bytes are a recovery password. */
export const passwordOf = (n: number): Uint8Array => new Uint8Array(createHash('sha256').update(`password ${n}`).digest().subarray(0, 16));

let records = 0;

/** Seals a recovery password of its own into the store; `keyProtectorId` null for a record without one, a number for `keyProtectorIdOf`. */
export function addKeyRecord(desk: Desk, record: { hostId: number | null; keyProtectorId?: number | null; password?: number; importFileId?: number; createdAt?: string; conflict?: boolean; row?: number }): number {
  records += 1;
  const password = passwordOf(record.password ?? 100_000 + records);
  const fingerprint = openFingerprint(desk.keys.fingerprintKey)(password);
  const sealer = openPageSealer(desk.db, desk.keys.key2Public);
  const pageId = sealer.seal(password);
  sealer.close();
  const id = record.keyProtectorId === null ? null : Buffer.from(keyProtectorIdOf(record.keyProtectorId ?? 100_000 + records).replaceAll('-', ''), 'hex');
  const keyRecordId = Number(desk.db.prepare(
    `INSERT INTO key_records (key_protector_id, host_id, created_at, import_file_id, source_row, page_id, place, fingerprint, conflict) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
  ).run(id, record.hostId, record.createdAt ?? null, record.importFileId ?? addImportFile(desk), record.row ?? 2, pageId, fingerprint, record.conflict === true ? 1 : 0).lastInsertRowid);
  if (id !== null) desk.db.prepare('INSERT OR IGNORE INTO key_ids (key_protector_id, key_record_id) VALUES (?, ?)').run(id, keyRecordId);
  return keyRecordId;
}
