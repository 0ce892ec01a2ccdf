// The people of a desk: who they are, what they may do, and whether they hold the keys for it.
import { createHash } from 'node:crypto';
import type { ReadableDatabase } from '../../store/database.ts';
import type { DeskFolder } from '../../store/desk-folder.ts';
import { makeHolder, openHolder, passOnKey2, type Holder, type KeysFile } from '../../store/vault.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { READING_ROLES, type Role } from '../codes.ts';
import { nowOf, type Desk, type SignedInOperator } from '../desk.ts';

export interface Operator {
  readonly name: string; readonly roles: Role[]; readonly status: 'pending' | 'active' | 'disabled'; readonly createdAt: string; readonly lastSignedInAt: string | null;
  readonly waitsForHolder: boolean; readonly keyFingerprint: string | null;
}

interface Row { operator_id: number; name: string; status: Operator['status']; must_change_passphrase: number; created_at: string; last_signed_in_at: string | null }

export const reads = (roles: readonly Role[]): boolean => roles.some((role) => READING_ROLES.includes(role));

/** @returns Every operator, by name. */
export function listOperators(desk: Desk, folder: DeskFolder): Operator[] {
  const file = keysOf(folder);
  const rows = desk.db.prepare<[], Row>('SELECT * FROM operators ORDER BY name').all();
  return rows.map((row) => toOperator(desk.db, row, holderOf(file, row.name)));
}

/**
 * Adds an operator. With a role that reads recovery passwords they are `pending` until somebody who holds key 2 has completed them; if the one who adds holds it, at once.
 *
 * @returns The new operator. AppError `name-taken`. One audit line.
 */
export async function addOperator(desk: Desk, folder: DeskFolder, { name, roles, passphrase }: { name: string; roles: readonly Role[]; passphrase: string }, cost?: number): Promise<Operator> {
  if (findRow(desk.db, name) !== undefined) throw new AppError('name-taken', { operator: name });
  const holder = await makeHolder(desk.keys, { kind: 'operator', name, passphrase, reads: reads(roles) }, cost);
  return desk.db.transaction(() => {
    if (findRow(desk.db, name) !== undefined) throw new AppError('name-taken', { operator: name });
    writeHolder(folder, holder); // a line without a row can not sign in; a row without a line would block the name
    const at = nowOf(desk);
    insertOperator(desk, { name, roles, status: reads(roles) && holder.key2 === null ? 'pending' : 'active', mustChange: true, at });
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'operators.add', subject: name, details: { roles: roles.join(' '), key: fingerprintOf(holder) } });
    desk.changed('operators', 'audit');
    return getOperator(desk, folder, name);
  }).immediate();
}

/**
 * Passes key 2 on to an operator who waits for it. They must have set a passphrase of their own first: whoever added them knows the first one.
 *
 * @returns The operator. AppError `cannot-read-recovery-passwords` (the caller does not hold key 2), `not-found`, `not-allowed` (own passphrase not set, or no reading role).
 */
export function completeOperator(desk: Desk, folder: DeskFolder, name: string): Operator {
  return desk.db.transaction(() => {
    const row = getRow(desk.db, name);
    const roles = rolesOf(desk.db, row.operator_id);
    if (row.status === 'disabled' || !reads(roles)) throw new AppError('not-allowed', { operator: row.name, why: 'no-reading-role' });
    if (row.must_change_passphrase === 1) throw new AppError('not-allowed', { operator: row.name, why: 'own-passphrase-first' });
    const holder = passOnKey2(desk.keys, getHolder(folder, row.name));
    writeHolder(folder, holder);
    desk.db.prepare("UPDATE operators SET status = 'active' WHERE operator_id = ?").run(row.operator_id);
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'operators.complete', subject: row.name, details: { key: fingerprintOf(holder) } });
    desk.changed('operators', 'audit');
    return getOperator(desk, folder, name);
  }).immediate();
}

/**
 * Disables an operator and takes their line out of keys.json. A copy of the old file still opens with their passphrase.
 *
 * @returns The operator. AppError `not-found`, `last-holder` (nobody else could supervise, or read recovery passwords). One audit line.
 */
export function disableOperator(desk: Desk, folder: DeskFolder, name: string): Operator {
  return desk.db.transaction(() => {
    const row = getRow(desk.db, name);
    for (const [what, list] of [['supervisor', ['supervisor']], ['reader', READING_ROLES]] as const) {
      const others = desk.db.prepare<[number, string], { n: number }>(
        `SELECT count(*) AS n FROM operators o WHERE o.status = 'active' AND o.operator_id <> ? AND EXISTS (SELECT 1 FROM operator_roles r WHERE r.operator_id = o.operator_id AND r.role IN (SELECT value FROM json_each(?)))`,
      ).get(row.operator_id, JSON.stringify(list));
      if (others?.n === 0) throw new AppError('last-holder', { operator: row.name, what });
    }
    desk.db.prepare("UPDATE operators SET status = 'disabled' WHERE operator_id = ?").run(row.operator_id);
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'operators.disable', subject: row.name });
    const file = keysOf(folder);
    folder.writeKeys({ ...file, holders: file.holders.filter((holder) => !isHolder(holder, row.name)) });
    desk.changed('operators', 'audit');
    return getOperator(desk, folder, name);
  }).immediate();
}

/** Sets the signed-in operator's own passphrase and gives them a fresh key pair. AppError `wrong-passphrase`. One audit line. */
export async function changePassphrase(desk: Desk, folder: DeskFolder, passphrase: string, newPassphrase: string, cost?: number): Promise<void> {
  (await openHolder(keysOf(folder), getHolder(folder, desk.operator.name), passphrase)).close();
  await setPassphrase(desk, folder, desk.operator.name, newPassphrase, 'operators.changePassphrase', cost);
}

