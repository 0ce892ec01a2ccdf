// Constructed hand-overs for stories: recovery passwords that open nothing, made from numbers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeUpGroups } from '../renderer/made-up-password.ts';

export interface HandedOver { readonly hostname: string; readonly keyProtectorId: string; readonly recoveryPassword: string }

export function madeUpKey(number: number): HandedOver {
  const hex = (digits: number, salt: number): string => (Math.imul(number + 1, 2_654_435_761 + salt) >>> 0).toString(16).toUpperCase().padStart(8, '0').slice(0, digits);
  return {
    hostname: `KI-SURG-${String(number).padStart(4, '0')}`, keyProtectorId: `${hex(8, 0)}-${hex(4, 2)}-4${hex(3, 4)}-A${hex(3, 6)}-${hex(8, 8)}${hex(4, 10)}`, recoveryPassword: madeUpGroups(number).join('-'),
  };
}

/** A CrowdStrike export with some rows that can not come in. @returns Its path, its good keys, and the 1-based rows that are rejected. */
export function writeHandOver(folder: string, count: number): { path: string; keys: readonly HandedOver[]; rejectedRows: readonly number[] } {
  const keys = Array.from({ length: count }, (_, number) => madeUpKey(number + 1));
  const lines = ['"Hostname","KeyID","RecoveryKey","Directory"', ...keys.map((key) => `"${key.hostname}","${key.keyProtectorId}","${key.recoveryPassword}","ActiveDirectory"`)];
  const wrong = madeUpKey(count + 1);
  const groups = wrong.recoveryPassword.split('-');
  groups[2] = String(Number(groups[2]) + 1).padStart(6, '0');
  lines.push(`"${wrong.hostname}","${wrong.keyProtectorId}","${groups.join('-')}","ActiveDirectory"`, `"LOST-LIST","${madeUpKey(count + 2).keyProtectorId}","System.Object[]","ActiveDirectory"`);
  const path = join(folder, 'BitLockerKeys.csv');
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return { path, keys, rejectedRows: [count + 2, count + 3] };
}
