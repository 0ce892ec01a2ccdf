// What stands around a record in JSON and says whose it is: `{"ComputerName": "PC-1", "Keys": [{…}]}`, `{"device": {"displayName": "PC-1"}, "recoveryKeys": [{…}]}`.
import { type ColumnRole, recogniseColumns } from './columns.ts';

export type Fields = Readonly<Record<string, string>>;

const NAMES_HOST = ['host', 'dn', 'dnsName', 'entraDeviceId'] as const satisfies readonly ColumnRole[];
/** Under other names an object with a name is a person, a policy, a site. */
const ABOUT_HOST = /device|computer|host|machine|asset|endpoint|rechner|gerät/i;
/** Longer ones hold records of their own. */
const LONGEST_HEAD = 20_000;

const hostFields = (fields: Fields): Fields => {
  const columns = recogniseColumns(Object.keys(fields));
  const ofHost = new Set(NAMES_HOST.flatMap((role) => columns[role] ?? []));
  return Object.fromEntries(Object.entries(fields).filter((_field, column) => ofHost.has(column)));
};

/** @returns Whether one of the fields says whose the object is, by its name. */
export const namesHost = (fields: Fields): boolean => Object.keys(hostFields(fields)).length > 0;

/**
 * @param head  JSON from the beginning of an object to where a record within it begins.
 * @param open  The braces and brackets that are open there, outermost first.
 * @returns The fields of the objects around the record that name a host, the inner ones before the outer; none when the text is no JSON.
 */
export function fieldsAround(head: string, open: readonly ('{' | '[')[]): Fields {
  if (head.length > LONGEST_HEAD) return {};
  let value: unknown;
  try {
    value = JSON.parse(`${head}null${open.map((mark) => (mark === '{' ? '}' : ']')).toReversed().join('')}`);
  } catch {
    return {};
  }
  let found: Record<string, string> = {};
  while (typeof value === 'object' && value !== null) {
    const inner: unknown[] = Object.values(value);
    if (!Array.isArray(value)) found = { ...found, ...fieldsBeside(value as Record<string, unknown>), ...hostFields(texts(value as Record<string, unknown>)) }; // an object of JSON
    value = inner.at(-1);
  }
  return found;
}

/** @returns The host's fields of the one object beside a record's keys that is about it. */
export function fieldsBeside(value: Readonly<Record<string, unknown>>): Fields {
  const about = Object.entries(value).flatMap(([name, inner]) => (ABOUT_HOST.test(name) && typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? [hostFields(texts(inner as Record<string, unknown>))] : [])) // an object of JSON
    .filter((fields) => Object.keys(fields).length > 0);
  return about.length === 1 ? about[0] ?? {} : {};
}

const texts = (value: Readonly<Record<string, unknown>>): Fields => Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
