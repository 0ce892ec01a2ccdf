// Objects of JSON whose names are values: a host's name, or a key protector ID, before the key or the keys it has.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { isHostValue } from './cell-values.ts';
import { knownColumns, recogniseColumns } from './columns.ts';
import { readKeyCell, readKeyProtectorId } from './key-values.ts';

/**
 * What the names of an object's members are.
 *
 * @param value  Of JSON, untrusted: `{"PC-1": "…", "PC-2": {…}}`, `{"<key ID>": "…"}`.
 * @returns Null for ordinary names: those known from tables, those programs number, and wherever one member holds something else.
 */
export function whatNamesAre(value: Record<string, unknown>): 'hosts' | 'ids' | null {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== '');
  const isValue = (inner: unknown): boolean => isObject(inner) || isKey(inner) || (Array.isArray(inner) && inner.length > 0 && inner.every((one) => isObject(one) || isKey(one)));
  if (entries.length === 0 || !entries.every(([, inner]) => isValue(inner))) return null;
  if (entries.every(([name]) => readKeyProtectorId(name) !== null)) return 'ids';
  const isHost = (name: string): boolean => isDistinguishedName(name) || (/[\d-]/.test(name) && !NUMBERED.test(name) && isHostValue(name));
  return entries.every(([name]) => isHost(name) && knownColumns(recogniseColumns([name])) === 0) ? 'hosts' : null;
}

export const isKey = (value: unknown): boolean => typeof value === 'string' && readKeyCell(value).status === 'ok';
/** What programs number, and no host's name begins with alone. */
const NUMBERED = /^(?:bitlocker|recovery|key|volume|drive|disk|item|record|row|entry|protector|page|id|value|data|password|slot|win32)(?:[_-]?\w*)$/i;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
