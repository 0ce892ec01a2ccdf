// What is mounted, from the kernel's own list: asking the file system itself waits for ever where its server hangs.
import { readFile, realpath, rm } from 'node:fs/promises';

/** @returns The mounts at this folder and below it, an outer one before those in it. `folder` without symbolic links. */
export async function listMounts(folder: string): Promise<string[]> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  return mounts.filter((mount) => mount === folder || mount.startsWith(`${folder}/`));
}

/** Removes a folder of the rehearsal, never through a mount. @throws Error naming it when something is mounted in it. */
export async function removeFolder(folder: string): Promise<void> {
  const real = await realpath(folder);
  if ((await listMounts(real)).length > 0) throw new Error(`${real} is left as it is: something is still mounted in it`);
  await rm(real, { recursive: true, force: true });
}
