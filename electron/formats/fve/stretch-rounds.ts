// The rounds of BitLocker's key stretching as a WebAssembly module that is written out here, instruction by instruction.
// Written as JavaScript (no rotations, no unsigned words) they take 4.8 times the processor time of cryptsetup; so they take 2.9 times.
// Source: FIPS 180-4 §6.2.2; the module's form is that of the WebAssembly core specification 1.0, §5.

/** 88 bytes a round: last hash (8 words), first hash (8 words), salt (4 words), count (64 bits little-endian). */
export interface StretchRounds {
  /** The words of last hash, first hash and salt, in the order of the bytes' big-endian words; secret, to be wiped by who filled it. */
  readonly words: Int32Array;
  /** @param from First round. @param to Round after the last one. The last hash then stands in `words`. */
  readonly run: (from: number, to: number) => void;
}

/** @returns A calculator of its own: nothing is shared with another. */
export function openStretchRounds(): StretchRounds {
  const instance = new WebAssembly.Instance(compiled());
  const { memory, run } = instance.exports as unknown as { memory: WebAssembly.Memory; run: StretchRounds['run'] }; // as the module below exports them
  return { words: new Int32Array(memory.buffer, 0, WORDS), run };
}

const WORDS = 20;
let module: WebAssembly.Module | null = null;
const compiled = (): WebAssembly.Module => (module ??= new WebAssembly.Module(writeModule()));

type Code = readonly number[];
/** A word of the message schedule: known while the module is written, or in a local. */
type Word = { readonly known: number } | { readonly local: number };

const primes = [...function* () {
  for (let candidate = 2; ; candidate += 1) if (!Array.from({ length: candidate - 2 }, (_, n) => n + 2).some((divisor) => candidate % divisor === 0)) yield candidate;
}().take(64)];
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;
const INITIAL = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND_CONSTANTS = primes.map((prime) => fraction(Math.cbrt(prime)));

// Locals: the two parameters, then words.
const ROUND = 0, END = 1, LAST = 2, FIRST = 10, SALT = 18, MIDDLE = 22, STATE = 30, SCHEDULE = 38, DIFFERENCE = 54, LOCALS = 54;

const signed = (value: number): Code => {
  const bytes: number[] = [];
  for (let rest = value | 0; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
};
const unsigned = (value: number): Code => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]);
const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number): Code => [0x21, ...unsigned(local)];
const constant = (value: number): Code => [0x41, ...signed(value)];
const ADD = 0x6a, AND = 0x71, OR = 0x72, XOR = 0x73, SHIFT_RIGHT = 0x76, ROTATE_RIGHT = 0x78;
const rotated = (value: Code, by: number): Code => [...value, ...constant(by), ROTATE_RIGHT];
const load = (word: number, local: number): Code => [...constant(0), 0x28, 2, ...unsigned(word * 4), ...set(local)];
const store = (word: number, local: number): Code => [...constant(0), ...get(local), 0x36, 2, ...unsigned(word * 4)];
const eight = (of: (n: number) => Code): Code => Array.from({ length: 8 }, (_, n) => of(n)).flat();

/** Rotations and one shift, as they make the schedule. */
function mixed(word: Word, one: number, two: number, shift: number): Word | Code {
  if ('known' in word) {
    const turn = (by: number): number => (word.known >>> by) | (word.known << (32 - by));
    return { known: (turn(one) ^ turn(two) ^ (word.known >>> shift)) | 0 };
  }
  const value = get(word.local);
  return [...rotated(value, one), ...rotated(value, two), XOR, ...value, ...constant(shift), SHIFT_RIGHT, XOR];
}

/** The sum of words and code; what is known is added here, not there. */
function sum(parts: readonly (Word | Code)[]): Word | Code {
  let known = 0;
  const codes: Code[] = [];
  for (const part of parts) {
    if ('known' in part) known = (known + part.known) | 0;
    else codes.push('local' in part ? get(part.local) : part);
  }
  if (codes.length === 0) return { known };
  if (known !== 0) codes.push(constant(known));
  return codes.flatMap((code, index) => (index === 0 ? code : [...code, ADD]));
}

