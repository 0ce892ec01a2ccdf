import { describe, expect, it } from 'vitest';
import { readForMedium } from '../../../electron/core/disclosure/read-for-medium.ts';
import { addHost, addKeyRecord, openTestDesk, passwordOf } from '../remediation/test-desk.ts';
import { protector } from '../remediation/test-records.ts';

describe('recovery passwords on their way onto a medium', () => {
  it('come each with its own key protector ID, in the order asked for, and those without one are left out', () => {
    const desk = openTestDesk();
    const host = addHost(desk, 'KI-1');
    const records = Array.from({ length: 700 }, (_, n) => addKeyRecord(desk, { hostId: host, keyProtectorId: n % 100 === 7 ? null : n + 1, password: n % 200 }));
    const wanted = records.filter((_, n) => n % 3 > 0);
    const got = [...readForMedium(desk, wanted)].map(({ keyRecordId, keyProtectorId, password16 }) => ({ keyRecordId, keyProtectorId, is: Buffer.from(password16).equals(passwordOf(records.indexOf(keyRecordId) % 200)) }));
    const expected = wanted.filter((id) => records.indexOf(id) % 100 !== 7).map((id) => ({ keyRecordId: id, keyProtectorId: protector(records.indexOf(id) + 1), is: true }));
    expect(got).toEqual(expected);
  });

  it('end where a key record is not there any more, which is named', () => {
    const desk = openTestDesk();
    const record = addKeyRecord(desk, { hostId: addHost(desk, 'KI-1'), keyProtectorId: 1 });
    expect(() => [...readForMedium(desk, [record, record + 9])]).toThrowError(expect.objectContaining({ code: 'not-found', facts: { keyRecordId: record + 9 } }));
  });
});
