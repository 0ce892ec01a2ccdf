// What the cells of a table nobody knows can be, by their values.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { parseHostname } from '../../core/hosts/hostname.ts';
import { parseKeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { parseInstant } from './instants.ts';
import { readKeyProtectorId } from './key-values.ts';

/** Whether a table's first row names its columns: different words, and no value among them. */
export function isHeaderRow(cells: readonly string[]): boolean {
  const isValue = (cell: string): boolean => cell.trim() === '' || readKeyProtectorId(cell) !== null || parseInstant(cell) !== null || isDistinguishedName(cell) || /^[\d\s.,:/-]+$/.test(cell) || (cell.match(/\p{Nd}/gu)?.length ?? 0) >= 6;
  return cells.every((cell) => !isValue(cell)) && new Set(cells.map((cell) => cell.trim())).size === cells.length;
}

/** @returns Whether a cell can be the name of a host, and nothing else that is known by its value. */
export function isHostValue(value: string): boolean {
  return parseInstant(value) === null && !/^(?:true|false|entra|activedirectory)$/i.test(value.trim()) && parseKeyProtectorId(value) === null && parseHostname(value).status === 'ok' && !/\s/.test(value.trim().replace(/^CN=.*/i, ''));
}