/** One block: the words of the message, and where the hash so far comes from; what is to be added to that is left in the state locals. */
function compressed(message: readonly Word[], hash: (n: number) => Code): Code {
  const W = [...message];
  // The majority of a, b and c is b ^ ((a ^ b) & (b ^ c)), and b ^ c is a ^ b of the round before.
  const code: number[] = [...eight((n) => [...hash(n), ...set(STATE + n)]), ...get(STATE + 1), ...get(STATE + 2), XOR, ...set(DIFFERENCE + 1)];
  for (let t = 0; t < 64; t += 1) {
    const at = t % 16;
    const of = (back: number): Word => W[(t - back) % 16] ?? { known: 0 };
    if (t >= 16) {
      const next = sum([of(16), of(7), mixed(of(15), 7, 18, 3), mixed(of(2), 17, 19, 10)]);
      if ('known' in next) W[at] = next;
      else if (!('local' in next)) { code.push(...next, ...set(SCHEDULE + at)); W[at] = { local: SCHEDULE + at }; }
    }
    const [a, b, , d, e, f, g, h] = Array.from({ length: 8 }, (_, n) => STATE + ((n - (t % 8) + 8) % 8)) as [number, number, number, number, number, number, number, number]; // eight
    const word: Word = W[at] ?? { known: 0 };
    const added = sum([word, { known: ROUND_CONSTANTS[t] ?? 0 }]);
    // What does not wait for the round before is added first: the processor does it meanwhile.
    code.push(
      ...get(h), ...('known' in added ? constant(added.known) : 'local' in added ? get(added.local) : added), ADD, ...get(g), ...get(e), ...get(f), ...get(g), XOR, AND, XOR, ADD,
      ...rotated(get(e), 6), ...rotated(get(e), 11), XOR, ...rotated(get(e), 25), XOR, ADD, ...set(h),
      ...get(d), ...get(h), ADD, ...set(d),
      ...rotated(get(a), 2), ...rotated(get(a), 13), XOR, ...rotated(get(a), 22), XOR,
      ...get(a), ...get(b), XOR, 0x22, ...unsigned(DIFFERENCE + (t % 2)), ...get(DIFFERENCE + ((t + 1) % 2)), AND, ...get(b), XOR, ADD, ...get(h), ADD, ...set(h),
    );
  }
  return code;
}

function writeModule(): Uint8Array<ArrayBuffer> {
  const firstBlock = compressed(Array.from({ length: 16 }, (_, n) => ({ local: (n < 8 ? LAST : FIRST - 8) + n })), (n) => constant(INITIAL[n] ?? 0));
  const padding = [{ known: 0 }, { known: 0x80000000 | 0 }, ...Array.from({ length: 8 }, () => ({ known: 0 })), { known: 88 * 8 }];
  const secondBlock = compressed([...Array.from({ length: 4 }, (_, n) => ({ local: SALT + n })), { local: SCHEDULE + 4 }, ...padding], (n) => get(MIDDLE + n));
  // The count is little-endian in a message of big-endian words.
  const swapped: Code = [...rotated(get(ROUND), 24), ...constant(0x00ff00ff), AND, ...rotated(get(ROUND), 8), ...constant(0xff00ff00 | 0), AND, OR, ...set(SCHEDULE + 4)];
  const body: Code = [
    1, ...unsigned(LOCALS), 0x7f, // that many locals of 32 bits
    ...Array.from({ length: WORDS }, (_, n) => load(n, LAST + n)).flat(),
    0x03, 0x40, // loop
    ...firstBlock, ...eight((n) => [...constant(INITIAL[n] ?? 0), ...get(STATE + n), ADD, ...set(MIDDLE + n)]),
    ...swapped, ...secondBlock, ...eight((n) => [...get(MIDDLE + n), ...get(STATE + n), ADD, ...set(LAST + n)]),
    ...get(ROUND), ...constant(1), ADD, 0x22, ROUND, ...get(END), 0x48, 0x0d, 0, 0x0b, // round + 1 < end: again
    ...eight((n) => store(n, LAST + n)), 0x0b,
  ];
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
  const name = (text: string): Code => [text.length, ...Buffer.from(text, 'latin1')];
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 2, 0x7f, 0x7f, 0]), // one type: two words in, nothing out
    ...section(3, [1, 0]), ...section(5, [1, 1, 1, 1]), // one function, one page of memory
    ...section(7, [2, ...name('memory'), 2, 0, ...name('run'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}
