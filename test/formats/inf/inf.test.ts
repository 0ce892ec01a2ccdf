import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseInf } from '../../../electron/formats/inf/inf.ts';

const text = (lines: readonly string[]): Uint8Array => new Uint8Array(Buffer.from(lines.join('\r\n')));
const STORAGE = [
  '; Storage driver', '[Version]', 'Signature="$WINDOWS NT$"', 'Class=SCSIAdapter ; a class', 'ClassGuid={4D36E97B-E325-11CE-BFC1-08002BE10318}', 'DriverVer=07/11/2023,19.5.7.1058',
  '[Manufacturer]', '%INTEL%=INTEL_HDC,NTamd64.10.0...16299,NTarm64', '[INTEL_HDC.NTamd64]', '"a;b"=x', '[Strings]', 'INTEL="Intel Corporation"',
];

describe('an INF', () => {
  test('says its class, its version and the processors it is for', () => {
    expect(parseInf(text(STORAGE))).toEqual({ className: 'SCSIAdapter', version: '19.5.7.1058', architectures: ['x64', 'arm64'] });
  });

  test('is read in every encoding Windows writes it in', () => {
    const body = STORAGE.join('\r\n');
    const bytes = [Buffer.from(`\ufeff${body}`, 'utf16le'), Buffer.from(`\ufeff${body}`, 'utf8'), Buffer.from(`\ufeff${body}`, 'utf16le').swap16(), Buffer.from(body.replace('Storage', 'Speicher für'), 'latin1'), Buffer.from(body.replaceAll('\r\n', '\n'))];
    for (const one of bytes) expect(parseInf(new Uint8Array(one))).toMatchObject({ className: 'SCSIAdapter', architectures: ['x64', 'arm64'] });
  });

  test('may name its class by a string, and go on over a line', () => {
    expect(parseInf(text(['[version]', 'signature = "$Windows NT$"', 'Class = %ClassName%', '[manufacturer]', '%X% = Models, \\', '  NTx86', '[strings]', 'classname = "HIDClass"']))).toEqual({ className: 'HIDClass', version: '', architectures: ['x86'] });
  });

  test('without hardware IDs is for the processors of its sections', () => {
    expect(parseInf(text(['[Version]', 'Signature=$CHICAGO$', '[DefaultInstall.NTamd64]', 'CopyFiles=x']))).toEqual({ className: '', version: '', architectures: ['x64'] });
  });

  test('may name no processor', () => {
    expect(parseInf(text(['[Version]', 'Signature="$Windows NT$"', '[Manufacturer]', '%X%=Models']))?.architectures).toEqual([]);
  });

  test('is none without the signature of one: setup scripts and autorun files are called .inf too', () => {
    for (const lines of [[], ['[autorun]', 'open=setup.exe'], ['[Version]', 'Class=System'], ['[Version]', 'Signature="$Linux$"']]) expect(parseInf(text(lines))).toBeNull();
  });

  test('never makes the reader fail, whatever it holds', () => {
    const piece = fc.oneof(fc.constantFrom(...STORAGE, '[', ']', '=', '"', ';', '\\', '%', '[Manufacturer]', 'NTamd64'), fc.string());
    fc.assert(fc.property(fc.array(piece), fc.boolean(), (lines, isWide) => {
      const inf = parseInf(new Uint8Array(Buffer.from(`${isWide ? '\ufeff' : ''}${lines.join('\n')}`, isWide ? 'utf16le' : 'utf8')));
      if (inf !== null) expect(new Set(inf.architectures).size).toBe(inf.architectures.length);
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => { parseInf(bytes); }));
  });
});
