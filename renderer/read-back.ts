// Compares what a caller reads back with the recovery password, group by group, and says at the first wrong digit which group it is in.

export const GROUPS = 8;
export const GROUP_DIGITS = 6;

/** `matched` groups are right; `wrong` says that the group being read back differs already. */
export interface ReadBack { readonly matched: number; readonly partial: string; readonly wrong: boolean }

export const NOTHING_READ_BACK: ReadBack = { matched: 0, partial: '', wrong: false };

/** The eight groups of a canonical recovery password. */
export function groupsOf(recoveryPassword: string): readonly string[] {
  return recoveryPassword.split('-');
}

/**
 * Takes in what the field holds now.
 *
 * @param groups The eight groups as they should be. Secret.
 * @param before Where reading back stood.
 * @param text   What the field holds: the digits of the group being read back, anything between them is ignored. More than one
 *               group at once (pasted, or typed fast) is taken group by group.
 * @returns Where it stands now; `partial` is what is left in the field. A wrong group stays until it is typed anew.
 */
export function readBack(groups: readonly string[], before: ReadBack, text: string): ReadBack {
  let digits = text.replace(/\D/g, '');
  let matched = before.matched;
  while (matched < groups.length) {
    const group = groups[matched] ?? '';
    const typed = digits.slice(0, GROUP_DIGITS);
    if (!group.startsWith(typed)) return { matched, partial: digits.slice(0, GROUP_DIGITS), wrong: true };
    if (typed.length < GROUP_DIGITS) return { matched, partial: typed, wrong: false };
    matched++;
    digits = digits.slice(GROUP_DIGITS);
  }
  return { matched, partial: '', wrong: false };
}
