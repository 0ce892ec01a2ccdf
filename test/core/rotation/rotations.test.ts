import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { readStatus } from '../../../electron/core/hosts/status.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { readReportFigures } from '../../../electron/core/reports/report-facts.ts';
import { handOverRotations } from '../../../electron/core/rotation/hand-over.ts';
import { joinHosts, undoDecision } from '../../../electron/core/hosts/host-decisions.ts';
import { hostScript, isScriptName } from '../../../electron/core/rotation/rotation-scripts.ts';
import { confirmByStatement, listRotations, markDue } from '../../../electron/core/rotation/rotations.ts';
import { idText, importText, passwordText } from '../keys/import-desk.ts';
import { addHost, addKeyRecord, keyProtectorIdOf, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const all = { states: [], offset: 0, limit: 500 } as const;
const reveal = (desk: TestDesk, keyRecordId: number, way: 'shown' | 'spoken' = 'shown'): void => { disclose(desk, { keyRecordId, reason: 'mass-incident', way }); };
const stateOf = (desk: TestDesk, keyRecordId: number): string | undefined => listRotations(desk.db, all).rows.find((row) => row.keyRecordId === keyRecordId)?.state;

/** As a query of the directory gives them: host, ID, password, volume, date. */
type Dated = readonly [host: string, id: number, password: number, volume: string, created: string];
const dated = (rows: readonly Dated[]): string =>
  ['"ComputerName","KeyProtectorId","RecoveryPassword","VolumeId","Created"', ...rows.map(([host, id, password, volume, created]) => `"${host}","${idText(id)}","${passwordText(password)}","${volume}","${created}"`), ''].join('\r\n');
const recordOf = (desk: TestDesk, id: number): number => desk.db.prepare<[Buffer], { n: number }>('SELECT key_record_id AS n FROM key_records WHERE key_protector_id = ?').get(Buffer.from(idText(id).replaceAll('-', ''), 'hex'))?.n ?? 0;

describe('a rotation', () => {
  it('is due with the disclosure, in the same transaction, and once more when the recovery password is shown again', () => {
    const desk = openTestDesk();
    const record = addKeyRecord(desk, { hostId: addHost(desk, 'PC-1') });
    reveal(desk, record);
    expect(listRotations(desk.db, all)).toMatchObject({ total: 1, rows: [{ hostname: 'PC-1', state: 'due', risk: 'shown', dueAt: '2024-07-19T08:00:00.000Z' }] });
    desk.advance(60_000);
    confirmByStatement(desk, [record], 'rotated at the host');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'confirmed', confirmedHow: 'statement', statement: 'rotated at the host', confirmedBy: 'test' });
    desk.advance(60_000);
    reveal(desk, record, 'spoken');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'due', risk: 'spoken', dueAt: '2024-07-19T08:02:00.000Z', confirmedAt: null, statement: null });
    expect(readStatus(desk.db, desk.clock()).rotationDue).toBe(1);
  });

  it('keeps the greatest risk it was ever exposed to until it is confirmed', () => {
    const desk = openTestDesk();
    const record = addKeyRecord(desk, { hostId: addHost(desk, 'PC-1') });
    markDue(desk.db, [record], 'lost', '2024-07-19T07:00:00.000Z');
    reveal(desk, record);
    expect(listRotations(desk.db, all).rows[0]?.risk).toBe('lost');
    confirmByStatement(desk, [record], 'rotated at the host');
    reveal(desk, record);
    expect(listRotations(desk.db, all).rows[0]?.risk).toBe('shown');
  });

  it('can be confirmed only when it is open, and a list with one that is not changes nothing', () => {
    const desk = openTestDesk();
    const hostId = addHost(desk, 'PC-1');
    const [shown = 0, other = 0] = [addKeyRecord(desk, { hostId }), addKeyRecord(desk, { hostId })];
    reveal(desk, shown);
    expect(() => confirmByStatement(desk, [shown, other], 'rotated')).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(stateOf(desk, shown)).toBe('due');
    expect(confirmByStatement(desk, [shown, shown], 'rotated')).toEqual({ confirmed: 1 });
    expect(() => confirmByStatement(desk, [shown], 'again')).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  });

  it('lists the greatest risk first, then the oldest, page by page without a gap', () => {
    const desk = openTestDesk();
    const records = Array.from({ length: 12 }, (_, n) => addKeyRecord(desk, { hostId: addHost(desk, `PC-${n}`) }));
    records.forEach((record, n) => markDue(desk.db, [record], (['sealed', 'shown', 'lost'] as const)[n % 3] ?? 'sealed', `2024-07-19T0${9 - (n % 5)}:00:00.000Z`));
    confirmByStatement(desk, [records[0] ?? 0], 'rotated');
    handOverRotations(desk, { target: 'manage-bde', again: false });
    markDue(desk.db, [records[2] ?? 0], 'shown', '2024-07-19T10:00:00.000Z');
    const whole = listRotations(desk.db, all).rows;
    expect(whole.map(({ state }) => state)).toEqual(['due', ...Array<string>(10).fill('asked'), 'confirmed']);
    const paged = Array.from({ length: 4 }, (_, page) => listRotations(desk.db, { states: [], offset: page * 3, limit: 3 }).rows).flat();
    expect(paged).toEqual(whole);
    const asked = whole.filter(({ state }) => state === 'asked');
    expect(asked.map(({ risk }) => risk)).toEqual(asked.map(({ risk }) => risk).toSorted((one, two) => ['lost', 'shown', 'sealed'].indexOf(one) - ['lost', 'shown', 'sealed'].indexOf(two)));
    expect(listRotations(desk.db, { states: ['confirmed'], offset: 0, limit: 5 })).toMatchObject({ total: 1, states: [{ state: 'due', count: 1 }, { state: 'asked', count: 10 }, { state: 'confirmed', count: 1 }] });
  });
});

