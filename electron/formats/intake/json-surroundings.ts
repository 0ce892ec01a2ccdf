// What stands around a record in JSON and says whose it is: `{"ComputerName": "PC-1", "Keys": [{…}]}`, `{"device": {"displayName": "PC-1"}, "recoveryKeys": [{…}]}`,
// `{"PC-1": [{…}], "PC-2": [{…}]}`.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { type ColumnRole, recogniseColumns } from './columns.ts';
import { isHostShaped } from './text-hosts.ts';

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

/** The objects and lists that are open where a record begins: what each of them said so far, but for what was closed in it. */
export class Surroundings {
  #text = '';
  /** Where the open braces and brackets stand in it, outermost first. */
  readonly #starts: number[] = [];
  #last: { readonly text: string; readonly fields: Fields } = { text: '', fields: {} };

  /** @param text Up to and with the brace or bracket. */
  open(text: string): void {
    if (this.#starts.length === 0) this.#text = text.slice(-1);
    else this.add(text);
    this.#starts.push(Math.max(0, this.#text.length - 1));
  }

  add(text: string): void {
    if (this.#starts.length === 0 || this.#text.length > LONGEST_HEAD || (this.#text.endsWith('[') && /^[\s,]*$/.test(text))) return;
    this.#text += text;
  }

  /** @param depth So many are still open. @param text Up to and with the brace or bracket. */
  closeTo(depth: number, text: string): void {
    const start = this.#starts[depth];
    if (start === undefined) return;
    this.#starts.length = depth;
    const member = MEMBER_AT_END.exec(this.#text.slice(Math.max(0, start - LONGEST_MEMBER), start))?.[1];
    if (member !== undefined && BESIDE.test(member) && text.endsWith('}') && this.#text.length - start < LONGEST_BESIDE) return this.add(text);
    // With the name of the member that is over: of a hundred thousand of them none is kept.
    this.#text = this.#text.slice(0, Math.max(0, start - LONGEST_MEMBER)) + this.#text.slice(Math.max(0, start - LONGEST_MEMBER), start).replace(MEMBER_AT_END, '');
  }

  /** @returns What the objects around say of the host, the inner ones before the outer, else the member's name that is a host's; none when the text is no JSON. */
  fields(open: readonly ('{' | '[')[]): Fields {
    if (this.#last.text !== this.#text) this.#last = { text: this.#text, fields: fieldsAround(this.#text, open) };
    return this.#last.fields;
  }
}

const LONGEST_MEMBER = 300;
const MEMBER_AT_END = /(?:,\s*)?(?:"((?:[^"\\]|\\.)*)"\s*:\s*)?$/;
/** What stands beside a list of keys and may be about their host: one of several is of another. */
const BESIDE = new RegExp(`^\\D*(?:${ABOUT_HOST.source})\\D*$`, 'i');
const LONGEST_BESIDE = 2000;
/** What is left where the first member of an object is over. */
const LEADING_COMMA = /([{[])\s*,/g;

function fieldsAround(head: string, open: readonly ('{' | '[')[]): Fields {
  if (head.length > LONGEST_HEAD) return {};
  const next = /[:,[]\s*$/.test(head) ? 'null' : ''; // in the place of the record, unless its list is over
  let value: unknown;
  try {
    value = JSON.parse(`${head.replace(LEADING_COMMA, '$1')}${next}${open.map((mark) => (mark === '{' ? '}' : ']')).toReversed().join('')}`);
  } catch {
    return {};
  }
  let found: Record<string, string> = {};
  let named: Fields = {};
  while (typeof value === 'object' && value !== null) {
    const [name, inner]: readonly [string, unknown] = Object.entries(value).at(-1) ?? ['', null];
    if (!Array.isArray(value)) {
      found = { ...found, ...fieldsBeside(value as Record<string, unknown>), ...hostFields(texts(value as Record<string, unknown>)) }; // an object of JSON
      if (next === '') named = {}; // what stands last is no name of a list that is over
      else if (isDistinguishedName(name)) named = { distinguishedName: name };
      else if (isHostShaped(name)) named = { hostname: name };
    }
    value = inner;
  }
  return Object.keys(found).length > 0 ? found : named;
}

/** @returns The host's fields of the one object beside a record's keys that is about it. */
export function fieldsBeside(value: Readonly<Record<string, unknown>>): Fields {
  const about = Object.entries(value).flatMap(([name, inner]) => (ABOUT_HOST.test(name) && typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? [hostFields(texts(inner as Record<string, unknown>))] : [])) // an object of JSON
    .filter((fields) => Object.keys(fields).length > 0);
  return about.length === 1 ? about[0] ?? {} : {};
}

const texts = (value: Readonly<Record<string, unknown>>): Fields => Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
