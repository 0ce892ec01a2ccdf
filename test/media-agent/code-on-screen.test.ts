// The result code as the screen shows it, for a stick that can not come back.
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeResultCode, openKeyText, showResultCode } from '../../electron/core/media/result-code.ts';
import type { FakeHost } from './fake-host.ts';
import { play, recordOn, setScene } from './scene.ts';

describe('the result code', () => {
  const codeOn = (host: FakeHost): string => /Code +(\S{14}) /.exec(host.said.join('\n'))?.[1] ?? '';

  test('on the screen is that of the record, signed with the record key and named by the ID that opened the volume', async () => {
    const { host, key, passcode, bundle } = await setScene();
    play(host, null);
    play(host, passcode);
    const expected = makeResultCode('repaired', key.id, (text) => createHmac('sha256', bundle.slots[0]?.recordKey ?? '').update(text).digest());
    expect(codeOn(host)).toBe(showResultCode(expected));
    expect(recordOn(host)).toContain(`resultCodes=${expected}\r\n`);
  });

  test('of a host that nothing opened carries the outcome alone, and that of the typed key joins it in the record', async () => {
    const { host, key, passcode, bundle } = await setScene({ isKeyAbsent: true });
    const sign = (text: string): Uint8Array => createHmac('sha256', bundle.slots[0]?.recordKey ?? '').update(text).digest();
    play(host, null);
    play(host, passcode);
    const first = makeResultCode('no-key', 'none', sign);
    expect(codeOn(host)).toBe(showResultCode(first));
    play(host, key.recoveryPassword);
    const second = makeResultCode('repaired', key.id, sign);
    expect(codeOn(host)).toBe(showResultCode(second));
    expect(recordOn(host)).toContain(`resultCodes=${first} ${second}\r\n`);
  });

  test('without a passcode is made under the open key of the medium', async () => {
    const { host } = await setScene();
    play(host, null);
    play(host, '');
    expect(codeOn(host)).toBe(showResultCode(makeResultCode('no-key', 'none', (text) => createHmac('sha256', createHash('sha256').update(openKeyText('BL-TEST')).digest()).update(text).digest())));
  });
});