/** Gives an operator a new passphrase and key pair with the keys that are open. For their own change and for the recovery sheet. */
export async function setPassphrase(desk: Desk, folder: DeskFolder, name: string, newPassphrase: string, act: string, cost?: number): Promise<void> {
  const row = getRow(desk.db, name);
  const holder = await makeHolder(desk.keys, { kind: 'operator', name: row.name, passphrase: newPassphrase, reads: reads(rolesOf(desk.db, row.operator_id)) }, cost);
  desk.db.transaction(() => {
    writeHolder(folder, holder);
    desk.db.prepare('UPDATE operators SET must_change_passphrase = 0 WHERE operator_id = ?').run(row.operator_id);
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act, subject: row.name, details: { key: fingerprintOf(holder) } });
    desk.changed('operators', 'audit');
  }).immediate();
}

/** Whether one of the operator's roles reads recovery passwords, and somebody who does has completed them. */
export function mayRead(db: ReadableDatabase, name: string): boolean {
  const row = findRow(db, name);
  return row?.status === 'active' && reads(rolesOf(db, row.operator_id));
}

/** @returns Fingerprint of the key that the operator was given or made last, as the audit trail has it; null when it was none yet (the first operator's). */
export function lastKeyOf(db: ReadableDatabase, name: string): string | null {
  return db.prepare<[string], { key: string }>(
    `SELECT details ->> 'key' AS key FROM audit_entries WHERE act IN ('operators.add', 'operators.complete', 'operators.changePassphrase', 'vault.recover') AND subject = ? COLLATE NOCASE AND details ->> 'key' IS NOT NULL
      ORDER BY entry_number DESC LIMIT 1`,
  ).get(name)?.key ?? null;
}

/** @returns The operator as the store knows them, or null when they are not there or disabled. */
export function findActiveOperator(db: ReadableDatabase, name: string): SignedInOperator | null {
  const row = findRow(db, name);
  if (row === undefined || row.status === 'disabled') return null;
  return { operatorId: row.operator_id, name: row.name, roles: rolesOf(db, row.operator_id), mustChangePassphrase: row.must_change_passphrase === 1 };
}

/** Call it in a transaction. @returns The operator_id. Rows: operators, operator_roles. */
export function insertOperator(desk: Pick<Desk, 'db'>, operator: { name: string; roles: readonly Role[]; status: Operator['status']; mustChange: boolean; at: string }): number {
  const { name, roles, status, mustChange, at } = operator;
  const operatorId = Number(desk.db.prepare('INSERT INTO operators (name, status, must_change_passphrase, created_at) VALUES (?, ?, ?, ?)').run(name, status, mustChange ? 1 : 0, at).lastInsertRowid);
  for (const role of new Set(roles)) desk.db.prepare('INSERT INTO operator_roles (operator_id, role) VALUES (?, ?)').run(operatorId, role);
  return operatorId;
}

/** First 16 hexadecimal digits of SHA-256 over a holder's public key: compared in person before key 2 is passed on. */
export const fingerprintOf = (holder: Holder): string => createHash('sha256').update(Buffer.from(holder.publicKey, 'base64')).digest('hex').slice(0, 16).toUpperCase();

/** @returns The wrapped keys of a desk. AppError `no-desk`. */
export function keysOf(folder: DeskFolder): KeysFile {
  const file = folder.readKeys();
  if (file === null) throw new AppError('no-desk', { path: folder.path });
  return file;
}

export const isHolder = (holder: Holder, name: string): boolean => holder.kind === 'operator' && holder.name.toLowerCase() === name.toLowerCase();

/** Puts a holder's wrapped keys in place of those under the same name. AppError `no-desk`. */
export function writeHolder(folder: DeskFolder, holder: Holder): void {
  const file = keysOf(folder);
  folder.writeKeys({ ...file, holders: [...file.holders.filter((other) => !isHolder(other, holder.name)), holder] });
}

const holderOf = (file: KeysFile, name: string): Holder | undefined => file.holders.find((holder) => isHolder(holder, name));

function getHolder(folder: DeskFolder, name: string): Holder {
  const holder = holderOf(keysOf(folder), name);
  if (holder === undefined) throw new AppError('not-found', { operator: name });
  return holder;
}

const findRow = (db: ReadableDatabase, name: string): Row | undefined => db.prepare<[string], Row>('SELECT * FROM operators WHERE name = ?').get(name);

function getRow(db: ReadableDatabase, name: string): Row {
  const row = findRow(db, name);
  if (row === undefined) throw new AppError('not-found', { operator: name });
  return row;
}

const rolesOf = (db: ReadableDatabase, operatorId: number): Role[] =>
  db.prepare<[number], { role: Role }>('SELECT role FROM operator_roles WHERE operator_id = ? ORDER BY role').all(operatorId).map(({ role }) => role);

function getOperator(desk: Desk, folder: DeskFolder, name: string): Operator {
  const row = getRow(desk.db, name);
  return toOperator(desk.db, row, holderOf(keysOf(folder), row.name));
}

function toOperator(db: ReadableDatabase, row: Row, holder: Holder | undefined): Operator {
  const roles = rolesOf(db, row.operator_id);
  return {
    name: row.name, roles, status: row.status, createdAt: row.created_at, lastSignedInAt: row.last_signed_in_at,
    waitsForHolder: row.status !== 'disabled' && reads(roles) && holder?.key2 === null, keyFingerprint: holder === undefined ? null : fingerprintOf(holder),
  };
}
