import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact } from '../../electron/api/redact.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';

it('takes a recovery password out of a log line, whatever stands between its groups', () => {
  fc.assert(fc.property(fc.nat(), fc.constantFrom('-', ' ', '', '\u2013', '\u00a0', ' - '), fc.string(), (seed, gap, around) => {
    const groups = constructedPassword(seed).split('-');
    const line = redact(`${around} ${groups.join(gap)} `);
    expect(line).toContain('[redacted]');
    for (const group of groups) expect(around.includes(group) || !line.includes(group)).toBe(true);
  }));
});

it('takes passcodes and recovery sheet codes out, and leaves host names, key protector IDs and times alone', () => {
  expect(redact('passcode 0BC2DE-9FGHJK-NPRSTV used')).toBe('passcode [redacted] used');
  expect(redact('code 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ')).toBe('code [redacted]');
  const plain = '2024-07-19T04:09:00.000Z KI-SURG-0417 4290B6C0-B17A-497A-8552-272CC30E80D4 C-00000291-00000000-00000032.sys 41004 bytes';
  expect(redact(plain)).toBe(plain);
});

it('takes a LAPS password out by the place it stands in, whatever it is made of', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ABCDabcd0123456789,.-+;!#&@{}[]()"\\\'%='), minLength: 8, maxLength: 40 }), (password) => {
    const json = JSON.stringify({ n: 'Administrator', t: '1d8161b41c41cde', p: password });
    expect(redact(`read ${json} of PC-1`)).toBe('read {"n":"Administrator","t":"1d8161b41c41cde","p":"[redacted]"} of PC-1');
    for (const name of ['passwordBase64', 'lapsPassword', 'ms-Mcs-AdmPwd']) expect(redact(JSON.stringify({ [name]: password, a: 1 }))).toBe(`{"${name}":"[redacted]","a":1}`);
    expect(redact(`ms-Mcs-AdmPwd: ${password.replaceAll(/[\s"]/g, 'x')} next`)).toBe('ms-Mcs-AdmPwd: [redacted] next');
  }));
});
