// The JSON text of a request, up to a bound.
import type { IncomingMessage } from 'node:http';
import { RemoteError } from '../api/client.ts';

/** Holds the longest input of the contract that people really send: a scope of 200,000 hosts with names of up to 17 characters. */
export const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/** @returns The text. RemoteError `invalid-input` with the bound when it is longer; the rest is not read. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const tooLong = (): never => {
    throw new RemoteError({ code: 'invalid-input', facts: { largestBytes: LARGEST_BODY_BYTES } });
  };
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY_BYTES) tooLong();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) { // no encoding is set, so every chunk is a Buffer
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES) tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
