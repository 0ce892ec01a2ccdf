// What can happen to the bytes of a file: bits, sectors, lines, pieces.
import fc from 'fast-check';

export type Damage = (bytes: readonly number[]) => number[];
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })).map(([at, bit]): Damage => (bytes) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ (1 << bit) : byte))),
  fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })).map(([at, value]): Damage => (bytes) => bytes.map((byte, i) => (i === at % bytes.length ? value : byte))),
  fc.tuple(fc.nat(), fc.constantFrom(...'*?\\')).map(([at, sign]): Damage => (bytes) => bytes.map((byte, i) => (i === at % bytes.length ? sign.charCodeAt(0) : byte))), // what a pattern takes for more
  fc.tuple(fc.nat(), fc.nat(400)).map(([at, length]): Damage => (bytes) => [...bytes.slice(0, at % (bytes.length + 1)), ...bytes.slice((at % (bytes.length + 1)) + length)]),
  fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 })).map(([at, more]): Damage => (bytes) => [...bytes.slice(0, at % (bytes.length + 1)), ...more, ...bytes.slice(at % (bytes.length + 1))]),
  fc.nat().map((at): Damage => (bytes) => bytes.slice(0, at % (bytes.length + 1))),
  fc.nat().map((at): Damage => (bytes) => bytes.map((byte, i) => (i >= (at % bytes.length) - ((at % bytes.length) % 512) ? 0 : byte))), // sectors that were never written
  fc.tuple(fc.nat(), fc.nat()).map(([from, to]): Damage => (bytes) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
    const [moved = ''] = lines.splice(from % lines.length, 1);
    lines.splice(to % (lines.length + 1), 0, moved, ...(to % 3 === 0 ? [moved] : []));
    return [...Buffer.from(lines.join('\r\n'), 'latin1')];
  }),
  fc.constant<Damage>(() => []),
);
