import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { FACTS } from '../../../electron/core/hosts/host-facts-search.ts';
import { alikeIds, alikeOf, distanceToStart } from '../../../electron/core/keys/alike.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { recordMissedLookUp } from '../../../electron/core/keys/missed-look-up.ts';
import { addHost, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { csv, idText, importText, passwordText } from './import-desk.ts';

const hex = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 8, maxLength: 8 });

describe('what is mistaken for what', () => {
  test.each(['8B', 'D8', '0O', '5S', 'E3', '23', 'BD'])('%s, either way round', (pair) => {
    expect([alikeOf(pair.charAt(0)).includes(pair.charAt(1)), alikeOf(pair.charAt(1)).includes(pair.charAt(0))]).toEqual([true, true]);
  });

  test('an ID with one character mistaken, or two neighbours swapped, is among those it may have been', () => {
    fc.assert(fc.property(hex, fc.nat(7), fc.nat(50), (id, at, pick) => {
      const alike = alikeOf(id.charAt(at));
      const other = alike.charAt(pick % Math.max(1, alike.length));
      if (other !== '') expect(alikeIds(id.slice(0, at) + other + id.slice(at + 1))).toContain(id);
      if (at < 7 && id.charAt(at) !== id.charAt(at + 1)) expect(alikeIds(id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2))).toContain(id);
    }));
  });

  test('a name costs nothing to itself and to what begins with it, and a mistake people make costs half of one they do not', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z0-9-]{1,15}$/), fc.stringMatching(/^[A-Z0-9-]{0,5}$/), (name, rest) => { expect(distanceToStart(name, name + rest, 2)).toBe(0); }));
    expect([distanceToStart('KI-WARD-0O', 'KI-WARD-00', 2), distanceToStart('KI-WARD-0X', 'KI-WARD-00', 2), distanceToStart('KI-WRAD-00', 'KI-WARD-00', 2), distanceToStart('ABCDEFG', 'KI-WARD', 2)]).toEqual([0.5, 1, 1, Infinity]);
  });
});

/** Every cell of the table, as it is defined. */
function definedDistance(typed: string, known: string): number {
  const cost = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  const rows: number[][] = [];
  for (let i = 0; i <= typed.length; i += 1) {
    rows.push([]);
    for (let j = 0; j <= known.length; j += 1) {
      const one = typed.charAt(i - 1), other = known.charAt(j - 1);
      const swapped = i > 1 && j > 1 && one === known.charAt(j - 2) && typed.charAt(i - 2) === other ? cost(i - 2, j - 2) + 1 : Infinity;
      const exchanged = i > 0 && j > 0 ? cost(i - 1, j - 1) + (one === other ? 0 : alikeOf(one).includes(other) ? 0.5 : 1) : Infinity;
      rows[i]?.push(i + j === 0 ? 0 : Math.min(i > 0 ? cost(i - 1, j) + 1 : Infinity, j > 0 ? cost(i, j - 1) + 1 : Infinity, exchanged, swapped));
    }
  }
  return Math.min(...(rows.at(-1) ?? []));
}

test('what is worked out of the distance of two names is what all of it would say, up to the limit', () => {
  const name = fc.string({ unit: fc.constantFrom(...'KI-8B0ODWÄ'), maxLength: 14 });
  fc.assert(fc.property(name, name, fc.constantFrom(1, 1.5, 2), fc.array(fc.tuple(fc.nat(13), fc.constantFrom(...'KI-8B0ODWÄ')), { maxLength: 3 }), (typed, other, limit, slips) => {
    const known = slips.reduce((text, [at, character]) => text.slice(0, at) + character + text.slice(at + 1), typed); // near to it, too
    for (const one of [other, known, known + other]) {
      const defined = definedDistance(typed, one);
      expect(distanceToStart(typed, one, limit)).toBe(defined > limit ? Infinity : defined);
    }
  }));
});

test('one character misread, or two swapped, finds the host among thousands whose names begin alike, however old it is', async () => {
  const desk = openTestDesk();
  const name = (number: number): string => `KI-WARD-${String(number).padStart(4, '0')}`;
  await importText(desk, csv(Array.from({ length: 2600 }, (_, index) => ({ host: name(index), id: index + 1, password: index + 1 }))), 'ward.csv');
  for (const [said, meant] of [['KI-WARD-O581', 'KI-WARD-0581'], ['KI-WARD-05B1', 'KI-WARD-0581'], ['KI-WARD-00I7', 'KI-WARD-0017'], ['KI-WADR-0017', 'KI-WARD-0017']] as const) {
    const { guessed, hosts } = lookUp(desk.db, { query: said, limit: 50, nearest: true });
    expect([guessed, hosts[0]?.hostname, said]).toEqual([true, meant, said]);
  }
});

