// Recovery passwords whose beginning or end is missing: a cell cut by an export, a line cut by a window, groups that were never copied.
import { isRecoveryPasswordGroup } from '../../core/keys/recovery-password.ts';

/** Whole groups, all of which can be right, by which a part of a recovery password is told. Any six digits can be right once in fifteen: by chance three are once in 3,500, four once in 54,000. */
export const FEWEST_IN_PASSWORD_COLUMN = 2;
export const FEWEST_WITH_HYPHENS = 3;
export const FEWEST_ANYWHERE = 4;

/**
 * Whether digits are a part of a recovery password.
 *
 * @param groups  Digits as they stand in groups, or all in one. Secret.
 * @returns True when so many whole groups and no wrong one are there, the first or the last perhaps in part. One that lost digits in its middle or its first
 *          group is whole otherwise: there the group can be named. Never throws.
 */
export function isCutOff(groups: readonly string[], fewest: number): boolean {
  const parts = groups.length === 1 ? (groups[0]?.match(/\d{1,6}/g) ?? []) : groups;
  const digits = parts.reduce((sum, part) => sum + part.length, 0);
  if (digits > 47 || parts.length > 8 || parts.some((part) => part.length > 6)) return false;
  const whole = parts.filter((part, at) => part.length === 6 || (at > 0 && at < parts.length - 1) || (at === 0 && parts.length === 8));
  return whole.length >= fewest && whole.every(isRecoveryPasswordGroup);
}
