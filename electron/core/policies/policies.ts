// What a supervisor has set for this desk: how a call is documented, when two people are needed, what is unusual. One row, every change audited.
import type { ReadableDatabase } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { CALL_STEPS, type CallStep } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { prepared } from '../keys/prepared.ts';

export interface Policies {
  /** Steps of the call sheet without which a call can not be ended, in the order of the sheet. */
  readonly callSteps: readonly CallStep[];
  /** Printing recovery passwords takes a second operator. */
  readonly fourEyesPrinting: boolean;
  /** Destroying the recovery passwords of the desk takes a second operator. */
  readonly fourEyesPurge: boolean;
  /** More disclosures than `disclosureRateCount` by one operator in `disclosureRateMinutes` are flagged; 0: never. */
  readonly disclosureRateCount: number; readonly disclosureRateMinutes: number;
  /** Seconds until a shown recovery password hides by itself. */
  readonly hideAfterS: number;
  readonly clipboardAllowed: boolean;
  readonly mediaWithoutPasscodeAllowed: boolean;
}

interface Row {
  call_steps: string; four_eyes_printing: number; four_eyes_purge: number; disclosure_rate_count: number; disclosure_rate_minutes: number; hide_after_s: number;
  clipboard_allowed: number; media_without_passcode_allowed: number;
}

/** @returns What holds now. One row read by its key: cheap enough for every disclosure. */
export function readPolicies(db: ReadableDatabase): Policies {
  const row = prepared<[], Row>(db, 'SELECT * FROM policies WHERE policies_number = 1').get();
  if (row === undefined) throw new Error('the row of policies is missing');
  const required = row.call_steps.split(' ');
  return {
    callSteps: CALL_STEPS.filter((step) => required.includes(step)), fourEyesPrinting: row.four_eyes_printing === 1, fourEyesPurge: row.four_eyes_purge === 1,
    disclosureRateCount: row.disclosure_rate_count, disclosureRateMinutes: row.disclosure_rate_minutes, hideAfterS: row.hide_after_s,
    clipboardAllowed: row.clipboard_allowed === 1, mediaWithoutPasscodeAllowed: row.media_without_passcode_allowed === 1,
  };
}

/**
 * Changes policies.
 *
 * @param wanted What is left out stays as it is.
 * @returns What holds from now on. Rows: policies, and an audit line for every policy that is another than before, in one transaction.
 */
export function setPolicies(desk: Desk, wanted: { readonly [K in keyof Policies]?: Policies[K] | undefined }): Policies {
  const { db } = desk;
  const after = db.transaction((): Policies => {
    const before = readPolicies(db);
    const next = toPolicies(before, wanted);
    const changed = (Object.keys(next) as (keyof Policies)[]).filter((name) => textOf(next[name]) !== textOf(before[name])); // the keys of our own object
    if (changed.length === 0) return before;
    const { changes } = db.prepare(
      `UPDATE policies SET call_steps = ?, four_eyes_printing = ?, four_eyes_purge = ?, disclosure_rate_count = ?, disclosure_rate_minutes = ?, hide_after_s = ?, clipboard_allowed = ?, media_without_passcode_allowed = ?
        WHERE policies_number = 1`,
    ).run(next.callSteps.join(' '), Number(next.fourEyesPrinting), Number(next.fourEyesPurge), next.disclosureRateCount, next.disclosureRateMinutes, next.hideAfterS, Number(next.clipboardAllowed), Number(next.mediaWithoutPasscodeAllowed));
    if (changes !== 1) throw new Error('the row of policies is missing');
    const at = nowOf(desk);
    for (const name of changed) appendAudit(db, { at, operator: desk.operator.name, act: 'policies.set', subject: name, details: { from: textOf(before[name]), to: textOf(next[name]) } });
    return next;
  }).immediate();
  desk.changed('policies', 'audit');
  return after;
}

function toPolicies(before: Policies, wanted: { readonly [K in keyof Policies]?: Policies[K] | undefined }): Policies {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const next: Policies = { ...before, ...given };
  return { ...next, callSteps: CALL_STEPS.filter((step) => next.callSteps.includes(step)) };
}

const textOf = (value: Policies[keyof Policies]): string => (typeof value === 'object' ? value.join(' ') : String(value));
