// A loop device over a file of its own: a disk as the kernel sees one, and nothing of this computer is on it.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, truncateSync } from 'node:fs';

export interface LoopDevice extends Disposable { readonly path: string; readonly file: string; readonly sizeBytes: number }

/** @param file Made here, sparse; gone with the device. */
export function attachLoop(file: string, sizeBytes: number): LoopDevice {
  closeSync(openSync(file, 'wx'));
  truncateSync(file, sizeBytes);
  const path = execFileSync('losetup', ['--find', '--show', '--direct-io=on', file], { encoding: 'utf8' }).trim();
  if (!/^\/dev\/loop\d+$/.test(path)) throw new Error(`losetup gave ${path}`);
  return {
    path, file, sizeBytes,
    [Symbol.dispose]() {
      try { execFileSync('losetup', ['--detach', path], { stdio: 'ignore' }); } catch { /* a test detached it */ }
      rmSync(file, { force: true });
    },
  };
}
