// A list of host names, one a line, as people send them.
import { hostRejection, makeHost } from './host-facts.ts';
import { LineSplitter } from './lines.ts';
import type { Emit, RowReader } from './row-reader.ts';

/** A first line that is a heading, in lower case without anything but letters. */
const HEADINGS = new Set([
  'host', 'hosts', 'hostname', 'hostnames', 'computer', 'computers', 'computername', 'computernames', 'name', 'names', 'device', 'devices', 'devicename', 'devices',
  'machine', 'machines', 'machinename', 'dnshostname', 'endpoint', 'endpoints', 'assetname', 'rechner', 'rechnername', 'geraet', 'gerät', 'gerätename', 'server', 'servername', 'pcname',
]);

/** True when a line is a heading over host names. */
export const isHostHeading = (line: string): boolean => HEADINGS.has(line.toLowerCase().replace(/[^\p{L}]/gu, ''));

/** One name out of a line: list marks, quotes, trailing commas and comments off. Null for a comment. */
function nameOf(line: string): string | null {
  const text = line.replace(/\s(?:#|\/\/|--).*$/, '').trim();
  if (/^(?:#|\/\/|;)/.test(text)) return null;
  return text.replace(/^[-*•]\s+/, '').replace(/[,;]+$/, '').replace(/^"(.*)"$/, '$1').trim();
}

/**
 * Whether the beginning of a text reads as a list of names.
 *
 * @param lines  Its first whole lines.
 * @returns True when at least nine of ten lines that are not blank hold one name each, and one of them looks like more than a word of prose.
 */
export function looksLikeHostNames(lines: readonly string[]): boolean {
  let names = 0;
  let others = 0;
  let hostLike = 0;
  let headed = false;
  for (const line of lines) {
    const name = nameOf(line);
    if (name === null || name === '') continue;
    if (names + others === 0 && !headed && isHostHeading(name)) {
      headed = true;
      continue;
    }
    const host = /\s/.test(name) ? null : makeHost(name, {});
    if (host?.status === 'ok' || host?.status === 'letters-lost' || host?.status === 'address') names++;
    else others++;
    if (host?.status === 'ok' && (/\d|\\|\$$/.test(name) || /[\p{L}\p{N}]-[\p{L}\p{N}]/u.test(name) || host.host.dnsName !== null || name === name.toUpperCase())) hostLike++;
  }
  return names > 0 && others * 10 <= names && (headed || hostLike * 2 >= names);
}

/** Reads a list of host names. */
export function readHostNames(emit: Emit): RowReader {
  let rowsRead = 0;
  let headed = false;
  const lines = new LineSplitter({
    line(text, row) {
      const name = nameOf(text);
      if (name === null || name === '') return;
      if (rowsRead === 0 && !headed && isHostHeading(name)) {
        headed = true;
        return;
      }
      rowsRead++;
      const host = /\s/.test(name) ? ({ status: 'unusable' } as const) : makeHost(name, {});
      if (host.status === 'ok') emit({ kind: 'host', row, host: host.host });
      else emit({ kind: 'rejected', row, reason: hostRejection(host.status) });
    },
    tooLong(row) {
      rowsRead++;
      emit({ kind: 'rejected', row, reason: 'row-too-long' });
    },
  });
  return { write: (text) => lines.write(text), end: () => lines.end(), get rowsRead() { return rowsRead; }, notes: [] };
}
