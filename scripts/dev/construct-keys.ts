// Constructs a hand-over of recovery passwords: a CSV as CrowdStrike's exporter writes it, the same for the same seed. Nobody's data.
//
//   node scripts/dev/construct-keys.ts FILE RECORDS [HOSTS [SEED]]
import { createCipheriv, createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

export interface ConstructedKeys {
  readonly records: number;
  readonly hosts: number;
  readonly seed: string;
  /** `by-host`: all keys of a host together, as exporters write them. `shuffled`: hosts in no order. */
  readonly order?: 'by-host' | 'shuffled';
}

export interface ConstructedKey { readonly hostname: string; readonly keyProtectorId: string; readonly recoveryPassword: string }

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @returns Keys one after another; their recovery passwords are right and belong to nobody. */
export function* constructKeys({ records, hosts, seed, order = 'by-host' }: ConstructedKeys): Generator<ConstructedKey> {
  const draw = openDraw(seed);
  const keysOfHost = Math.max(1, Math.ceil(records / hosts));
  for (let n = 0; n < records; n += 1) {
    const bytes = draw(34);
    const host = order === 'by-host' ? Math.floor(n / keysOfHost) : bytes.readUInt16LE(32) * 65_536 + bytes.readUInt16LE(30);
    const hex = bytes.toString('hex', 0, 16).toUpperCase();
    const groups = Array.from({ length: 8 }, (_, group) => String(bytes.readUInt16LE(16 + 2 * group) * 11).padStart(6, '0'));
    yield {
      hostname: defaultName(host % hosts, seed), keyProtectorId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
      recoveryPassword: groups.join('-'),
    };
  }
}

/** Windows' own way to name a computer: `DESKTOP-` and seven letters or digits. Different for different numbers. */
export function defaultName(n: number, seed: string): string {
  const span = LETTERS.length ** 7;
  let mixed = (n * 40_503_770_489 + createSeedNumber(seed)) % span; // a factor without a common divisor with 36: every name once
  let name = '';
  for (let i = 0; i < 7; i += 1) {
    name += LETTERS.charAt(mixed % LETTERS.length);
    mixed = Math.floor(mixed / LETTERS.length);
  }
  return `DESKTOP-${name}`;
}

/** Writes the file. Rows: `Hostname` as a distinguished name, `KeyID`, `RecoveryKey`, `Directory`. */
export function writeConstructedCsv(path: string, keys: ConstructedKeys): void {
  const file = openSync(path, 'w', 0o600);
  let text = '"Hostname","KeyID","RecoveryKey","Directory"\r\n';
  for (const { hostname, keyProtectorId, recoveryPassword } of constructKeys(keys)) {
    text += `"CN=${hostname},OU=Clients,DC=constructed,DC=example","${keyProtectorId}","${recoveryPassword}","ActiveDirectory"\r\n`;
    if (text.length > 1_000_000) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}

const createSeedNumber = (seed: string): number => createHash('sha256').update(seed).digest().readUInt32LE(0);

/** Bytes that look like chance and are the same for the same seed: the key stream of AES-CTR. */
function openDraw(seed: string): (count: number) => Buffer {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  let pool = Buffer.alloc(0);
  return (count) => {
    if (pool.length < count) pool = Buffer.concat([pool, cipher.update(Buffer.alloc(65_536))]);
    const drawn = pool.subarray(0, count);
    pool = pool.subarray(count);
    return drawn;
  };
}

if (import.meta.main) {
  const [path, records, hosts, seed] = process.argv.slice(2);
  if (path === undefined || !(Number(records) > 0)) {
    process.stderr.write('construct-keys.ts FILE RECORDS [HOSTS [SEED]]\n');
    process.exitCode = 2;
  } else writeConstructedCsv(path, { records: Number(records), hosts: Number(hosts ?? Math.ceil(Number(records) / 4)), seed: seed ?? 'constructed' });
}
