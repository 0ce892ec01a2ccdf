// Gives the desk new keys when somebody leaves (DESIGN §7): the store is written anew under another key 1, every page of passwords sealed anew to another key 2,
// and both are wrapped for everybody who stays. What an old keys.json opens is a copy of the old store, and nothing that is written from now on.
import type { Database } from '../../store/database.ts';
import { isProven } from '../../store/holder-proof.ts';
import { openPageSealer, openUnsealer } from '../../store/sealed-pages.ts';
import { copyKeys, makeHolder, makeNextKeys, rewrapHolder, toBase64, type Holder, type KeysFile, type OpenKeys } from '../../store/vault.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { takeTurn } from '../keys/import-turn.ts';
import { inSlices, nextTurn } from '../keys/slices.ts';
import { findActiveOperator, fingerprintOf, keysOf, lastKeyOf, mayRead } from './operators.ts';
import { makeRecoverySheetCode } from './recovery-sheet.ts';
import { SHEET_NAME, type OpenedVault, type RecoverySheet, type SignInPorts } from './sign-in.ts';

export type RekeyEvent =
  /** `store`: pages of the store written anew; `passwords`: pages of passwords sealed anew. */
  | { readonly kind: 'progress'; readonly step: 'store' | 'passwords'; readonly done: number; readonly of: number }
  /** The desk is as it was. */
  | { readonly kind: 'cancelled' }
  /** `opened` stands in for the vault so far, which is closed. `sheet` is secret and exists nowhere else; the one before opens nothing any more. */
  | { readonly kind: 'done'; readonly opened: OpenedVault; readonly operators: readonly string[]; readonly sheet: RecoverySheet | null };

const PROGRESS_MS = 200;

/**
 * Changes both keys of the desk. Nobody's passphrase is needed nor changed. Look-ups go on meanwhile, writing fails with `desk-in-use`.
 *
 * @param signal Stops it; so does a caller that does not come back. Either way, and after a power cut at any moment, the desk is wholly the old one or wholly the new one.
 * @returns AppError `cannot-read-recovery-passwords` (the caller does not hold key 2), `desk-in-use` (another window or command has the desk open), `operators-unproven`
 *          (it can not be told that these lines of keys.json are of the operators they name: they sign in once, or are disabled), `store-damaged`, `disk-full`.
 *          One audit line, in the transaction that ends the new store.
 */
export async function* rekeyVault(desk: Desk, ports: SignInPorts, { recoverySheet, signal }: { readonly recoverySheet: boolean; readonly signal: AbortSignal }): AsyncGenerator<RekeyEvent> {
  const { folder } = ports;
  if (desk.keys.key2Private === null) throw new AppError('cannot-read-recovery-passwords');
  const leave = await takeTurn(desk.db);
  try {
    const staying = stayingHolders(desk, keysOf(folder));
    const old = copyKeys(desk.keys); // closing the vault meanwhile overwrites its own
    const alone = folder.openAlone(desk.db, old.key1);
    const next = makeNextKeys(old);
    const mayGoOn = (): boolean => {
      if (!desk.db.open) throw new AppError('vault-closed');
      desk.changed(); // somebody is there
      return !signal.aborted;
    };
    const state: { copy: Database | null; swapped: boolean } = { copy: null, swapped: false };
    try {
      folder.dropCopy();
      const isDue = pacer();
      for (const { pages, of } of folder.copyStore(old.key1, next.key1)) {
        if (isDue()) yield { kind: 'progress', step: 'store', done: pages, of };
        await nextTurn();
        if (!mayGoOn()) return yield { kind: 'cancelled' };
      }
      await folder.flushCopy();
      state.copy = folder.openCopy(next.key1);
      const sheet = recoverySheet ? { code: makeRecoverySheetCode(ports.random), deskId: next.deskId, createdAt: nowOf(desk) } : null;
      const holders = await wrapAnew(next, staying, sheet?.code ?? null, ports.passphraseCost);
      const operators = staying.map(({ holder }) => holder.name);
      for (const progress of resealPages(state.copy, old, next, (db) => appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'vault.rekey', details: { operators: operators.join(', '), recoverySheet } }))) {
        if (isDue()) yield { kind: 'progress', step: 'passwords', ...progress };
        await nextTurn();
        if (!mayGoOn()) return yield { kind: 'cancelled' };
      }
      folder.closeCopy(state.copy);
      state.copy = null;
      const file: KeysFile = { format: 'bluelift-keys 1', deskId: next.deskId, key2Public: toBase64(next.key2Public), holders };
      state.swapped = true;
      folder.swap(file, alone.close);
      const db = folder.openSwapped(next.key1);
      const operator = findActiveOperator(db, desk.operator.name);
      if (operator === null) throw new AppError('operator-disabled', { operator: desk.operator.name });
      yield { kind: 'done', opened: { db, keys: next, operator }, operators, sheet };
    } finally {
      state.copy?.close();
      if (!state.swapped) {
        folder.dropCopy();
        alone.giveBack();
        next.close();
      }
      old.close();
    }
  } finally {
    leave();
  }
}

