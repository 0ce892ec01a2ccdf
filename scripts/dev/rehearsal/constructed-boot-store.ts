// A boot store (BCD) as a registry hive of this project's own making, with the entries a Windows host has: enough for the agent to read
// and for libhivex, which shares no line with either, to open and change. What Windows itself writes has been seen by neither.

/** @source As in agent/boot-store.ts; cells, bins and checksum as libhivex describes them. */
export type BootObject = { readonly id: string; readonly type: number; readonly elements: Readonly<Record<string, readonly number[]>> };

export const WINDOWS_ENTRY = '{1afa9c49-16ab-4a5c-901b-212802da9460}';
export const OLD_WINDOWS_ENTRY = '{2b0bad5a-27bc-5b6d-a12c-323913eb0571}';
export const RECOVERY_ENTRY = '{3c1cbe6b-38cd-6c7e-b23d-434024fc1682}';
const BOOT_MANAGER = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}';
const LOADER = 0x10200003;
export const SAFE_BOOT_ELEMENT = '25000080';
const NETWORK = [1, 0, 0, 0, 0, 0, 0, 0];

/** What a host has: the boot manager, a Windows (two with `isDualBoot`), the recovery environment. `flagged`: entries that have the safe-boot flag. */
export function makeBootStore(options: { readonly isDualBoot?: boolean; readonly flagged?: readonly string[] } = {}): Uint8Array {
  const loader = (id: string, isPe = false): BootObject => ({
    id, type: LOADER, elements: {
      12000002: utf16('\\Windows\\system32\\winload.efi'), ...(isPe ? { 26000022: [1] } : {}), ...(options.flagged?.includes(id) === true ? { [SAFE_BOOT_ELEMENT]: NETWORK } : {}),
    },
  });
  return makeHive([
    { id: BOOT_MANAGER, type: 0x10100002, elements: { 12000002: utf16('\\EFI\\Microsoft\\Boot\\bootmgfw.efi') } },
    loader(WINDOWS_ENTRY), ...(options.isDualBoot === true ? [loader(OLD_WINDOWS_ENTRY)] : []), loader(RECOVERY_ENTRY, true),
  ]);
}

const BLOCK = 4096;
const NONE = 0xffffffff;
const BIN_BYTES = 16 * BLOCK;
const DWORD = 4;
const BINARY = 3;

type Key = { readonly name: string; readonly keys: readonly Key[]; readonly values: readonly { readonly name: string; readonly type: number; readonly data: readonly number[] }[] };

function makeHive(objects: readonly BootObject[]): Uint8Array {
  const root: Key = {
    name: 'NewStoreRoot', values: [], keys: [
      { name: 'Description', keys: [], values: [{ name: 'KeyName', type: 1, data: utf16('BCD00000000') }, { name: 'System', type: DWORD, data: dword(1) }] },
      { name: 'Objects', values: [], keys: objects.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, type, elements }) => ({
        name: id, values: [], keys: [
          { name: 'Description', keys: [], values: [{ name: 'Type', type: DWORD, data: dword(type) }] },
          { name: 'Elements', values: [], keys: Object.entries(elements).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, data]) => ({ name, keys: [], values: [{ name: 'Element', type: BINARY, data }] })) },
        ],
      })) },
    ],
  };
  return new HiveWriter().write(root);
}

class HiveWriter {
  readonly #bytes = Buffer.alloc(BLOCK + BIN_BYTES);
  #next = BLOCK + 0x20;
  #security = 0;

