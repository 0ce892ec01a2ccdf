import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { arrive } from '../../../electron/core/walk-ins/arrive.ts';
import { callWalkIn, endWalkIn, getWalkIn, listWalkIns, putBackWalkIn } from '../../../electron/core/walk-ins/walk-ins.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { csv, importText, passwordText } from '../keys/import-desk.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const lastAct = (desk: TestDesk) => listAudit(desk.db, { offset: 0, limit: 1 }).rows[0];

function openDesk(): TestDesk {
  const desk = openTestDesk();
  for (let number = 1; number <= 4; number += 1) {
    const hostId = addHost(desk, `KI-SURG-000${number}`);
    desk.db.prepare('UPDATE hosts SET asset_tag = ?, serial_number = ?, user_name = ? WHERE host_id = ?').run(`A-1000${number}`, `04285346065${number}`, 'NORD\\m.sommer', hostId);
    addKeyRecord(desk, { hostId });
  }
  return desk;
}
/** Somebody in by a name that is exactly one host. */
function comeIn(desk: TestDesk, said: string) {
  const arrival = arrive(desk, said);
  if (arrival.status !== 'in') throw new Error(`${said}: ${arrival.status}`);
  return arrival.walkIn;
}

describe('who comes to the counter', () => {
  test.each([['an asset tag', 'a-10002'], ['a serial number that is all digits', '042853460652'], ['a host name', 'ki-surg-0002'], ['a full DNS name', 'KI-SURG-0002.nord.example']])('is taken in by %s and gets a number and an act', (_what, said) => {
    const desk = openDesk();
    expect(arrive(desk, said)).toMatchObject({ status: 'in', again: false, walkIn: { number: 1, hostname: 'KI-SURG-0002', act: 'disclose', calledAt: null, said } });
  });

  test('is never picked: a part of a name, a user with several hosts and what only comes near are chosen from', () => {
    const desk = openDesk();
    expect(arrive(desk, 'surg-000')).toMatchObject({ status: 'several', guessed: false, hosts: expect.arrayContaining([expect.objectContaining({ hostname: 'KI-SURG-0004' })]) });
    expect(arrive(desk, 'm.sommer')).toMatchObject({ status: 'several', hosts: { length: 4 } });
    expect(arrive(desk, 'KI-SURG-OOO3')).toMatchObject({ status: 'several', guessed: true });
    expect(listWalkIns(desk).rows).toEqual([]);
    expect(arrive(desk, 'm.sommer', 3)).toMatchObject({ status: 'in', walkIn: { hostname: 'KI-SURG-0003', said: 'm.sommer' } });
  });

  test('with a host nobody knows is on record, and can be taken in all the same', () => {
    const desk = openDesk();
    expect(arrive(desk, 'LOANER-99')).toEqual({ status: 'none' });
    expect(lastAct(desk)).toMatchObject({ act: 'keys.lookUp', details: expect.stringContaining('LOANER-99') });
    expect(arrive(desk, 'LOANER-99', 'unknown')).toMatchObject({ status: 'in', walkIn: { number: 1, hostname: null, act: 'find-out', said: 'LOANER-99' } });
  });

  test('with a host that is here already keeps its number', () => {
    const desk = openDesk();
    const { walkInId } = comeIn(desk, 'A-10001');
    comeIn(desk, 'A-10002');
    expect(arrive(desk, 'KI-SURG-0001')).toMatchObject({ status: 'in', again: true, before: 0, walkIn: { walkInId, number: 1 } });
    expect(arrive(desk, 'A-10003')).toMatchObject({ again: false, before: 2, walkIn: { number: 3 } });
  });

  test('and scans a recovery password: refused, nothing is kept of it', () => {
    const desk = openDesk();
    for (const said of [passwordText(7), passwordText(7).replaceAll('-', ''), passwordText(7).slice(0, 20), `Recovery key: ${passwordText(7)}`]) {
      expect(() => arrive(desk, said)).toThrow(code('invalid-input'));
      expect(() => arrive(desk, said, 'unknown')).toThrow(code('invalid-input'));
    }
    expect(JSON.stringify([listWalkIns(desk), listAudit(desk.db, { offset: 0, limit: 50 })])).not.toContain(passwordText(7).slice(0, 6));
  });
});

