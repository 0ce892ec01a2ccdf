// A file that is named after its host: `PC-0012.txt`, `manage-bde_PC-0012.log`, as scripts that run on each host collect them on a share.
import { makeHost } from './host-facts.ts';
import type { HostFacts, IntakeRow } from './rows.ts';
import { isHostShaped } from './text-hosts.ts';

/** Words around the name, and dates. */
const AROUND = /^(?:bitlocker|manage|bde|recovery|keys?|protectors?|password|backup|export|output|status|get|info|wiederherstellungsschl(?:ü|ue)ssel|kennwort|schl(?:ü|ue)ssel)[ _.-]+|[ _.-]+(?:bitlocker|manage|bde|recovery|keys?|protectors?|password|backup|export|output|status|info|20\d\d-?\d\d-?\d\d|[c-z])$/i;
/** What is set around the name of a file that is copied, or downloaded twice, and the day before it. */
const AROUND_COPY = /^(?:copy of|kopie von|copie de|copia d[ei]|kopie van|kopi av)\s+|\s*\(\d{1,2}\)$|[ _-]+(?:copy|kopie|copie|copia|cópia|kopia|kopi)(?:[ _]?\d{1,2})?$|^20\d\d-?\d\d-?\d\d[ _.-]+/i;
/** What files of several hosts are numbered by. */
const NO_HOST = /^(?:site|standort|batch|week|kw|wave|welle|building|haus|team|dept|abt|bereich|list|liste|file|datei|hosts?|computers?|clients?|copy|kopie|tab|sheet|teil|log|logs|scan|img|dump|text|doc|mail|note|notes|test|new|old)[ _-]?\d/i;
/** One host has so many volumes at most, each with a drive of its own. */
const MOST_VOLUMES = 4;
/** Rows that are held until it shows that there are no more; more are of several hosts. */
export const MOST_HELD_ROWS = 16;

/** @param path Of the file, untrusted. @returns Null for names that say of no host for sure. */
export function hostOfFileName(path: string): HostFacts | null {
  let name = (path.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:txt|log|gz|out|md|text|csv|json)+$/i, '');
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(AROUND_COPY, '').replace(AROUND, '');
  }
  const host = NO_HOST.test(name) || !(isHostShaped(name) || isHostShaped(name.toUpperCase())) ? null : makeHost(name, {});
  return host?.status === 'ok' ? host.host : null;
}

/** @param rows All of a text. @returns The rows with that host, where they name none and can all be of one: one key, or each on a drive of its own. */
export function withHostOfName(rows: readonly IntakeRow[], host: HostFacts): readonly IntakeRow[] {
  const keys = rows.filter((row) => row.kind === 'key');
  const drives = new Set(keys.map(({ drive }) => drive));
  const isOne = keys.length <= 1 || (keys.length <= MOST_VOLUMES && drives.size === keys.length && !drives.has(null));
  const isOpen = rows.every((row) => (row.kind === 'key' || row.kind === 'listed-key' ? row.host === null && row.entraDeviceId === null : row.kind === 'rejected'));
  return !isOne || !isOpen ? rows : rows.map((row) => (row.kind === 'key' || row.kind === 'listed-key' ? { ...row, host } : row));
}
