// BitLocker volumes with a Windows and a faulty channel file on them. The file system inside is new every time; the BitLocker
// part is Windows' own where such images lie beside the project, and constructed elsewhere (constructed-volume.ts).
import { mkdir, mkdtemp, open, readFile, readdir, realpath, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { openAesCcm } from '../../../electron/formats/fve/aes-ccm.ts';
import { readFveVolume } from '../../../electron/formats/fve/metadata.ts';
import { stretchKey } from '../../../electron/formats/fve/stretch.ts';
import { listMounts } from './mounts.ts';
import { NoEnd, mustRun, run } from './shell.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** A key on the volume stands after a header: its size, kind and method. */
const KEY_HEADER_BYTES = 12;
const UNMOUNT_MS = 30_000;
const CROWDSTRIKE = 'Windows/System32/drivers/CrowdStrike';
export const FAULTY = 'C-00000291-00000000-00000032.sys';
export const OTHER = 'C-00000285-00000000-00000007.sys';

export type Protector = { readonly keyProtectorId: string; readonly recoveryPassword: string };
/** `madeBy`: who wrote the BitLocker metadata. */
export type LockedVolume = { readonly image: string; readonly protectors: readonly Protector[]; readonly madeBy: 'windows' | 'constructed' };

export type ChannelFile = { readonly name: string; readonly modifiedAt: string; readonly header: string; readonly text: string };
export const FAULTY_FILE: ChannelFile = { name: FAULTY, modifiedAt: '2024-07-19T04:09:00Z', header: 'aaaaaaaa01002301', text: 'constructed faulty content' };
export const OTHER_FILE: ChannelFile = { name: OTHER, modifiedAt: '2024-07-18T09:00:00Z', header: 'aaaaaaaa01001d01', text: 'constructed other channel' };

/** @returns The folder with images whose metadata Windows wrote (images.conf beside them), or null. */
export async function findWindowsImages(): Promise<string | null> {
  const named = process.env['BLUELIFT_BITLOCKER_IMAGES'];
  const around = named === undefined ? (await readdir(dirname(PROJECT))).map((name) => join(dirname(PROJECT), name, 'fixtures', 'bitlk')) : [named];
  for (const folder of around) {
    if ((await readFile(join(folder, 'images.conf'), 'utf8').catch(() => null)) !== null) return folder;
  }
  return null;
}

/** Unpacks one of those images. `name` without `.img.gz`. */
export async function unpackWindowsImage(folder: string, name: string, image: string): Promise<LockedVolume> {
  await writeFile(`${image}.raw`, gunzipSync(await readFile(join(folder, `${name}.img.gz`))));
  await mustRun('cp', ['--sparse=always', `${image}.raw`, image]);
  await rm(`${image}.raw`);
  const section = (await readFile(join(folder, 'images.conf'), 'utf8')).split('[').find((part) => part.startsWith(`${name}]`)) ?? '';
  const value = (key: string): string | undefined => new RegExp(`^${key}=(.+)$`, 'm').exec(section)?.[1];
  const protectors: Protector[] = [];
  for (const key of ['RP', 'RP2']) {
    const recoveryPassword = value(key);
    const id = value(`${key}_VMK_GUID`);
    if (recoveryPassword !== undefined && id !== undefined) protectors.push({ keyProtectorId: id.toUpperCase(), recoveryPassword });
  }
  return { image, protectors, madeBy: 'windows' };
}

/** Makes a new NTFS inside, with a Windows on it. */
export async function fillWithWindows(volume: LockedVolume, files: readonly ChannelFile[]): Promise<void> {
  await withDecrypted(volume, async (decrypted) => { await mustRun('mkntfs', ['-q', '-F', '-Q', '-L', 'Windows', decrypted]); });
  await withOpened(volume, async (root) => {
    await mkdir(join(root, CROWDSTRIKE), { recursive: true });
    await mkdir(join(root, 'Windows/System32/config'), { recursive: true });
    // A marker, not a readable hive.
    await writeFile(join(root, 'Windows/System32/config/SYSTEM'), Buffer.concat([Buffer.from('regf'), Buffer.alloc(4092)]));
    await putChannelFiles(root, files);
  });
}

/** Leaves exactly these files in the recipe's folder of an opened volume. */
export async function putChannelFiles(root: string, files: readonly ChannelFile[]): Promise<void> {
  const folder = join(root, CROWDSTRIKE);
  for (const name of await readdir(folder)) await rm(join(folder, name));
  for (const file of files) {
    await writeFile(join(folder, file.name), Buffer.concat([Buffer.from(file.header, 'hex'), Buffer.from(file.text)]));
    await utimes(join(folder, file.name), new Date(file.modifiedAt), new Date(file.modifiedAt));
  }
}

/** @returns Names in the recipe's folder, read through a fresh opening of the image. */
export async function listChannelFiles(volume: LockedVolume): Promise<string[]> {
  return withOpened(volume, async (root) => (await readdir(join(root, CROWDSTRIKE))).toSorted());
}

/** Copies an image with its holes. */
export async function copyVolume(volume: LockedVolume, image: string): Promise<LockedVolume> {
  await mustRun('cp', ['--sparse=always', volume.image, image]);
  return { ...volume, image };
}

/** Lends the opened file system of a volume. */
export async function withOpened<T>(volume: LockedVolume, use: (root: string) => Promise<T>): Promise<T> {
  return withDecrypted(volume, async (decrypted, folder) => {
    const root = join(folder, 'files');
    await mkdir(root, { recursive: true });
    await mustRun('ntfs-3g', [decrypted, root]);
    try {
      return await use(root);
    } finally {
      await unmount(root);
    }
  });
}

/** Lends the decrypted block device as a file, under a folder beside the image. */
async function withDecrypted<T>(volume: LockedVolume, use: (decrypted: string, folder: string) => Promise<T>): Promise<T> {
  const protector = volume.protectors[0];
  if (protector === undefined) throw new Error('a locked volume without a recovery password');
  const folder = await mkdtemp(`${volume.image}-open-`);
  const plain = join(folder, 'plain');
  await mkdir(plain);
  if (!(await openWithDislocker(volume.image, protector.recoveryPassword, plain))) throw new Error('dislocker does not open the volume with its own recovery password');
  try {
    return await use(join(plain, 'dislocker-file'), folder);
  } finally {
    await unmount(plain);
    await rmdir(join(folder, 'files')).catch(() => {});
    await rmdir(plain);
    await rmdir(folder);
  }
}

/**
 * @returns Whether the recovery password opened the image; then `folder/dislocker-file` is its plain text.
 *
 * dislocker 0.7.3 tries the first recovery password protector only. For another one the volume master key is taken out by the
 * project's own reader, and dislocker opens the volume with that: a wrong recovery password yields no key.
 */
export async function openWithDislocker(image: string, recoveryPassword: string, folder: string): Promise<boolean> {
  if ((await run('dislocker', ['-q', '-V', image, `-p${recoveryPassword}`, '--', folder])).exitCode === 0) return true;
  const masterKey = await findMasterKey(image, recoveryPassword);
  if (masterKey === null) return false;
  const keyFile = `${image}.vmk`;
  await writeFile(keyFile, masterKey, { mode: 0o600 });
  try {
    return (await run('dislocker', ['-q', '-V', image, '-K', keyFile, '--', folder])).exitCode === 0;
  } finally {
    await rm(keyFile);
  }
}

async function findMasterKey(image: string, recoveryPassword: string): Promise<Uint8Array | null> {
  const parsed = parseRecoveryPassword(recoveryPassword);
  if (parsed.status !== 'ok') return null;
  const file = await open(image);
  try {
    const read = await readFveVolume(async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    }, 0);
    if (read.status !== 'volume') return null;
    for (const { lock } of read.volume.protectors) {
      if (lock === null) continue;
      const stretching = stretchKey(Uint8Array.from(recoveryPasswordToBytes(parsed.recoveryPassword)), lock.salt);
      let step = stretching.next();
      while (step.done !== true) step = stretching.next();
      const plain = openAesCcm(step.value, lock.sealedKey);
      if (plain !== null) return plain.subarray(KEY_HEADER_BYTES);
    }
    return null;
  } finally {
    await file.close();
  }
}

/** Unmounts; a FUSE mount may be busy for a moment after its last user. @throws NoEnd when it stays so. */
export async function unmount(folder: string): Promise<void> {
  const real = join(await realpath(dirname(folder)), basename(folder)); // the folder itself is the one that may not answer
  for (const end = performance.now() + UNMOUNT_MS; performance.now() < end;) {
    if (!(await listMounts(real)).includes(real)) return;
    if ((await run('umount', [folder], { timeoutMs: UNMOUNT_MS })).exitCode === 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new NoEnd(`${folder} stays mounted`);
}
