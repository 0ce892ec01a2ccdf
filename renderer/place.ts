// Where in the app somebody is: a screen and its parameters, written after the # of the address. Never holds a secret.

/** As they stand in the rail, work, records, desk: Alt+1 is the first of them an operator has. */
export const SCREEN_GROUPS = [['lookup', 'walk-in', 'overview', 'hosts', 'media', 'disks'], ['imports', 'disclosures', 'rotation', 'audit'], ['waves', 'incidents', 'reports', 'matching', 'operators', 'settings']] as const;
export type Screen = (typeof SCREEN_GROUPS)[number][number];
export const SCREENS: readonly Screen[] = SCREEN_GROUPS.flat();

/** `step` is a page below a screen (`#/media/make`), `at` what is open or filtered there. */
export interface Place { readonly screen: Screen; readonly step: string | null; readonly at: Readonly<Record<string, string>> }

/**
 * Reads the part of an address after `#`.
 *
 * @param hash Untrusted: `#/hosts?state=ready`, with or without `#`.
 * @returns The place, or null when it names no screen (the caller then goes to the first one). Never throws.
 */
export function parsePlace(hash: string): Place | null {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  const cut = text.indexOf('?');
  const path = cut < 0 ? text : text.slice(0, cut);
  const [, name = '', step = ''] = path.split('/');
  const screen = SCREENS.find((candidate) => candidate === name);
  if (!screen) return null;
  const at: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1))) if (value !== '') at[key] = value;
  return { screen, step: step === '' ? null : step, at };
}

/** Writes a place as the part of an address that begins with `#`. Empty parameters are left out. */
export function placeHash(screen: Screen, at: Readonly<Record<string, string | null | undefined>> = {}, step: string | null = null): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(at)) if (value != null && value !== '') parameters.set(key, value);
  const query = parameters.toString();
  return `#/${screen}${step === null ? '' : `/${step}`}${query === '' ? '' : `?${query}`}`;
}

/** Reads a list parameter (`ready,blocked`) down to the values that are known. */
export function listAt<T extends string>(text: string | undefined, known: readonly T[]): T[] {
  const given = (text ?? '').split(',');
  return known.filter((value) => given.includes(value));
}

/** Reads a positive whole number parameter; null when it is none. */
export function numberAt(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
