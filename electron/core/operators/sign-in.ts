// Creating a desk, opening and recovering its vault. What goes wrong here is counted, slowed down and audited.
import { randomUUID } from 'node:crypto';
import type { Database } from '../../store/database.ts';
import type { DeskFolder } from '../../store/desk-folder.ts';
import { isProven } from '../../store/holder-proof.ts';
import { makeHolder, makeKeys, openHolder, pretendToOpen, withProof, type OpenKeys } from '../../store/vault.ts';
import { finishPurge } from '../../store/purged.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { ROLES } from '../codes.ts';
import type { Desk, SignedInOperator } from '../desk.ts';
import { toInstant, type Clock, type RandomBytes } from '../ports.ts';
import { findActiveOperator, insertOperator, isHolder, keysOf, setPassphrase, writeHolder } from './operators.ts';
import { findRecoverySheetCode, makeRecoverySheetCode } from './recovery-sheet.ts';

/** What signing in is lent. */
export interface SignInPorts {
  readonly folder: DeskFolder;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sleep: (ms: number) => Promise<void>;
  /** Cost of new passphrases (scrypt N); left out: the default of the vault. */
  readonly passphraseCost?: number | undefined;
}

export type OpenedVault = Pick<Desk, 'db' | 'keys' | 'operator'>;
export interface RecoverySheet { readonly code: string; readonly deskId: string; readonly createdAt: string }

/** Of the holder that is a sheet of paper. */
export const SHEET_NAME = 'recovery sheet';
/** Tries that cost nothing but the passphrase check; from then on every further one waits twice as long. */
const FREE_TRIES = 3;
const LONGEST_WAIT_MS = 30_000;

/**
 * Creates a desk whose first operator holds every role, and opens it.
 *
 * @returns The open vault and, if asked for, the recovery sheet, whose code is secret and exists nowhere else. AppError `desk-exists`, `disk-full`: then nothing of it is left.
 */
export async function createDesk(ports: SignInPorts, first: { name: string; passphrase: string; recoverySheet: boolean; demo?: boolean }): Promise<{ vault: OpenedVault; sheet: RecoverySheet | null }> {
  const { folder, clock, random, passphraseCost } = ports;
  if (folder.readKeys() !== null) throw new AppError('desk-exists', { path: folder.path });
  const keys = makeKeys(randomUUID());
  const at = toInstant(clock());
  const sheet = first.recoverySheet ? { code: makeRecoverySheetCode(random), deskId: keys.deskId, createdAt: at } : null;
  const holders = [await makeHolder(keys, { kind: 'operator', name: first.name, passphrase: first.passphrase, reads: true }, passphraseCost)];
  if (sheet !== null) holders.push(await makeHolder(keys, { kind: 'recovery-sheet', name: SHEET_NAME, passphrase: sheet.code, reads: true }, passphraseCost));
  folder.setKeysAside();
  folder.writeKeys({ format: 'bluelift-keys 1', deskId: keys.deskId, key2Public: Buffer.from(keys.key2Public).toString('base64'), holders }); // before the store: a store without keys could never be opened
  const db = folder.createDatabase(keys.key1, (fresh) => {
    fresh.prepare('INSERT INTO desk (desk_number, desk_id, created_at, demo) VALUES (1, ?, ?, ?)').run(keys.deskId, at, first.demo === true ? 1 : 0);
    insertOperator({ db: fresh }, { name: first.name, roles: ROLES, status: 'active', mustChange: false, at });
    appendAudit(fresh, { at, operator: first.name, act: 'desk.create', subject: keys.deskId, details: { recoverySheet: sheet !== null } });
  });
  return { vault: { db, keys, operator: getSignedIn(db, first.name) }, sheet };
}

/**
 * Opens the vault for an operator.
 *
 * @returns AppError `no-desk`, `wrong-passphrase` (also for a name that is not there), `operator-disabled`, `store-…`. Takes about 0.4 s, and
 *          after three failures for the same name up to 30 s. A failure is noted in a file that the next opening takes into the audit.
 */
