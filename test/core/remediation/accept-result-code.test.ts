import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { makeResultCode, openKeyText, showResultCode, type ResultWord } from '../../../electron/core/media/result-code.ts';
import { acceptResultCode } from '../../../electron/core/remediation/accept-result-code.ts';
import { verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, lockedVolume, makeRecord, openedVolume, protector, RECORD_KEY, writeRecord } from './test-records.ts';

let desk: TestDesk;
let hostId: number;
beforeEach(() => {
  desk = openTestDesk();
  addMedium(desk);
  hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  for (let n = 2; n <= 40; n += 1) onMedium(addKeyRecord(desk, { hostId: addHost(desk, `KI-LAB-${n}`, { state: 'ready' }), keyProtectorId: n }));
  onMedium(addKeyRecord(desk, { hostId, keyProtectorId: 1 }));
});

const onMedium = (keyRecordId: number): void => { desk.db.prepare("INSERT INTO media_members (media_id, key_record_id) VALUES ('M-0001', ?)").run(keyRecordId); };
const state = (id = hostId) => desk.db.prepare<[number], { state: string; blocked_reason: string | null }>('SELECT state, blocked_reason FROM hosts WHERE host_id = ?').get(id);
const count = (table: string): number => desk.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
const rows = (): number[] => ['attempts', 'host_events', 'audit_entries'].map(count);
const code = (word: ResultWord, id: string, key: Uint8Array = RECORD_KEY): string => makeResultCode(word, id, (text) => createHmac('sha256', key).update(text, 'latin1').digest());
const openKey = (mediaId = 'M-0001'): Buffer => createHash('sha256').update(openKeyText(mediaId)).digest();
const accept = (text: string, hostname?: string, mediaId = 'm-0001') => acceptResultCode(desk, { mediaId, code: text, ...(hostname === undefined ? {} : { hostname }) }, async () => {});