describe('the queue', () => {
  test('calls who waited longest, and says who has it', () => {
    const desk = openDesk();
    for (const said of ['A-10003', 'A-10001', 'A-10002']) comeIn(desk, said);
    expect(callWalkIn(desk, undefined)).toMatchObject({ number: 1, hostname: 'KI-SURG-0003', calledBy: 'test', calledAt: '2024-07-19T08:00:00.000Z' });
    expect(callWalkIn(desk, undefined)).toMatchObject({ number: 2 });
    expect(listWalkIns(desk).rows.map(({ number, calledBy }) => [number, calledBy])).toEqual([[1, 'test'], [2, 'test'], [3, null]]);
    callWalkIn(desk, undefined);
    expect(callWalkIn(desk, undefined)).toBeNull();
  });

  test('puts a number back to its place, and brings back who was let go by mistake, on record', () => {
    const desk = openDesk();
    const first = comeIn(desk, 'A-10001');
    comeIn(desk, 'A-10002');
    callWalkIn(desk, first.walkInId);
    putBackWalkIn(desk, first.walkInId);
    expect(callWalkIn(desk, undefined)).toMatchObject({ number: 1 });
    endWalkIn(desk, first.walkInId, 'left');
    expect(lastAct(desk)).toMatchObject({ act: 'walkIns.end', subject: 'KI-SURG-0001', details: expect.stringMatching(/"number":1,"outcome":"left"/) });
    expect(putBackWalkIn(desk, first.walkInId)).toMatchObject({ number: 1, outcome: null, calledAt: null });
    expect(lastAct(desk)).toMatchObject({ act: 'walkIns.putBack', subject: 'KI-SURG-0001' });
  });

  test('refuses who has left, who was never here, and a second number for a host', () => {
    const desk = openDesk();
    const { walkInId } = comeIn(desk, 'A-10001');
    endWalkIn(desk, walkInId, 'done');
    expect(() => callWalkIn(desk, walkInId)).toThrow(code('not-in-this-state'));
    expect(() => endWalkIn(desk, walkInId, 'done')).toThrow(code('not-in-this-state'));
    expect(() => getWalkIn(desk, 77)).toThrow(code('not-found'));
    expect(() => callWalkIn(desk, 77)).toThrow(code('not-found'));
    comeIn(desk, 'A-10001');
    expect(() => putBackWalkIn(desk, walkInId)).toThrow(code('not-in-this-state'));
    expect(listWalkIns(desk)).toMatchObject({ lastNumber: 2, doneInADay: 1 });
  });

  test('keeps its place when the import that brought the host is undone', async () => {
    const desk = openTestDesk();
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]));
    const { walkInId } = comeIn(desk, 'PC-1');
    await undoImport(desk, 1);
    expect(getWalkIn(desk, walkInId)).toMatchObject({ number: 1, said: 'PC-1', hostname: null, act: 'find-out' });
  });

  test('numbers run to 999 and begin anew, around those who are still here', () => {
    const desk = openDesk();
    const insert = desk.db.prepare("INSERT INTO walk_ins (number, arrived_at, taken_in_by, said, ended_at, ended_by, outcome) VALUES (?, 'a', 'b', 'c', ?, ?, ?)");
    insert.run(1, null, null, null);
    insert.run(2, 'z', 'b', 'done');
    insert.run(999, 'z', 'b', 'done');
    expect(comeIn(desk, 'A-10001').number).toBe(2);
    expect(comeIn(desk, 'A-10002').number).toBe(3);
  });

  test('whatever happens, no number is given twice, nobody is in two hands, and who came first is called first', () => {
    const acts = fc.array(fc.oneof(fc.constant('arrive'), fc.constant('call'), fc.tuple(fc.constantFrom('call', 'back', 'end'), fc.nat(20))), { maxLength: 40 });
    fc.assert(fc.property(acts, (all) => {
      const desk = openTestDesk();
      let unknown = 0;
      for (const act of all) {
        const waiting = listWalkIns(desk).rows.filter(({ calledAt }) => calledAt === null);
        if (act === 'arrive') arrive(desk, `LOANER-X${unknown++}`, 'unknown');
        else if (act === 'call') expect(callWalkIn(desk, undefined)?.walkInId ?? null).toBe(waiting[0]?.walkInId ?? null);
        else {
          const [what, place] = act;
          const id = place + 1;
          try {
            if (what === 'call') callWalkIn(desk, id);
            else if (what === 'back') putBackWalkIn(desk, id);
            else endWalkIn(desk, id, 'done');
          } catch (error) { expect(error).toMatchObject({ code: expect.stringMatching(/^not-(?:found|in-this-state)$/) }); }
        }
        const { rows } = listWalkIns(desk);
        expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
        expect(rows.map(({ walkInId }) => walkInId)).toEqual(rows.map(({ walkInId }) => walkInId).toSorted((one, other) => one - other));
      }
    }), { numRuns: 40 });
  });
});
