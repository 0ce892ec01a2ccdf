// Unpacks gzip piece by piece, nothing ever written to disk. What is packed is untrusted.
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../core/app-error.ts';
import type { Declined } from '../formats/intake/intake.ts';

/** As of a member of a zip archive (zip-archive.ts). */
const BOMB_BYTES = 64 * 1024 * 1024;
const BOMB_TIMES = 200;
const LARGEST = 4 * 1024 ** 3;

/**
 * @param packed Its bytes; what they throw passes through.
 * @returns What is packed, of several streams one after the other all of it, in pieces. AppError after everything that could be unpacked: `file-unreadable`
 *          (`cut-off`, `archive-damaged`), `file-not-recognised` (`member-bomb`).
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  let read = 0;
  let unpacked = 0;
  const failure: { of: unknown } = { of: null };
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of packed) {
        read += chunk.length;
        yield chunk;
      }
    } catch (cause) {
      failure.of = cause;
      throw cause;
    }
  }
  // Whoever reads the stream is told of its failure.
  const stream = pipeline(counted, createGunzip(), () => undefined);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) { // a stream of bytes
      unpacked += chunk.length;
      if (unpacked > LARGEST || (unpacked > BOMB_BYTES && unpacked > read * BOMB_TIMES)) throw new AppError('file-not-recognised', { path, why: 'member-bomb' satisfies Declined });
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (failure.of !== null) throw failure.of;
    throw new AppError('file-unreadable', { path, why: isCutOff(cause) ? 'cut-off' : 'archive-damaged' }, { cause });
  } finally {
    stream.destroy();
  }
}

const isCutOff = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
