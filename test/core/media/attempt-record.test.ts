import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENT_MODES, ATTEMPT_OUTCOMES, BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { keyProtectorIdFromBytes } from '../../../electron/core/keys/key-protector-id.ts';
import { PASSCODE_ALPHABET } from '../../../electron/core/media/passcode.ts';
import type { KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { formatAttemptRecord } from '../../../electron/core/media/attempt-record.ts';
import type { AttemptRecord, KeptFile, RecordedVolume, RecordedWindows, RemovedFile } from '../../../electron/core/media/attempt-record.ts';
import { classifyAttempt, parseAttemptRecord } from '../../../electron/core/media/attempt-record-reader.ts';
import type { ReadAttemptRecord } from '../../../electron/core/media/attempt-record-reader.ts';

const key = Buffer.alloc(32, 7);
const signWith = (recordKey: Uint8Array) => (text: string): string => createHmac('sha256', recordKey).update(text, 'latin1').digest('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const write = (record: AttemptRecord): string => formatAttemptRecord(record, record.slot === null ? null : signWith(key));
const read = (text: string): ReadAttemptRecord => {
  const parsed = parseAttemptRecord(bytes(text));
  if (parsed.status !== 'ok') throw new Error(`refused: ${JSON.stringify(parsed)}`);
  return parsed;
};

const hex = (count: number) => fc.uint8Array({ minLength: count, maxLength: count }).map((value) => Buffer.from(value).toString('hex'));
/** Any text a host may carry; what the desk would not show as it is has a test of its own. */
const shown = (most: number) => fc.string({ unit: 'binary', minLength: 1, maxLength: most }).map((text) => [...text].filter((c) => !/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/u.test(c)).join('').slice(0, most).toWellFormed()).filter((text) => text.length > 0);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const instant = fc.integer({ min: -11_644_473_600, max: 253_402_300_799 }).map((seconds) => seconds * 1000);
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((value) => keyProtectorIdFromBytes(value) as KeyProtectorId); // 16 bytes are always one
const volume: fc.Arbitrary<RecordedVolume> = fc.record({
  letter: orNull(fc.constantFrom('C', 'D', 'Z')), state: fc.constantFrom('locked', 'unlocked', 'not-encrypted', 'unreadable'), openedBy: fc.constantFrom('bundle', 'typed', 'was-open'),
  openedWith: orNull(id), keyProtectorIds: fc.array(id, { maxLength: 16 }), failure: orNull(hex(4)), bundle: fc.constantFrom('opened', 'not-on-this-medium', 'damaged', 'not-asked'),
}).map((one) => ({ ...one, openedBy: one.state === 'unlocked' ? one.openedBy : null }) as RecordedVolume);
const windows: fc.Arbitrary<RecordedWindows> = fc.record({
  volume: fc.integer({ min: 1, max: 999 }), kind: fc.constantFrom('windows', 'data'), root: shown(100), computerName: orNull(shown(64)), hibernated: fc.constantFrom('no', 'yes', 'discarded', 'unknown'), safeBoot: fc.constantFrom('not-set', 'set', 'cleared', 'left-set', 'not-examined'),
  outcome: orNull(fc.constantFrom(...ATTEMPT_OUTCOMES)), blockedReason: fc.constantFrom(...BLOCKED_REASONS),
}).map((one) => ({ ...one, blockedReason: one.outcome === 'blocked' ? one.blockedReason : null }) as RecordedWindows);
const file = { windows: fc.integer({ min: 1, max: 999 }), path: shown(260), sizeBytes: fc.nat(), modifiedAtMs: orNull(instant), header: fc.nat(16).chain(hex) };
const removed: fc.Arbitrary<RemovedFile> = fc.record({ ...file, sha256: hex(32), copy: orNull(hex(16).map((name) => `${name}-3.bin`)), attempt: orNull(hex(16)) });
const kept: fc.Arbitrary<KeptFile> = fc.record({ ...file, sha256: orNull(hex(32)), reason: fc.constantFrom('newer', 'header-differs', 'remove-failed', 'unreadable', 'dry-run') });
const anyRecord: fc.Arbitrary<AttemptRecord> = fc.record({
  attemptId: hex(16), mediaId: fc.constant('BL-7K2D9'), slot: orNull(fc.integer({ min: 1, max: 64 })), mode: fc.constantFrom(...AGENT_MODES), follows: orNull(hex(16)), recipeId: fc.constant('channel-file-291'), recipeVersion: fc.integer({ min: 1, max: 99_999 }), payload: hex(32),
  startedAtMs: orNull(instant), finishedAtMs: orNull(instant), timeZoneBiasMinutes: fc.integer({ min: -900, max: 900 }), outcome: fc.constantFrom(...ATTEMPT_OUTCOMES), blockedReason: fc.constantFrom(...BLOCKED_REASONS),
  maker: orNull(shown(200)), model: orNull(shown(200)), serialNumber: orNull(shown(200)), wrongPasscodes: fc.nat(1_000_000), rejectedRecoveryPasswords: fc.nat(1_000_000), lookMs: orNull(fc.nat(1_000_000_000)), passcodeMs: orNull(fc.nat(1_000_000_000)), unlockMs: orNull(fc.nat(1_000_000_000)), examineMs: orNull(fc.nat(1_000_000_000)), repairMs: orNull(fc.nat(1_000_000_000)),
  resultCodes: fc.array(fc.string({ unit: fc.constantFrom(...PASSCODE_ALPHABET), minLength: 12, maxLength: 12 }), { maxLength: 8 }), safeBootEntries: fc.array(id.map((one) => `{${one.toLowerCase()}}`), { maxLength: 16 }),
  safeBootFault: orNull(fc.constantFrom('no-store', 'no-entry', 'no-copy', 'refused')), missingDrivers: fc.array(fc.record({ hardwareId: shown(60), name: shown(60) }), { maxLength: 4 }),
  volumes: fc.array(volume, { maxLength: 6 }), windows: fc.array(windows, { maxLength: 4 }), removed: fc.array(removed, { maxLength: 6 }), kept: fc.array(kept, { maxLength: 6 }), removedCount: fc.nat(100), keptCount: fc.nat(100),
}).map((one) => ({ ...one, blockedReason: one.outcome === 'blocked' ? one.blockedReason : null, removedCount: one.removedCount + one.removed.length, keptCount: one.keptCount + one.kept.length }));
const sample = fc.sample(anyRecord, { numRuns: 40, seed: 291 });
const example: AttemptRecord = {
  attemptId: '00112233445566778899aabbccddeeff', mediaId: 'BL-7K2D9', slot: 2, mode: 'repair', follows: null, recipeId: 'channel-file-291', recipeVersion: 1, payload: 'ab'.repeat(32),
  startedAtMs: Date.UTC(2024, 6, 19, 9, 15, 2), finishedAtMs: Date.UTC(2024, 6, 19, 9, 16, 40), timeZoneBiasMinutes: -120, outcome: 'repaired', blockedReason: null,
  maker: 'Dell Inc.', model: 'Latitude 7440', serialNumber: '7XK2D93', wrongPasscodes: 0, rejectedRecoveryPasswords: 1, lookMs: 900, passcodeMs: 1100, unlockMs: 2140, examineMs: 210, repairMs: 310, resultCodes: [], safeBootEntries: [], safeBootFault: null, missingDrivers: [],
  volumes: [{ letter: 'C', state: 'unlocked', openedBy: 'bundle', openedWith: '3CA7495E-4252-432B-BAF1-0123456789AB' as KeyProtectorId, keyProtectorIds: ['3CA7495E-4252-432B-BAF1-0123456789AB' as KeyProtectorId], failure: null, bundle: 'opened' }],
  windows: [{ volume: 1, kind: 'windows', root: 'Windows', computerName: 'KÖLN-042', hibernated: 'no', safeBoot: 'not-set', outcome: 'repaired', blockedReason: null }],
  removedCount: 1, removed: [{ windows: 1, path: 'Windows\\System32\\drivers\\CrowdStrike\\C-00000291-00000000-00000032.sys', sizeBytes: 41_004, modifiedAtMs: Date.UTC(2024, 6, 19, 4, 9, 31), header: 'aaaaaaaa01002301', sha256: 'cd'.repeat(32), copy: null, attempt: null }],
  keptCount: 0, kept: [],
};

describe('an attempt record', () => {
  it('comes back from the text the agent writes as it was', () => {
    fc.assert(fc.property(anyRecord, (record) => { expect(read(write(record)).record).toEqual(record); }), { numRuns: 300 });
  });

  it('stands as a person can read it', () => {
    expect(write(example)).toMatchInlineSnapshot(`
      "bluelift-attempt 1
      attemptId=00112233445566778899aabbccddeeff
      mediaId=BL-7K2D9
      slot=2
      mode=repair
      recipeId=channel-file-291
      recipeVersion=1
      payload=abababababababababababababababababababababababababababababababab
      startedAt=2024-07-19T09:15:02Z
      finishedAt=2024-07-19T09:16:40Z
      timeZoneBiasMinutes=-120
      outcome=repaired
      maker=Dell Inc.
      model=Latitude 7440
      serialNumber=7XK2D93
      wrongPasscodes=0
      rejectedRecoveryPasswords=1
      lookMs=900
      passcodeMs=1100
      unlockMs=2140
      examineMs=210
      repairMs=310
      removedCount=1
      keptCount=0
      volume.1.letter=C
      volume.1.state=unlocked
      volume.1.openedBy=bundle
      volume.1.openedWith=3CA7495E-4252-432B-BAF1-0123456789AB
      volume.1.keyProtectorIds=3CA7495E-4252-432B-BAF1-0123456789AB
      volume.1.bundle=opened
      windows.1.volume=1
      windows.1.kind=windows
      windows.1.root=Windows
      windows.1.computerName=K%00D6LN-042
      windows.1.hibernated=no
      windows.1.safeBoot=not-set
      windows.1.outcome=repaired
      removed.1.windows=1
      removed.1.path=Windows\\System32\\drivers\\CrowdStrike\\C-00000291-00000000-00000032.sys
      removed.1.sizeBytes=41004
      removed.1.modifiedAt=2024-07-19T04:09:31Z
      removed.1.header=aaaaaaaa01002301
      removed.1.sha256=cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
      hmac=${signWith(key)(write(example).slice(0, -71))}
      "
    `.replaceAll('      ', ''));
  });

  it('is signed, unsigned or a claim', () => {
    const signed = read(write(example));
    const unsigned = read(write({ ...example, slot: null }));
    expect(classifyAttempt(signed, new Map([[1, Buffer.alloc(32, 1)], [2, key]]))).toBe('signed');
    expect(classifyAttempt(signed, new Map([[1, key], [2, Buffer.alloc(32, 1)]]))).toBe('claim');
    expect(classifyAttempt(signed, new Map([[1, key]]))).toBe('claim');
    expect(classifyAttempt(signed, null)).toBe('claim');
    expect(classifyAttempt(unsigned, new Map([[2, key]]))).toBe('unsigned');
    expect(classifyAttempt(unsigned, null)).toBe('unsigned');
  });

  it('is never signed any more once a byte of it has changed', () => {
    fc.assert(fc.property(fc.constantFrom(...sample.filter((record) => record.slot !== null)), fc.nat(), fc.integer({ min: 1, max: 255 }), (record, where, flip) => {
      const changed = bytes(write(record));
      const at = where % changed.length;
      changed[at] = (changed[at] ?? 0) ^ flip;
      const parsed = parseAttemptRecord(changed);
      if (parsed.status === 'ok') expect(classifyAttempt(parsed, new Map(Array.from({ length: 64 }, (_, i) => [i + 1, key])))).not.toBe('signed');
    }), { numRuns: 2_000 });
  });

  it('may say more than this desk knows', () => {
    const text = 'bluelift-attempt 1\r\nbatteryPercent=12\r\nvolume.1.fileSystem=NTFS\r\n' + write({ ...example, slot: null }).slice('bluelift-attempt 1\r\n'.length);
    expect(read(text).record).toEqual({ ...example, slot: null });
  });

  it('that was cut off anywhere is refused', () => {
    const text = write(example);
    for (let length = 0; length < text.length; length++) expect(parseAttemptRecord(bytes(text.slice(0, length))).status).toBe('refused');
  });

  it.each([
    ['too-large', 'bluelift-attempt 1\r\n' + 'x'.repeat(65_536)], ['not-a-record', ''], ['not-a-record', '{"attempt": 1}\r\n'], ['newer-version', 'bluelift-attempt 2\r\nhmac=none\r\n'], ['cut-off', 'bluelift-attempt 1\r\nhmac=none'],
  ])('is refused as %s', (reason, text) => {
    expect(parseAttemptRecord(bytes(text))).toEqual({ status: 'refused', reason });
  });

  const unsigned = write({ ...example, slot: null });
  it.each([
    ['attemptId', 'attemptId=00112233445566778899aabbccddeeff', 'attemptId=../../evil'], ['outcome', 'outcome=repaired', 'outcome=perfect'], ['blockedReason', 'outcome=repaired', 'outcome=blocked'],
    ['blockedReason', 'outcome=repaired', 'outcome=repaired\r\nblockedReason=no-key'], ['startedAt', '2024-07-19T09:15:02Z', '2024-02-31T09:15:02Z'], ['removedCount', 'removedCount=1', 'removedCount=0'],
    ['removedCount', 'removedCount=1', 'removedCount=99999999999999999999'], ['wrongPasscodes', 'wrongPasscodes=0', 'wrongPasscodes=-1'], ['timeZoneBiasMinutes', '=-120', '=-0120'], ['slot', 'slot=none', 'slot=0'], ['hmac', 'slot=none', 'slot=1'],
    ['volume.1.keyProtectorIds', 'Ids=3CA7495E', 'Ids=3ca7495e'], ['volume.1.openedBy', 'state=unlocked', 'state=locked'], ['removed.1.sha256', 'removed.1.sha256', 'removed.1.sha1'], ['line 3', 'mediaId=BL', 'mediaId BL'], ['line 4', 'slot=none', 'mediaId=BL-7K2D9'],
    ['mediaId', 'BL-7K2D9', 'bl/../x'], ['line 14', 'Latitude', 'Lat%00itude'],
  ])('is malformed, and names %s (%s -> %s)', (field, from, to) => {
    expect(unsigned).toContain(from);
    expect(parseAttemptRecord(bytes(unsigned.replace(from, to)))).toEqual({ status: 'refused', reason: 'malformed', field });
  });

  it('with characters that do something on a screen comes in without them', () => {
    const odd = read(write({ ...example, model: 'Model\u0000\u001b[31m\u202exyz\ud800', windows: [{ ...example.windows[0] as RecordedWindows, computerName: '\ud83d' }] })).record;
    expect(odd.model).toBe('Model\ufffd\ufffd[31m\ufffdxyz\ufffd');
    expect(odd.windows[0]?.computerName).toBe('\ufffd');
  });

  it('may not hold a control character as it is', () => {
    expect(parseAttemptRecord(bytes(unsigned.replace('Latitude', 'Lat\u0007tude')))).toEqual({ status: 'refused', reason: 'malformed', field: 'line 14' });
  });

  it('leaves out how long a step took when the clock was set meanwhile', () => {
    expect(read(write({ ...example, unlockMs: -3_600_000, repairMs: 1e12 })).record).toMatchObject({ unlockMs: null, repairMs: null });
  });

  it('is never larger than 64 KB, however much there was to say, and still signed', () => {
    const long = 'ü'.repeat(5_000);
    const ids = Array.from({ length: 40 }, () => '3CA7495E-4252-432B-BAF1-0123456789AB' as KeyProtectorId);
    const [one, two, three] = [example.volumes[0] as RecordedVolume, example.windows[0] as RecordedWindows, example.removed[0] as RemovedFile];
    const huge: AttemptRecord = {
      ...example, maker: long, model: long, serialNumber: long, volumes: Array.from({ length: 100 }, () => ({ ...one, keyProtectorIds: ids, failure: '80310027' })),
      windows: Array.from({ length: 100 }, () => ({ ...two, root: long, computerName: long })), removedCount: 5_000, removed: Array.from({ length: 5_000 }, () => ({ ...three, path: long })),
      keptCount: 5_000, kept: Array.from({ length: 5_000 }, () => ({ ...three, path: long, reason: 'newer' as const })),
    };
    const text = write(huge);
    expect(text.length).toBeLessThanOrEqual(65_536);
    const back = read(text);
    expect(classifyAttempt(back, new Map([[2, key]]))).toBe('signed');
    expect(back.record).toMatchObject({ removedCount: 5_000, keptCount: 5_000 });
    expect([back.record.volumes.length, back.record.windows.length, back.record.removed.length > 0]).toEqual([32, 16, true]);
  });

  it('gives a result for any bytes', () => {
    const line = fc.tuple(fc.constantFrom('slot', 'volume.1.letter', 'volume.1.state', 'removed.1.path', 'removedCount', 'hmac', 'outcome', 'constructor', '__proto__'), fc.string()).map(([name, value]) => `${name}=${value}\r\n`);
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 500 }), fc.array(line).map((lines) => bytes(`bluelift-attempt 1\r\n${lines.join('')}hmac=none\r\n`))), (any) => {
      expect(['ok', 'refused']).toContain(parseAttemptRecord(any).status);
    }), { numRuns: 1_000 });
  });

  it('of hostile size is refused in no time', () => {
    const text = 'bluelift-attempt 1\r\n' + Array.from({ length: 7_000 }, (_, i) => `a${i}=\r\n`).join('') + 'hmac=none\r\n';
    const started = performance.now();
    expect(parseAttemptRecord(bytes(text)).status).toBe('refused');
    expect(performance.now() - started).toBeLessThan(20_000); // it does not hang
  });
});
