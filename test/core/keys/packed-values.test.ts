import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCanonicalIdOfAnyCase, isCanonicalPassword, unpackId, unpackPassword, writeId, writePassword } from '../../../electron/core/keys/packed-values.ts';
import { parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { parseRecoveryPassword, recoveryPasswordFromNumbers, recoveryPasswordToBytes, type RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';

const password = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }).map((numbers) => recoveryPasswordFromNumbers(numbers) ?? '' as RecoveryPassword);
const id = fc.uuid().chain((uuid) => fc.constantFrom(uuid, uuid.toUpperCase()));
/** With one character another one. */
const changed = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.nat(54), fc.constantFrom('0', '9', 'F', 'f', 'g', '-', ' ', '/', ':', '@', '`', '\u0130', '\uff11', '\u0661', '\ud800', '')).map(([whole, at, character]) => whole.slice(0, at) + character + whole.slice(at + 1));

test('an ID packed and unpacked is its canonical form, and sorts as it does', () => {
  fc.assert(fc.property(id, id, (one, other) => {
    const [first, second] = [Buffer.alloc(20), Buffer.alloc(20)];
    writeId(one, first, 3);
    writeId(other, second, 3);
    expect([unpackId(first, 3), unpackId(second, 3)]).toEqual([parseKeyProtectorId(one), parseKeyProtectorId(other)]);
    expect(first.compare(second) < 0).toBe(one.toUpperCase() < other.toUpperCase());
  }));
});

test('a recovery password is packed to the bytes BitLocker derives, and comes out again', () => {
  fc.assert(fc.property(password, (one) => {
    const bytes = new Uint8Array(20);
    writePassword(one, bytes, 2);
    expect(Buffer.from(bytes.subarray(2, 18)).equals(Buffer.from(recoveryPasswordToBytes(one)))).toBe(true);
    expect(unpackPassword(bytes, 2) === one).toBe(true);
  }));
});

test('what is canonical is what reads as itself', () => {
  fc.assert(fc.property(fc.oneof(id, changed(id)), (text) => {
    expect(isCanonicalIdOfAnyCase(text)).toBe(parseKeyProtectorId(text) === text.toUpperCase() && text.length === 36);
  }), { numRuns: 1000 });
  fc.assert(fc.property(fc.oneof(password, changed(password)), (text) => {
    const parsed = parseRecoveryPassword(text);
    expect(isCanonicalPassword(text)).toBe(parsed.status === 'ok' && parsed.recoveryPassword === text);
  }), { numRuns: 1000 });
});
