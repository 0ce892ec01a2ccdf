// A recovery password as it is typed: whole, or one group after the other, with the bad group named at once.
import { isRecoveryPasswordGroup, parseRecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { readHyphens } from './typed-hyphens.ts';

export type KeptGroups =
  | { readonly status: 'ok'; readonly recoveryPassword: RecoveryPassword }
  /** So many groups; `wrong`: numbers of those of all eight that are asked for again, the others are right. With fewer than eight all are right. */
  | { readonly status: 'partial'; readonly groups: number; readonly wrong: readonly number[] }
  | { readonly status: 'wrong'; readonly notice: 'typed.length' | 'typed.group' | 'typed.letters' | 'typed.only'; readonly fact: string };

const GROUPS = 8;

/**
 * @param already Groups that were kept, as this function let them through. Those after the eighth stand for the wrong ones before them, in their order.
 * @param answer  Untrusted: what was typed or scanned now.
 * @returns `partial` only when the answer is digits, spaces and hyphens, as whatever layout has them, and nothing else, because the launcher then puts it into a command.
 */
export function keepGroups(already: string, answer: string): KeptGroups {
  const typed = readHyphens(answer.substring(0, 400));
  const kept = readHyphens(already.substring(0, 800));
  const before = isPlain(kept) ? splitGroups(kept) : [];
  if (before.length >= GROUPS) return repairGroups(before, typed);
  const all = before.join(' ') + (before.length > 0 ? ' ' : '') + typed;
  const parsed = parseRecoveryPassword(all);
  if (parsed.status === 'ok') return parsed;
  if (parsed.status === 'letters') return { status: 'wrong', notice: 'typed.letters', fact: parsed.groups.join(', ') };
  const groups = splitGroups(all);
  const wrong = wrongGroups(groups);
  if (isPlain(all) && groups.length === GROUPS) return { status: 'partial', groups: GROUPS, wrong: wrong };
  if (parsed.status === 'wrong-groups') return { status: 'wrong', notice: 'typed.group', fact: parsed.groups.join(', ') };
  if (!isPlain(all) || groups.length === 0 || groups.length > GROUPS || groups.join('').length % 6 !== 0) return whole(typed) || { status: 'wrong', notice: 'typed.length', fact: `${parsed.digits}` };
  if (wrong.length > 0) return { status: 'wrong', notice: 'typed.group', fact: wrong.join(', ') };
  return { status: 'partial', groups: groups.length, wrong: [] };
}

/** What is typed after a whole recovery password with wrong groups: these alone, or all of it once more. */
function repairGroups(before: readonly string[], typed: string): KeptGroups {
  const groups = before.slice(0, GROUPS);
  let wrong = wrongGroups(groups);
  const put = (more: readonly string[]): void => {
    for (let i = 0; i < more.length; i++) {
      groups[(wrong[0] || 1) - 1] = more[i] || '';
      wrong = wrongGroups(groups);
    }
  };
  put(before.slice(GROUPS));
  const again = whole(typed);
  if (again !== null) return again;
  const more = isPlain(typed) ? splitGroups(typed) : [];
  if (/[^ \-]/.test(typed) && (more.length === 0 || more.length > wrong.length || wrongGroups(more).length > 0)) return { status: 'wrong', notice: 'typed.only', fact: `${wrong[0] || ''}` };
  put(more);
  return whole(groups.join('-')) || { status: 'partial', groups: GROUPS, wrong: wrong };
}

function whole(text: string): KeptGroups | null {
  const parsed = parseRecoveryPassword(text);
  return parsed.status === 'ok' ? parsed : null;
}

function isPlain(text: string): boolean {
  return /^[0-9 \-]*$/.test(text);
}

/** @returns The groups of digits: a run that is a multiple of six long is as many groups, any other is one, too short or too long. */
function splitGroups(text: string): string[] {
  const groups: string[] = [];
  const runs = text.replace(/[ \-]+/g, ' ').replace(/^ | $/g, '').split(' ');
  for (let r = 0; r < runs.length; r++) {
    const run = runs[r] || '';
    const length = run.length % 6 === 0 ? 6 : run.length;
    for (let at = 0; at < run.length; at += length) groups.push(run.substring(at, at + length));
  }
  return groups;
}

/** @returns The 1-based numbers of those that can not be right. */
function wrongGroups(groups: readonly string[]): number[] {
  const wrong: number[] = [];
  for (let g = 0; g < groups.length; g++) if (!isRecoveryPasswordGroup(groups[g] || '')) wrong.push(g + 1);
  return wrong;
}