  write(root: Key): Uint8Array {
    const descriptor = Buffer.alloc(20);
    descriptor.writeUInt8(1, 0);
    descriptor.writeUInt16LE(0x8000, 2);
    this.#security = this.#cell(20 + descriptor.length);
    this.#put(this.#security, 'sk');
    for (const [at, value] of [[4, this.#security], [8, this.#security], [12, 1], [16, descriptor.length]] as const) this.#bytes.writeUInt32LE(value, this.#at(this.#security) + at);
    descriptor.copy(this.#bytes, this.#at(this.#security) + 20);
    const cell = this.#key(root, 0, true);
    // What is left of the bin is one free cell.
    if (this.#next < this.#bytes.length) this.#bytes.writeInt32LE(this.#bytes.length - this.#next, this.#next);
    this.#bytes.write('hbin', BLOCK, 'latin1');
    this.#bytes.writeUInt32LE(BIN_BYTES, BLOCK + 8);
    this.#header(cell);
    return this.#bytes;
  }

  #header(root: number): void {
    this.#bytes.write('regf', 0, 'latin1');
    for (const [at, value] of [[0x04, 1], [0x08, 1], [0x14, 1], [0x18, 3], [0x20, 1], [0x24, root], [0x28, BIN_BYTES], [0x2c, 1]] as const) this.#bytes.writeUInt32LE(value, at);
    let sum = 0;
    for (let at = 0; at < 0x1fc; at += 4) sum ^= this.#bytes.readUInt32LE(at);
    this.#bytes.writeUInt32LE(sum >>> 0, 0x1fc);
  }

  /** @returns The cell's offset from the first bin, as everything in a hive refers to it. */
  #cell(contentBytes: number): number {
    const size = Math.ceil((contentBytes + 4) / 8) * 8;
    const at = this.#next;
    this.#next += size;
    if (this.#next > this.#bytes.length) throw new Error('the constructed boot store is too small for its entries');
    this.#bytes.writeInt32LE(-size, at);
    return at - BLOCK;
  }

  #at(cell: number): number {
    return BLOCK + cell + 4;
  }

  #put(cell: number, text: string, at = 0): void {
    this.#bytes.write(text, this.#at(cell) + at, 'latin1');
  }

  #key(key: Key, parent: number, isRoot: boolean): number {
    const cell = this.#cell(0x4c + key.name.length);
    const at = this.#at(cell);
    this.#put(cell, 'nk');
    this.#bytes.writeUInt16LE(isRoot ? 0x2c : 0x20, at + 2);
    const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => 2 * text.length));
    const fields = [
      [0x10, parent], [0x14, key.keys.length], [0x1c, NONE], [0x20, NONE], [0x24, key.values.length], [0x28, NONE], [0x2c, this.#security], [0x30, NONE],
      [0x34, longest(key.keys.map(({ name }) => name))], [0x3c, longest(key.values.map(({ name }) => name))], [0x40, Math.max(0, ...key.values.map(({ data }) => data.length))],
    ] as const;
    for (const [field, value] of fields) this.#bytes.writeUInt32LE(value, at + field);
    this.#bytes.writeUInt16LE(key.name.length, at + 0x48);
    this.#put(cell, key.name, 0x4c);
    if (key.values.length > 0) this.#bytes.writeUInt32LE(this.#values(key.values), at + 0x28);
    if (key.keys.length > 0) {
      const list = this.#cell(4 + 8 * key.keys.length);
      this.#put(list, 'lf');
      this.#bytes.writeUInt16LE(key.keys.length, this.#at(list) + 2);
      for (const [index, child] of key.keys.entries()) {
        this.#bytes.writeUInt32LE(this.#key(child, cell, false), this.#at(list) + 4 + 8 * index);
        this.#put(list, child.name.slice(0, 4), 8 + 8 * index);
      }
      this.#bytes.writeUInt32LE(list, at + 0x1c);
    }
    this.#bytes.writeUInt32LE(this.#bytes.readUInt32LE(this.#at(this.#security) + 12) + 1, this.#at(this.#security) + 12);
    return cell;
  }

  #values(values: Key['values']): number {
    const list = this.#cell(4 * values.length);
    for (const [index, { name, type, data }] of values.entries()) {
      const cell = this.#cell(0x14 + name.length);
      const at = this.#at(cell);
      this.#put(cell, 'vk');
      this.#bytes.writeUInt16LE(name.length, at + 2);
      this.#bytes.writeUInt32LE(type, at + 0x0c);
      this.#bytes.writeUInt16LE(1, at + 0x10);
      this.#put(cell, name, 0x14);
      if (data.length <= 4) {
        this.#bytes.writeUInt32LE(0x80000000 + data.length, at + 4);
        Buffer.from(data).copy(this.#bytes, at + 8);
      } else {
        const content = this.#cell(data.length);
        Buffer.from(data).copy(this.#bytes, this.#at(content));
        this.#bytes.writeUInt32LE(data.length, at + 4);
        this.#bytes.writeUInt32LE(content, at + 8);
      }
      this.#bytes.writeUInt32LE(cell, this.#at(list) + 4 * index);
    }
    return list;
  }
}

const utf16 = (text: string): number[] => [...Buffer.from(`${text}\0`, 'utf16le')];
const dword = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