export async function openVault(ports: SignInPorts, name: string, passphrase: string): Promise<OpenedVault> {
  const { folder } = ports;
  const file = keysOf(folder);
  await slowDown(ports, name);
  const holder = file.holders.find((other) => isHolder(other, name));
  if (holder === undefined) await pretendToOpen(ports.passphraseCost);
  const keys = holder === undefined ? null : await openHolder(file, holder, passphrase).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'wrong-passphrase') return null;
    throw error;
  });
  if (keys === null) {
    folder.noteFailedSignIn({ at: toInstant(ports.clock()), name });
    throw new AppError('wrong-passphrase', { operator: name });
  }
  const vault = enter(ports, keys, (db) => {
    const operator = findActiveOperator(db, name);
    if (operator === null) throw new AppError('operator-disabled', { operator: name });
    const at = toInstant(ports.clock());
    db.prepare('UPDATE operators SET last_signed_in_at = ? WHERE operator_id = ?').run(at, operator.operatorId);
    appendAudit(db, { at, operator: operator.name, act: 'vault.open' });
    return operator;
  });
  if (holder !== undefined && !isProven(keys, holder)) writeHolder(folder, withProof(keys, holder)); // of an older version; the passphrase has just proven it
  return vault;
}

/**
 * Opens the vault with the recovery sheet and gives an operator a new passphrase; one who is not there becomes an operator with every role.
 *
 * @param sheetText The code, or the text of the whole sheet. AppError `wrong-passphrase` when it does not fit or there is none.
 */
export async function recoverVault(ports: SignInPorts, sheetText: string, name: string, newPassphrase: string): Promise<OpenedVault> {
  const file = keysOf(ports.folder);
  await slowDown(ports, SHEET_NAME);
  const code = findRecoverySheetCode(sheetText);
  const holder = file.holders.find(({ kind }) => kind === 'recovery-sheet');
  const keys = code === null || holder === undefined ? null : await openHolder(file, holder, code).catch(() => null);
  if (keys === null) {
    ports.folder.noteFailedSignIn({ at: toInstant(ports.clock()), name: SHEET_NAME });
    throw new AppError('wrong-passphrase', { operator: SHEET_NAME });
  }
  const vault = enter(ports, keys, (db) => {
    if (findActiveOperator(db, name) === null) {
      const at = toInstant(ports.clock());
      db.prepare("UPDATE operators SET status = 'active' WHERE name = ?").run(name);
      if (findActiveOperator(db, name) === null) insertOperator({ db }, { name, roles: ROLES, status: 'active', mustChange: false, at });
    }
    return getSignedIn(db, name);
  });
  await setPassphrase({ ...vault, clock: ports.clock, random: ports.random, changed: () => {} }, ports.folder, vault.operator.name, newPassphrase, 'vault.recover', ports.passphraseCost);
  return { ...vault, operator: getSignedIn(vault.db, name) };
}

/** Opens the store with the keys, checks that both belong to one desk, and takes failed sign-ins into the audit. */
function enter(ports: SignInPorts, keys: OpenKeys, admit: (db: Database) => SignedInOperator): OpenedVault {
  const db = ports.folder.openDatabase(keys.key1);
  try {
    const desk = db.prepare<[], { desk_id: string }>('SELECT desk_id FROM desk').get();
    if (desk?.desk_id !== keys.deskId) throw new AppError('store-foreign', { path: ports.folder.path });
    const operator = db.transaction(() => {
      ports.folder.dropCopy();
      for (const failure of ports.folder.listFailedSignIns()) appendAudit(db, { at: failure.at, operator: failure.name, act: 'vault.open-failed' });
      return admit(db);
    }).immediate();
    ports.folder.forgetFailedSignIns();
    finishPurge(db, keys, ports.folder, toInstant(ports.clock()));
    return { db, keys, operator };
  } catch (error) {
    db.close();
    keys.close();
    throw error;
  }
}

async function slowDown({ folder, sleep }: SignInPorts, name: string): Promise<void> {
  const failures = folder.listFailedSignIns().filter((failure) => failure.name.toLowerCase() === name.toLowerCase()).length;
  if (failures >= FREE_TRIES) await sleep(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures - FREE_TRIES)));
}

function getSignedIn(db: Database, name: string): SignedInOperator {
  const operator = findActiveOperator(db, name);
  if (operator === null) throw new AppError('operator-disabled', { operator: name });
  return operator;
}