describe('evidence that a key was rotated', () => {
  const importDated = async (desk: TestDesk, name: string, ...rows: readonly Dated[]): Promise<void> => { expect(await importText(desk, dated(rows), name)).toMatchObject({ rejectedCount: 0 }); };
  const [C, D] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

  it('is a key record of the same volume with another ID, made after the disclosure', async () => {
    const desk = openTestDesk();
    await importDated(desk, 'before.csv', ['PC-1', 1, 1, C, '2024-01-01T00:00:00Z'], ['PC-1', 2, 2, D, '2024-01-01T00:00:00Z']);
    const [system, data] = [recordOf(desk, 1), recordOf(desk, 2)];
    reveal(desk, system);
    reveal(desk, data);
    desk.advance(24 * 3600_000);
    await importDated(desk, 'older.csv', ['PC-1', 3, 3, C, '2023-06-01T00:00:00Z'], ['PC-1', 5, 1, C, '2024-07-19T12:00:00Z']);
    expect([stateOf(desk, system), stateOf(desk, data)]).toEqual(['due', 'due']); // made before, or the same password under another ID
    await importDated(desk, 'after.csv', ['PC-1', 4, 4, C, '2024-07-19T12:00:00Z']);
    expect([stateOf(desk, system), stateOf(desk, data)]).toEqual(['confirmed', 'due']);
    expect(listRotations(desk.db, { states: ['confirmed'], offset: 0, limit: 9 }).rows[0]).toMatchObject({ confirmedHow: 'evidence', evidence: idText(4) });
  });

  it('without a volume counts only where the host had no other key', async () => {
    const desk = openTestDesk();
    await importDated(desk, 'before.csv', ['ONE', 1, 1, '', '2024-01-01T00:00:00Z'], ['TWO', 2, 2, '', '2024-01-01T00:00:00Z'], ['TWO', 3, 3, '', '2024-01-01T00:00:00Z']);
    for (const id of [1, 2]) reveal(desk, recordOf(desk, id));
    await importDated(desk, 'after.csv', ['ONE', 4, 4, '', '2024-07-19T12:00:00Z'], ['TWO', 5, 5, '', '2024-07-19T12:00:00Z']);
    expect([1, 2].map((id) => stateOf(desk, recordOf(desk, id)))).toEqual(['confirmed', 'due']);
  });

  it('is found under another name when a host that was renamed is joined, and goes with that decision', async () => {
    const desk = openTestDesk();
    await importDated(desk, 'before.csv', ['OLD-1', 1, 1, C, '2024-01-01T00:00:00Z']);
    reveal(desk, recordOf(desk, 1));
    desk.advance(24 * 3600_000);
    await importDated(desk, 'after.csv', ['NEW-1', 2, 2, C, '2024-07-19T12:00:00Z']);
    expect(stateOf(desk, recordOf(desk, 1))).toBe('due');
    const hostOf = (id: number): number => desk.db.prepare<[number], { id: number }>('SELECT host_id AS id FROM key_records WHERE key_record_id = ?').get(recordOf(desk, id))?.id ?? 0;
    const decisionId = joinHosts(desk, { hostId: hostOf(2), otherHostId: hostOf(1), reason: 'renamed' });
    expect(listRotations(desk.db, { states: ['confirmed'], offset: 0, limit: 9 }).rows[0]).toMatchObject({ hostname: 'NEW-1', confirmedHow: 'evidence', evidence: idText(2) });
    const between = new Date(desk.clock()).toISOString();
    desk.advance(60_000);
    undoDecision(desk, { decisionId, reason: 'two after all' });
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ hostname: 'OLD-1', state: 'due', evidence: null });
    expect(readReportFigures(desk.db, between).rotations.confirmed).toBe(1);
  });

  it('is taken back with the import that brought it', async () => {
    const desk = openTestDesk();
    await importDated(desk, 'before.csv', ['PC-1', 1, 1, C, '2024-01-01T00:00:00Z']);
    reveal(desk, recordOf(desk, 1));
    handOverRotations(desk, { target: 'manage-bde', again: false });
    await importDated(desk, 'after.csv', ['PC-1', 2, 2, C, '2024-07-19T12:00:00Z']);
    expect(stateOf(desk, recordOf(desk, 1))).toBe('confirmed');
    await undoImport(desk, desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0);
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'asked', askedOf: 'manage-bde', evidence: null });
  });

  it('confirms the past no more either once its import was undone, also where the rotation was due again by then', async () => {
    const desk = openTestDesk();
    const confirmedAt = (at: string): number => readReportFigures(desk.db, at).rotations.confirmed;
    await importDated(desk, 'before.csv', ['PC-1', 1, 1, C, '2024-01-01T00:00:00Z']);
    reveal(desk, recordOf(desk, 1));
    desk.advance(24 * 3600_000);
    await importDated(desk, 'after.csv', ['PC-1', 2, 2, C, '2024-07-19T12:00:00Z']);
    const between = new Date(desk.clock()).toISOString();
    desk.advance(60_000);
    reveal(desk, recordOf(desk, 1));
    expect([confirmedAt(between), confirmedAt(new Date(desk.clock()).toISOString())]).toEqual([1, 0]);
    await undoImport(desk, desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0);
    expect(confirmedAt(between)).toBe(0);
  });
});

