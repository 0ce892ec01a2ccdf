// Files that a page hands over, kept in a private folder of the desk until they were used, the vault closes or the desk ends.
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RemoteError } from '../api/client.ts';
import type { ReceivedFile } from '../api/http-client.ts';

export const FILE_PURPOSES = ['intake', 'base', 'results'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

export interface ReceivedFiles {
  /** @param name Untrusted; the stored file keeps what is harmless of it. RemoteError `disk-full`, `file-unreadable`; nothing is left then. */
  receive(source: Readable, purpose: FilePurpose, name: string): Promise<ReceivedFile>;
  /** Removes those of the paths that were received for one use (intake, results); other files are never touched. */
  release(paths: readonly string[]): void;
  /** Removes all. */
  clear(): void;
}

/**
 * @param folder Kept with mode 0700, one folder in it for each running host. What hosts left there that no longer run is removed now.
 */
export function keepReceivedFiles(folder: string, processId: number = process.pid): ReceivedFiles {
  const mine = join(folder, String(processId));
  const purposes = new Map<string, FilePurpose>();
  removeLeftovers(folder, processId);

  return {
    async receive(source, purpose, name) {
      const place = join(mine, randomBytes(8).toString('hex'));
      const path = join(place, safeName(name));
      try {
        mkdirSync(place, { recursive: true, mode: 0o700 });
        const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
        await pipeline(source, file);
        purposes.set(path, purpose);
        return { path, name: basename(path), sizeBytes: file.bytesWritten };
      } catch (cause) {
        rmSync(place, { recursive: true, force: true });
        throw new RemoteError({ code: hasCode(cause, 'ENOSPC') ? 'disk-full' : 'file-unreadable', facts: { path: basename(path) } });
      }
    },
    release(paths) {
      for (const path of paths) {
        const purpose = purposes.get(path);
        if (purpose === undefined || purpose === 'base') continue;
        purposes.delete(path);
        rmSync(dirname(path), { recursive: true, force: true });
      }
    },
    clear() {
      purposes.clear();
      rmSync(mine, { recursive: true, force: true });
    },
  };
}

/** Keeps letters, digits and harmless marks; what is left may be empty or only dots. */
export function safeName(name: string): string {
  const kept = (name.split(/[/\\]/).pop() ?? '').replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_').slice(-120);
  return /^[. ]*$/.test(kept) ? 'file' : kept;
}

function removeLeftovers(folder: string, processId: number): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (Number(name) === processId || !isRunning(Number(name))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return Number.isSafeInteger(processId) && processId > 0 && process.kill(processId, 0);
  } catch (error) {
    return hasCode(error, 'EPERM'); // there, but somebody else's
  }
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
