// A recovery password as it is typed: whole, or one group after the other, with the bad group named at once.
import { isRecoveryPasswordGroup, parseRecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { readHyphens } from './typed-hyphens.ts';

export type KeptGroups =
  | { readonly status: 'ok'; readonly recoveryPassword: RecoveryPassword }
  /** Whole groups, all possible, fewer than eight. */
  | { readonly status: 'partial'; readonly groups: number }
  | { readonly status: 'wrong'; readonly notice: 'typed.length' | 'typed.group' | 'typed.letters'; readonly fact: string };

/**
 * @param already Groups that were kept, as this function let them through.
 * @param answer  Untrusted: what was typed or scanned now.
 * @returns `partial` only when the answer is digits, spaces and hyphens, as whatever layout has them, and nothing else, because the launcher then puts it into a command.
 */
export function keepGroups(already: string, answer: string): KeptGroups {
  const all = readHyphens(`${already} ${answer}`.substring(0, 400));
  const parsed = parseRecoveryPassword(all);
  if (parsed.status === 'ok') return parsed;
  if (parsed.status === 'letters') return { status: 'wrong', notice: 'typed.letters', fact: parsed.groups.join(', ') };
  if (parsed.status === 'wrong-groups') return { status: 'wrong', notice: 'typed.group', fact: parsed.groups.join(', ') };
  if (parsed.groups.length > 0) return { status: 'wrong', notice: 'typed.group', fact: parsed.groups.join(', ') };
  const digits = /^[0-9 \-]*$/.test(all) ? all.replace(/[ \-]/g, '') : '';
  if (digits === '' || digits.length % 6 !== 0 || digits.length > 48) return { status: 'wrong', notice: 'typed.length', fact: `${parsed.digits}` };
  const wrong: number[] = [];
  for (let g = 0; g * 6 < digits.length; g++) if (!isRecoveryPasswordGroup(digits.substr(g * 6, 6))) wrong.push(g + 1);
  if (wrong.length > 0) return { status: 'wrong', notice: 'typed.group', fact: wrong.join(', ') };
  return { status: 'partial', groups: digits.length / 6 };
}