describe('handing rotations over', () => {
  it('gives a script for the target, counts what is in it as asked and says what is not in it', () => {
    const desk = openTestDesk();
    const enrolled = addHost(desk, 'PC-1');
    desk.db.prepare('UPDATE hosts SET entra_device_id = ? WHERE host_id = ?').run('0c5b0f6e-1111-4222-8333-444455556666', enrolled);
    const records = [
      addKeyRecord(desk, { hostId: enrolled, keyProtectorId: 1 }), addKeyRecord(desk, { hostId: addHost(desk, 'PC-2'), keyProtectorId: 2 }),
      addKeyRecord(desk, { hostId: null, keyProtectorId: 3 }), addKeyRecord(desk, { hostId: addHost(desk, 'PC-4'), keyProtectorId: null }), addKeyRecord(desk, { hostId: addHost(desk, "PC-5'; exit #"), keyProtectorId: 5 }),
    ];
    for (const record of records) reveal(desk, record);
    const intune = handOverRotations(desk, { target: 'intune', again: false });
    expect(intune).toMatchObject({ keyRecords: 1, hosts: 1, remaining: 0, leftOut: [{ reason: 'no-device-id', count: 3 }, { reason: 'no-host', count: 1 }] });
    expect(intune.script).toContain("@('PC-1', '0c5b0f6e-1111-4222-8333-444455556666')");
    const hosts = handOverRotations(desk, { target: 'configmgr', again: false });
    expect(hosts).toMatchObject({ keyRecords: 1, leftOut: [{ reason: 'name-not-usable', count: 1 }, { reason: 'no-host', count: 1 }, { reason: 'no-key-protector-id', count: 1 }] });
    expect(hosts.script).toContain(`'PC-2' = @('${keyProtectorIdOf(2)}')`);
    expect(handOverRotations(desk, { target: 'configmgr', again: false })).toMatchObject({ script: null, keyRecords: 0 });
    expect(handOverRotations(desk, { target: 'configmgr', again: true })).toMatchObject({ keyRecords: 2, hosts: 2, remaining: 0 });
    for (const { script } of [intune, hosts]) expect(script).not.toMatch(/\d{6}(-\d{6}){7}/);
  });

  it('lets no name into a script that could end a string of it', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom("'", '\u2018', '\u2019', '\u201a', '\u201b', '"', '$', '`', '\n', '\r', ';', ')', '{', '\0', ' '), (name, quote) => {
      expect(isScriptName(`${name}${quote}`)).toBe(false);
      expect(hostScript([{ hostname: `${name}${quote}`, deviceId: null, keyProtectorIds: [keyProtectorIdOf(1)] }], '2024-07-19T08:00:00Z')).not.toContain(keyProtectorIdOf(1));
    }));
  });
});
