import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isIsoImage } from '../../../electron/formats/iso/recognise.ts';
import { findWimMetadata, planWimCorrection } from '../../../electron/formats/wim/correct-update.ts';
import { parseWimHeader } from '../../../electron/formats/wim/header.ts';
import { visitWimEntries } from '../../../electron/formats/wim/metadata.ts';
import { parseWimXml, setWimXmlDates } from '../../../electron/formats/wim/xml.ts';

const wim = gunzipSync(readFileSync(fileURLToPath(new URL('../../fixtures/base/boot-arm64.wim.gz', import.meta.url))));
const header = parseWimHeader(wim);
if (header === null) throw new Error('the fixture is no WIM');
const partOf = ({ offset, sizeBytes }: { readonly offset: number; readonly sizeBytes: number }): Uint8Array => wim.subarray(offset, offset + sizeBytes);
const xml = partOf(header.xml);

describe('a WIM', () => {
  test('says how many images it has and which one boots', () => {
    expect(header).toMatchObject({ imageCount: 2, bootIndex: 2, parts: 1 });
    expect(parseWimHeader(wim.subarray(0, 207))).toBeNull();
    expect(parseWimHeader(Buffer.from('MZ'.padEnd(300)))).toBeNull();
  });

  test('describes its images in XML: name, architecture, build, language', () => {
    expect(parseWimXml(xml)).toMatchObject([
      { index: 1, name: 'Microsoft Windows PE (arm64)', architecture: 12, build: '10.0.26100.1742', languages: ['de-DE'] },
      { index: 2, name: 'Microsoft Windows Setup (arm64)', architecture: 12, build: '10.0.26100.1742' },
    ]);
  });

  test('may describe them with entities, without dates, or not at all', () => {
    const parsed = (text: string): unknown => parseWimXml(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(parsed('<WIM><IMAGE INDEX="1"><NAME>Tom &amp; Jerry &lt;1&gt;</NAME></IMAGE></WIM>')).toEqual([{ index: 1, name: 'Tom & Jerry <1>', architecture: null, build: null, languages: [], modified: null }]);
    expect(parsed('<WIM></WIM>')).toEqual([]);
    expect(parsed('<IMAGE INDEX="1">')).toEqual([]);
  });

  test('keeps its length when an image is given its dates, and the other image its own', () => {
    const before = parseWimXml(xml);
    const dated = setWimXmlDates(xml, 2, { high: '0x01DAD994', low: '0x0E8D8C00' });
    expect(dated).toHaveLength(xml.length);
    const after = parseWimXml(dated ?? new Uint8Array());
    expect(after[1]?.modified).toEqual({ high: '0x01DAD994', low: '0x0E8D8C00' });
    expect(after[0]).toEqual(before[0]);
    expect(setWimXmlDates(xml, 2, { high: '0x1', low: '0x2' })).toBeNull();
  });

  test('is not corrected while its metadata is packed, or when something that was added is not there', () => {
    const lookupTable = partOf(header.lookupTable);
    const found = findWimMetadata(lookupTable, 2);
    expect(found?.resource.isCompressed).toBe(true);
    expect(findWimMetadata(lookupTable, 3)).toBeNull();
    const correction = { imageIndex: 2, added: ['bluelift'], renamed: new Map<string, string>(), date: { high: '0x01DAD994', low: '0x0E8D8C00' }, guid: new Uint8Array(16) };
    expect(planWimCorrection({ header: wim.subarray(0, 208), lookupTable, xml }, header, new Uint8Array(found?.resource.sizeBytes ?? 0), correction)).toBeNull();
  });
});

/** An entry as it stands in unpacked metadata, children and name given. */
function entry(name: string, attributes: number, childrenAt: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil((102 + name.length * 2 + 2) / 8) * 8);
  bytes.writeBigUInt64LE(BigInt(102 + name.length * 2 + 2), 0);
  bytes.writeUInt32LE(attributes, 8);
  bytes.writeBigUInt64LE(BigInt(childrenAt), 16);
  bytes.writeUInt16LE(name.length * 2, 100);
  bytes.write(name, 102, 'utf16le');
  return bytes;
}