describe('a result code', () => {
  test('moves the host whose entry it names, as its record would', async () => {
    expect(await accept(showResultCode(code('repaired', protector(1))).toLowerCase())).toMatchObject({ status: 'accepted', proof: 'signed', outcome: 'repaired', blockedReason: null, hostname: 'KI-SURG-0417', hostState: 'repaired' });
    expect(state()).toEqual({ state: 'repaired', blocked_reason: null });
    expect(desk.db.prepare('SELECT media_id, slot, host_id, proof, recipe_id, recipe_version FROM attempts').get()).toEqual({ media_id: 'M-0001', slot: 1, host_id: hostId, proof: 'signed', recipe_id: 'channel-file-291', recipe_version: 1 });
    expect(verifyAudit(desk.db)).toMatchObject({ entries: 1, intact: true });
  });

  test('blocks it with the reason it carries', async () => {
    expect(await accept(code('hibernated', protector(1)))).toMatchObject({ status: 'accepted', outcome: 'blocked', blockedReason: 'hibernated' });
    expect(state()).toEqual({ state: 'blocked', blocked_reason: 'hibernated' });
  });

  test('typed a second time changes nothing, also when a person has decided meanwhile', async () => {
    const text = code('repaired', protector(1));
    await accept(text);
    verifyHost(desk, hostId, 'seen running');
    const before = rows();
    expect(await accept(text)).toMatchObject({ status: 'unchanged', hostname: 'KI-SURG-0417', hostState: 'verified' });
    expect(rows()).toEqual(before);
  });

  test('that was misheard is named as a slip before anything else is looked at', async () => {
    const right = code('repaired', protector(1));
    const wrong = `${right.slice(0, 4)}${right[4] === '0' ? '1' : '0'}${right.slice(5)}`;
    expect(await accept(wrong)).toEqual({ status: 'slip', reason: 'check', characters: 12, positions: [] });
    expect(await accept(right.slice(1))).toEqual({ status: 'slip', reason: 'length', characters: 11, positions: [] });
    expect(await accept(`A${right.slice(1)}`)).toEqual({ status: 'slip', reason: 'letters', characters: 12, positions: [1] });
    expect(rows()).toEqual([0, 0, 0]);
  });

  test('of another medium, or under a passcode that is none, is not taken', async () => {
    addMedium(desk, 'M-0002', ['someone'], Buffer.alloc(32, 9));
    expect(await accept(code('repaired', protector(1)), undefined, 'M-0002')).toEqual({ status: 'not-of-this-medium' });
    expect(await accept(code('repaired', protector(99)))).toEqual({ status: 'not-of-this-medium' });
    await expect(accept(code('repaired', protector(1)), undefined, 'M-0999')).rejects.toMatchObject({ code: 'not-found' });
    expect(rows()).toEqual([0, 0, 0]);
  });

  test('with a wrong proof is a claim: flagged at the host its entry names, and moves nothing', async () => {
    const forged = code('repaired', protector(1));
    const { formatResultCode, parseResultCode } = await import('../../../electron/core/media/result-code.ts');
    const parsed = parseResultCode(forged);
    if (parsed.status !== 'ok') throw new Error('no code');
    expect(await accept(formatResultCode({ ...parsed.facts, mac: parsed.facts.mac ^ 1 }))).toMatchObject({ status: 'accepted', proof: 'claim', hostname: 'KI-SURG-0417', hostState: 'ready' });
    expect(state()).toEqual({ state: 'ready', blocked_reason: null });
  });

  test('without a passcode is unsigned, a normal class', async () => {
    expect(await accept(code('no-key', protector(1), openKey()))).toMatchObject({ status: 'accepted', proof: 'unsigned', hostname: 'KI-SURG-0417', hostState: 'blocked' });
  });

  test('with a typed key asks for the host, and is checked against the keys of the one that is named', async () => {
    const typed = addHost(desk, 'KI-ER-0001', { state: 'ready' });
    addKeyRecord(desk, { hostId: typed, keyProtectorId: 77 });
    expect(await accept(code('repaired', protector(77)))).toEqual({ status: 'not-of-this-medium' });
    expect(await accept(code('repaired', protector(77)), 'KI-LAB-2')).toEqual({ status: 'not-of-this-medium' });
    expect(await accept(code('repaired', protector(77)), 'ki-er-0001')).toMatchObject({ status: 'accepted', proof: 'signed', hostname: 'KI-ER-0001', hostState: 'repaired' });
    await expect(accept(code('repaired', protector(77)), 'NO-SUCH-HOST')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of a host without any key ID carries the outcome alone: the host is the operator’s word, and the audit says so', async () => {
    const text = code('no-disk-seen', 'none');
    expect(await accept(text)).toEqual({ status: 'host-needed', proof: 'signed', outcome: 'blocked', blockedReason: 'no-disk-seen' });
    expect(rows()).toEqual([0, 0, 0]);
    expect(await accept(text, 'KI-SURG-0417')).toMatchObject({ status: 'accepted', proof: 'signed', hostState: 'blocked' });
    expect(desk.db.prepare<[], { details: string }>("SELECT details FROM audit_entries WHERE act = 'attempts.accept'").get()?.details).toContain('"hostBy":"operator"');
  });

  test('that several hosts of a round show alike counts for each host that is named', async () => {
    const text = code('no-key', 'none');
    const second = addHost(desk, 'KI-ER-0002', { state: 'reported' });
    expect(await accept(text, 'KI-SURG-0417')).toMatchObject({ status: 'accepted', hostname: 'KI-SURG-0417', hostState: 'blocked' });
    expect(await accept(text)).toMatchObject({ status: 'host-needed' });
    expect(await accept(text, 'KI-ER-0002')).toMatchObject({ status: 'accepted', hostname: 'KI-ER-0002', hostState: 'blocked' });
    expect([state(), state(second)]).toEqual([{ state: 'blocked', blocked_reason: 'no-key' }, { state: 'blocked', blocked_reason: 'no-key' }]);
    const before = rows();
    expect(await accept(text, 'KI-SURG-0417')).toMatchObject({ status: 'unchanged', hostname: 'KI-SURG-0417' });
    expect(rows()).toEqual(before);
  });

  test('that anybody makes up is never believed', async () => {
    const { formatResultCode, RESULT_WORDS } = await import('../../../electron/core/media/result-code.ts');
    await fc.assert(fc.asyncProperty(fc.constantFrom(...RESULT_WORDS), fc.nat(0xfffff), fc.nat(0xffffff), async (word, entry, mac) => {
      const taken = await accept(formatResultCode({ word, entry, mac }));
      expect(taken.status === 'not-of-this-medium' || ('proof' in taken && taken.proof === 'claim')).toBe(true);
      expect(state()?.state).toBe('ready');
    }), { numRuns: 200 });
  });
});

describe('the record of the same boot', () => {
  const record = (codes: string[], more: Parameters<typeof makeRecord>[0] = {}) => makeRecord({ attemptId: attemptIdOf(5), volumes: [openedVolume(1)], resultCodes: codes, ...more });

  test('that comes later takes the place of its codes and is not counted twice', async () => {
    const first = code('no-key', protector(1));
    const second = code('repaired', protector(1));
    await accept(first);
    await accept(second);
    expect(takeAttempt(desk, writeRecord(record([first, second])))).toMatchObject({ status: 'imported', proof: 'signed', hostState: 'repaired', reason: 'replaces-code' });
    expect(count('attempts')).toBe(1);
    expect(desk.db.prepare("SELECT subject FROM host_events WHERE kind = 'attempt'").all()).toEqual([{ subject: attemptIdOf(5) }]);
    expect(await accept(second)).toMatchObject({ status: 'unchanged', attemptId: attemptIdOf(5) });
    expect(count('attempts')).toBe(1);
  });

  test('that was there before makes the code known already', async () => {
    const text = code('repaired', protector(1));
    takeAttempt(desk, writeRecord(record([text])));
    const before = rows();
    expect(await accept(text)).toMatchObject({ status: 'unchanged', attemptId: attemptIdOf(5), hostname: 'KI-SURG-0417' });
    expect(rows()).toEqual(before);
  });

  test('that is only a claim takes nothing back and keeps no code out', async () => {
    const text = code('repaired', protector(1));
    await accept(text);
    takeAttempt(desk, writeRecord(record([text]), Buffer.alloc(32, 1)));
    expect(count('attempts')).toBe(2);
    expect(state()?.state).toBe('repaired');
    const other = code('hibernated', protector(2));
    takeAttempt(desk, writeRecord(record([other], { attemptId: attemptIdOf(6), volumes: [openedVolume(2)] }), Buffer.alloc(32, 1)));
    expect(await accept(other)).toMatchObject({ status: 'accepted', proof: 'signed' });
  });

  test('takes the place of its own host’s code, where another host of the round showed the same', async () => {
    const text = code('no-key', 'none');
    const second = addHost(desk, 'KI-ER-0002', { state: 'ready' });
    addKeyRecord(desk, { hostId: second, keyProtectorId: 77 });
    await accept(text, 'KI-SURG-0417');
    await accept(text, 'KI-ER-0002');
    const ofSecond = record([text], { outcome: 'blocked', blockedReason: 'no-key', volumes: [lockedVolume(77)] });
    expect(takeAttempt(desk, writeRecord(ofSecond))).toMatchObject({ status: 'imported', hostname: 'KI-ER-0002', reason: 'replaces-code' });
    expect(desk.db.prepare("SELECT h.hostname FROM host_events e JOIN hosts h USING (host_id) WHERE e.kind = 'attempt' ORDER BY h.hostname").all()).toEqual([{ hostname: 'KI-ER-0002' }, { hostname: 'KI-SURG-0417' }]);
    expect(state()).toEqual({ state: 'blocked', blocked_reason: 'no-key' });
    expect(await accept(text, 'KI-ER-0002')).toMatchObject({ status: 'unchanged', attemptId: attemptIdOf(5) });
    expect(await accept(text, 'KI-SURG-0417')).toMatchObject({ status: 'unchanged', hostname: 'KI-SURG-0417' });
    expect(count('attempts')).toBe(2);
  });

  test('that is unsigned takes back no signed code', async () => {
    const text = code('repaired', protector(1));
    await accept(text);
    takeAttempt(desk, writeRecord(record([text], { outcome: 'blocked', blockedReason: 'no-key' }), null));
    expect(desk.db.prepare<[], { proof: string }>('SELECT proof FROM attempts ORDER BY rowid').all().map(({ proof }) => proof)).toEqual(['signed', 'unsigned']);
  });
});
