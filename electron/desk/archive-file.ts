// The bytes of an archive by their place, for whoever takes it apart. What lies side by side, as its directory does and small members do, is read from disk once.
// A read waits for the disk: an archive is opened by threads that read.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

const WINDOW_BYTES = 256 * 1024;
/** Of what is streamed. */
const PIECE_BYTES = 64 * 1024;

export class ArchiveFile extends RandomAccessReader {
  readonly sizeBytes: number;
  readonly #file: number;
  #room: Buffer = Buffer.alloc(0);
  /** What of it was read, and from where. */
  #filled = 0;
  #from = 0;

  /** Throws what the file system says. */
  constructor(path: string) {
    super();
    this.#file = openSync(path, 'r');
    this.sizeBytes = fstatSync(this.#file).size;
  }

  /** @returns Bytes that are good until the next call; fewer than asked for at the end of the file. Throws what the file system says. */
  readAt(position: number, length: number): Buffer {
    if (position < this.#from || position + length > this.#from + this.#filled) {
      const wanted = Math.min(Math.max(length, WINDOW_BYTES), Math.max(0, this.sizeBytes - position));
      if (this.#room.length < wanted) {
        this.#room.fill(0);
        this.#room = Buffer.allocUnsafeSlow(wanted);
      }
      this.#from = position;
      this.#filled = 0;
      for (let more = -1; more !== 0 && this.#filled < wanted; this.#filled += more) more = readSync(this.#file, this.#room, this.#filled, wanted - this.#filled, position + this.#filled);
    }
    return this.#room.subarray(position - this.#from, Math.min(position - this.#from + length, this.#filled));
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    let error: Error | null = null;
    try {
      if (this.readAt(position, length).copy(buffer, offset) < length) error = new Error('unexpected end of the archive');
    } catch (cause) {
      error = cause instanceof Error ? cause : new Error(String(cause));
    }
    callback(error);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  * #pieces(start: number, end: number): Generator<Buffer> {
    for (let at = start; at < end; ) {
      const piece = Buffer.from(this.readAt(at, Math.min(PIECE_BYTES, end - at)));
      if (piece.length === 0) return;
      at += piece.length;
      yield piece;
    }
  }

  override close(callback: (error: Error | null) => void): void {
    this.#room.fill(0);
    closeSync(this.#file);
    callback(null);
  }
}
