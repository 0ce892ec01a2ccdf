import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlist, type PlistValue } from '../../../electron/formats/plist/read.ts';
import { plist, xmlOf } from './write.ts';

describe('a property list', () => {
  it('is read as diskutil prints it', () => {
    expect(parsePlist(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>WholeDisks</key>
\t<array>
\t\t<string>disk0</string>
\t\t<string></string>
\t\t<string/>
\t</array>
\t<!-- a remark -->
\t<key>Size</key>
\t<integer>30752000000</integer>
\t<key>Internal</key>
\t<false/>
\t<key>VolumeName</key>
\t<string> Fotos &amp; &#x1F4F7; &lt;2024&gt; </string>
\t<key>Empty</key>
\t<dict/>
</dict>
</plist>
`)).toEqual({ WholeDisks: ['disk0', '', ''], Size: 30_752_000_000, Internal: false, VolumeName: ' Fotos & 📷 <2024> ', Empty: {} });
  });

  it.each([
    ['nothing', ''], ['no list', '<html></html>'], ['a list cut off', '<plist><dict><key>a</key>'], ['a key without value', '<plist><dict><key>a</key></dict></plist>'], ['two values', '<plist><true/><true/></plist>'],
    ['an element nobody knows', '<plist><set/></plist>'], ['text between elements', '<plist><array>x<true/></array></plist>'], ['an integer of no digits', '<plist><integer></integer></plist>'], ['a bracket of its own', '<plist><string>a < b</string></plist>'],
    ['more depth than any tool has', `<plist>${'<array>'.repeat(5000)}${'</array>'.repeat(5000)}</plist>`],
  ])('is not read out of %s', (_what, text) => { expect(parsePlist(text)).toBeNull(); });

  it('keeps numbers that are not exact as they are written', () => { expect(parsePlist('<plist><array><integer>18446744073709551615</integer><real>0.5</real></array></plist>')).toEqual(['18446744073709551615', 0.5]); });

  it('gives back whatever was written into one', () => {
    const value = fc.letrec<{ value: PlistValue }>((tie) => ({
      value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean(), fc.array(tie('value'), { maxLength: 5 }), fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 5, noNullPrototype: true })),
    })).value;
    fc.assert(fc.property(value, (wanted) => { expect(parsePlist(plist(wanted))).toEqual(wanted); }));
  });

  it('never throws, whatever the text', () => {
    const piece = fc.oneof(fc.constantFrom('<plist>', '</plist>', '<dict>', '</dict>', '<array>', '<key>a</key>', '<true/>', '<string>', '</string>', '&amp;', '&#99999999;', '<', '>'), fc.string());
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => { parsePlist(pieces.join('')); parsePlist(`<plist>${pieces.join('')}</plist>`); }));
    expect(xmlOf('<&>')).toBe('<string>&lt;&amp;&gt;</string>');
  });
});