interface Staying { readonly holder: Holder; readonly reads: boolean }

/**
 * Everybody in keys.json who is not disabled, as far as it is proven that they are who the line says. Key 2 goes to those only who were given it by somebody who held it:
 * roles stand in the store, where whoever holds key 1 could write them.
 */
function stayingHolders({ db, keys }: Desk, file: KeysFile): Staying[] {
  const lines = file.holders.filter(({ kind, name }) => kind === 'operator' && findActiveOperator(db, name) !== null);
  const unproven = lines.filter((holder) => !isProven(keys, holder) || (lastKeyOf(db, holder.name) ?? fingerprintOf(holder)) !== fingerprintOf(holder));
  if (unproven.length > 0) throw new AppError('operators-unproven', { operators: unproven.map(({ name }) => name) });
  return lines.map((holder) => ({ holder, reads: holder.key2 !== null && mayRead(db, holder.name) }));
}

async function wrapAnew(next: OpenKeys, staying: readonly Staying[], sheetCode: string | null, cost: number | undefined): Promise<Holder[]> {
  const holders = staying.map(({ holder, reads }) => rewrapHolder(next, holder, reads));
  return sheetCode === null ? holders : [...holders, await makeHolder(next, { kind: 'recovery-sheet', name: SHEET_NAME, passphrase: sheetCode, reads: true }, cost)];
}

/** Opens every page of passwords with the old keys and seals it to the new ones; `last` is done in the transaction that leaves nothing of the old ones. */
function* resealPages(db: Database, old: OpenKeys, next: OpenKeys, last: (db: Database) => void): Generator<{ readonly done: number; readonly of: number }> {
  const before = db.prepare<[], { id: number }>('SELECT data_key_id AS id FROM data_keys').all().map(({ id }) => id);
  const pages = db.prepare<[], { id: number }>('SELECT page_id AS id FROM sealed_pages ORDER BY data_key_id, page_id').all().map(({ id }) => id);
  const unsealer = openUnsealer(db, old);
  const sealer = openPageSealer(db, next.key2Public);
  try {
    const state = { done: 0 };
    for (const _ of inSlices(db, pages.length, (from, to) => {
      for (const page of pages.slice(from, to)) sealer.reseal(page, unsealer.unsealPage(page));
      state.done = to;
    })) yield { done: state.done, of: pages.length };
    db.transaction(() => {
      const drop = db.prepare('DELETE FROM data_keys WHERE data_key_id = ?'); // fails while a page is sealed under it
      for (const id of before) drop.run(id);
      last(db);
    }).immediate();
  } finally {
    unsealer.close();
    sealer.close();
  }
}

/** Whether it is time for people to hear of it again. */
function pacer(): () => boolean {
  let saidMs = 0;
  return () => {
    if (performance.now() - saidMs < PROGRESS_MS) return false;
    saidMs = performance.now(); // a stop watch, not a time of day
    return true;
  };
}