function metadata(): Buffer {
  const security = Buffer.alloc(8);
  security.writeUInt32LE(8, 0);
  const root = entry('', 0x41ed_8010, 8 + 104 + 8);
  return Buffer.concat([security, root, Buffer.alloc(8), entry('setup.exe', 0x81a4_8020, 0), entry('Windows', 0x10, 0), Buffer.alloc(8)]);
}

describe('the entries of an image', () => {
  test('are visited with their paths and changed where they stand', () => {
    const bytes = metadata();
    const seen: string[] = [];
    expect(visitWimEntries(bytes, (each) => {
      seen.push(each.path);
      if (each.path !== 'setup.exe') return;
      each.setName('setup.off');
      each.setAttributes(0x20);
      each.setTimes(7n);
      expect(() => each.setName('longer.name')).toThrow();
    })).toBe(true);
    expect(seen).toEqual(['', 'setup.exe', 'Windows']);
    const after: [string, number][] = [];
    visitWimEntries(bytes, ({ path, attributes }) => after.push([path, attributes]));
    expect(after).toEqual([['', 0x41ed_8010], ['setup.off', 0x20], ['Windows', 0x10]]);
  });

  test('never hang or overrun, whatever bytes are damaged', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(metadata().length - 1), fc.nat(255)), { maxLength: 10 }), fc.nat(metadata().length), (changes, length) => {
      const bytes = metadata();
      for (const [at, byte] of changes) bytes[at] = byte;
      let entries = 0;
      visitWimEntries(bytes.subarray(0, length), () => { entries++; });
      expect(entries).toBeLessThan(10);
    }), { numRuns: 3_000 });
  });
});

test('a WIM is corrected in its own bytes alone, wherever in memory they lie, and boots the image asked for', () => {
  // As Node hands out small reads: a part of a larger piece of memory, with somebody else's bytes before and after.
  const memory = Buffer.alloc(1_024, 0xaa);
  memory.set(wim.subarray(0, 208), 300);
  const bytes = memory.subarray(300, 508);
  bytes.writeUInt32LE(0, 120);
  const tree = metadata();
  const lookupTable = Buffer.alloc(50);
  lookupTable.writeBigUInt64LE((0x02n << 56n) | BigInt(tree.length), 0);
  lookupTable.writeBigUInt64LE(208n, 8);
  lookupTable.writeBigUInt64LE(BigInt(tree.length), 16);
  const text = '<WIM><IMAGE INDEX="1"><CREATIONTIME><HIGHPART>0x00000000</HIGHPART><LOWPART>0x00000000</LOWPART></CREATIONTIME></IMAGE></WIM>';
  const correction = { imageIndex: 1, added: ['setup.exe'], renamed: new Map<string, string>(), date: { high: '0x01DAD994', low: '0x0E8D8C00' }, guid: new Uint8Array(16).fill(7) };
  const patches = planWimCorrection({ header: bytes, lookupTable, xml: Buffer.from(`\ufeff${text}`, 'utf16le') }, header, tree, correction);
  expect(parseWimHeader(patches?.[0]?.bytes ?? new Uint8Array())?.bootIndex).toBe(1);
  expect([...memory.subarray(0, 300), ...memory.subarray(508)].every((byte) => byte === 0xaa)).toBe(true);
});

test('an ISO image is known by the descriptors of ISO 9660 or UDF, and nothing else is', () => {
  const descriptors = (name: string): Uint8Array => Buffer.from(`\u0000${name}`.padEnd(2048, '\0'), 'latin1');
  expect(['CD001', 'NSR02', 'NSR03', 'BEA01', 'XXXXX'].map((name) => isIsoImage(descriptors(name)))).toEqual([true, true, true, false, false]);
  expect(isIsoImage(new Uint8Array(3))).toBe(false);
});