describe('a desk with hosts and their users', () => {
  let desk: TestDesk;
  const find = (query: string) => lookUp(desk.db, { query, limit: 50, nearest: true });
  beforeAll(async () => {
    desk = openTestDesk();
    await importText(desk, csv(Array.from({ length: 40 }, (_, index) => ({ host: `KI-WARD-${String(index).padStart(4, '0')}`, id: index + 1, password: index + 1 }))), 'ward.csv');
    const host = addHost(desk, 'LB-OFFICE-7');
    desk.db.prepare("UPDATE hosts SET user_name = 'KLINIK\\m.sommer', serial_number = 'PF3K90XD', asset_tag = 'INV-20417' WHERE host_id = ?").run(host);
  });

  test('is asked for a user, with or without the domain, a family name, a serial number or an asset tag: finds the host and says by what', () => {
    for (const [typed, fact, text] of [['m.som', 'user', 'KLINIK\\m.sommer'], ['Sommer', 'user', 'KLINIK\\m.sommer'], ['pf3k90', 'serial-number', 'PF3K90XD'], ['inv-2', 'asset-tag', 'INV-20417']] as const) {
      expect(find(typed)).toMatchObject({ guessed: false, hosts: [{ hostname: 'LB-OFFICE-7', foundBy: { fact, text } }] });
    }
  });

  test('a label, a user or a name said with other separators than are kept, or spelt out, is that one and no guess', () => {
    for (const [typed, fact] of [['pf3k 90xd', 'serial-number'], ['PF-3K-90', 'serial-number'], ['p f 3 k 9 0 x d', 'serial-number'], ['inv 20417', 'asset-tag'], ['INV20417', 'asset-tag'], ['i n v 2 0 4 1 7', 'asset-tag'], ['m sommer', 'user'], ['m-sommer', 'user']] as const) {
      expect(find(typed), typed).toMatchObject({ guessed: false, hosts: [{ hostname: 'LB-OFFICE-7', foundBy: { fact } }] });
      expect(lookUp(desk.db, { query: typed, limit: 50 }).hosts, typed).toHaveLength(1);
    }
    for (const typed of ['ki ward 0017', 'kiward0017', 'k i w a r d 0 0 1 7', 'ward 0017']) expect(find(typed), typed).toMatchObject({ guessed: false, hosts: [{ hostname: 'KI-WARD-0017', foundBy: null }], keyRecords: [{ hostname: 'KI-WARD-0017' }] });
  });

  test('with nothing exact, a label or a user mis-read finds the host it was taken for, called a guess that says by what', () => {
    for (const [typed, fact] of [['PF3K9OXD', 'serial-number'], ['PS3K 90XD', 'serial-number'], ['INV-Z0417', 'asset-tag'], ['1NV2O4I7', null], ['N.SOMMER', 'user']] as const) {
      if (fact !== null) expect(find(typed), typed).toMatchObject({ guessed: true, hosts: [{ hostname: 'LB-OFFICE-7', foundBy: { fact } }] });
      else expect(find(typed), typed).toMatchObject({ guessed: false, hosts: [] }); // three mistakes are too many
    }
  });

  test('a name that fits is found by its name', () => {
    expect(find('LB-OFFICE').hosts).toMatchObject([{ hostname: 'LB-OFFICE-7', foundBy: null }]);
  });

  test('with nothing exact, an ID with a letter no ID has finds the one it was taken for, called a guess', () => {
    const id = idText(7).slice(0, 8);
    const misread = id.replace(/[01256]/, (digit) => 'OIZSG'.charAt('01256'.indexOf(digit)));
    expect(misread).not.toBe(id);
    expect(find(misread)).toMatchObject({ guessed: true, keyRecords: [expect.objectContaining({ keyProtectorId: idText(7), match: null })] });
    expect(find(id).guessed).toBe(false);
    expect(lookUp(desk.db, { query: misread, limit: 50 })).toMatchObject({ guessed: false, keyRecords: [], hosts: [] });
  });

  test('with nothing exact, a name with one mistake finds the hosts it is near to, nearest first, and marks nothing in them', () => {
    const found = find('KI-WRAD-0017');
    expect(found.guessed).toBe(true);
    expect(found.hosts[0]).toMatchObject({ hostname: 'KI-WARD-0017', match: null, foundBy: null });
    expect(found.hosts.length).toBeLessThanOrEqual(12);
  });

  test('what is near to nothing finds nothing, and no recovery password is ever guessed at', () => {
    expect(find('XYZXYZXYZ')).toMatchObject({ guessed: false, keyRecords: [], hosts: [] });
    expect(find(passwordText(3))).toMatchObject({ guessed: false, keyRecords: [], hosts: [] });
  });

  test('a look-up in vain is on record with what was asked; digits of a recovery password are not', () => {
    expect(recordMissedLookUp(desk, 'XYZ-NOBODY')).toBe(true);
    expect(recordMissedLookUp(desk, passwordText(3))).toBe(false);
    expect(recordMissedLookUp(desk, passwordText(3).slice(0, 6))).toBe(true);
    const rows = listAudit(desk.db, { offset: 0, limit: 2 }).rows.map(({ act, details }) => [act, details === null ? null : JSON.parse(details)]);
    expect(rows).toEqual([['keys.lookUp', { query: '[6 digits]', found: 0 }], ['keys.lookUp', { query: 'XYZ-NOBODY', found: 0 }]]);
    expect(desk.db.prepare('SELECT group_concat(details) FROM audit_entries').pluck().get()).not.toContain(passwordText(3).slice(0, 6));
  });

  test('each fact is read from its index, whatever the size of the fleet', () => {
    for (const { sql } of FACTS) expect(desk.db.prepare<[string, string, number], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all('a', 'b', 1).map(({ detail }) => detail).join()).toMatch(/USING (COVERING )?INDEX hosts_by_(user|serial|asset_tag)/);
  });
});
