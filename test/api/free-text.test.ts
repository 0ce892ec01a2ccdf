import { expect, it } from 'vitest';
import type { z } from 'zod';
import { contract, type ProcedureName } from '../../electron/api/contract.ts';
import { createDispatcher, type Handlers } from '../../electron/api/dispatch.ts';
import { ROLES } from '../../electron/core/codes.ts';

const GROUPS = ['123453', '283151', '104060', '530200', '000011', '720885', '000000', '444444'];
const SAID = [GROUPS.join('-'), GROUPS.join(''), GROUPS.join(' '), `from his printout: ${GROUPS.slice(0, 4).join('-')}`];

/** Texts in which one may stand, and why. Whatever else an input takes is closed to it. */
const OPEN_TO_ONE: readonly (readonly [RegExp, string])[] = [
  [/[pP]assphrase$|\.password$|recoverySheet$/, 'a secret itself: not kept, listed or audited'],
  [/^volumes\.test\.recoveryPassword$/, 'it is asked for'],
  [/^keys\.lookUp\.query$|^walkIns\.arrive\.text$/, 'what is looked up is told from a long serial number by core/keys/look-up-query, finds nothing and is kept nowhere'],
  [/[pP]ath$|paths\[\]$|\.base$|\.out$|\.drivers$|\.archive$|\.disk\.(id|serial)$/, 'files and disks as the desk\'s system names them'],
  [/\.header$/, 'bytes in hexadecimal digits'],
  [/^attempts\.accept\.code$/, 'a result code, checked as one before anything else'],
  [/^hosts\.deleteView\.name$/, 'names a view that was kept before'],
];

interface Def { readonly type: string; readonly shape: Readonly<Record<string, z.core.$ZodType>>; readonly element: z.core.$ZodType; readonly innerType: z.core.$ZodType; readonly options: readonly z.core.$ZodType[] }

/** Every text an input takes, by its path. */
function texts(schema: z.core.$ZodType, path: string): { readonly path: string; readonly schema: z.ZodType }[] {
  const { def } = schema._zod as unknown as { def: Def }; // as zod documents it for those who walk through schemas
  switch (def.type) {
    case 'object': return Object.entries(def.shape).flatMap(([name, inner]) => texts(inner, `${path}.${name}`));
    case 'array': return texts(def.element, `${path}[]`);
    case 'optional': case 'nullable': case 'default': case 'readonly': return texts(def.innerType, path);
    case 'union': return def.options.flatMap((option) => texts(option, path));
    case 'string': return [{ path, schema: schema as z.ZodType }];
    case 'number': case 'boolean': case 'enum': case 'literal': return [];
    default: throw new Error(`a schema nobody looks into: ${def.type} at ${path}`);
  }
}
const all = Object.entries(contract).flatMap(([name, { input }]) => texts(input, name));

it('takes a recovery password in no text that is kept, listed, audited or part of an address', () => {
  const open = all.filter(({ schema }) => SAID.some((said) => schema.safeParse(said).success)).map(({ path }) => path);
  expect(open.filter((path) => !OPEN_TO_ONE.some(([field]) => field.test(path)))).toEqual([]);
  expect(OPEN_TO_ONE.filter(([field]) => !open.some((path) => field.test(path)))).toEqual([]); // none of the reasons is a dead letter
});

it('takes what people do write: ticket numbers, dates, key IDs, telephone and card numbers, names with digits', () => {
  const note = all.find(({ path }) => path === 'calls.close.note') ?? expect.unreachable();
  for (const said of ['INC-300001, INC-300002', '2024-07-19 04:09', '3CA7495E-0000-4000-8000-000000000001', '+49 431 123456-78', '4012 8888 8888 1881', 'SGH123456789012', 'site 120000 to 120500']) expect([said, note.schema.safeParse(said).success]).toEqual([said, true]);
});

it.each<[ProcedureName, string, Record<string, unknown>]>([
  ['calls.save', 'caller', { caller: SAID[3] }], ['calls.close', 'note', { callId: 1, outcome: 'unlocked', note: SAID[0] }], ['hosts.list', 'query', { query: SAID[0] }],
  ['hosts.saveView', 'filter', { name: 'mine', filter: `?q=${encodeURIComponent(SAID[2] ?? '')}` }], ['waves.keepOff', 'hostnames.1', { hostnames: ['PC-1', SAID[1]], reason: null }],
])('%s names the field, %s, and why, and nothing of what stands there', async (procedure, field, input) => {
  const dispatcher = createDispatcher({ handlers: {} as Handlers, roles: () => ROLES }); // no handler is reached
  const error: unknown = await dispatcher.call(procedure, input).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'invalid-input', facts: { fields: [`${field}: recovery-password`] } });
  for (const group of GROUPS) expect(JSON.stringify(dispatcher.toWireError(error))).not.toContain(group);
});

it('of a list full of recovery passwords, given for one of hosts, names the first', async () => {
  const dispatcher = createDispatcher({ handlers: {} as Handlers, roles: () => ROLES }); // no handler is reached
  const error = await dispatcher.call('waves.keepOff', { hostnames: Array.from({ length: 5000 }, () => SAID[0]), reason: null }).catch((thrown: unknown) => thrown);
  expect((error as { facts: { fields: string[] } }).facts.fields).toHaveLength(8); // an AppError, as above
});
