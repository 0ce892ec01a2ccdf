// The manifest of a medium: every file on it but results, with size and SHA-256, so that anybody can check it.

import { z } from 'zod';

export type ManifestFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** `path` with `/`. The manifest itself and `bluelift/results/` are not in it. */
export type Manifest = { readonly mediaId: string; readonly createdAt: string; readonly auditHead: string | null; readonly files: readonly ManifestFile[] };

/** The largest a manifest is read: 70,000 shards and some. */
export const MOST_MANIFEST_BYTES = 32 * 1024 * 1024;
const FORMAT = 'bluelift-manifest 1';

const manifestShape = z.object({
  format: z.literal(FORMAT), mediaId: z.string().max(64), createdAt: z.string().max(40), auditHead: z.string().max(200).nullable(),
  files: z.array(z.object({ path: z.string().min(1).max(1000), sizeBytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(100_000),
});

/** @returns JSON with one file a line, so that a person can read and compare it; files by path, ASCII. */
export function formatManifest(manifest: Manifest): Uint8Array {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const head = { format: FORMAT, mediaId: manifest.mediaId, createdAt: manifest.createdAt, auditHead: manifest.auditHead };
  const lines = files.map(({ path, sizeBytes, sha256 }) => `    ${JSON.stringify({ path, sizeBytes, sha256 })}`);
  const text = `{\n${Object.entries(head).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},\n`).join('')}  "files": [\n${lines.join(',\n')}\n  ]\n}\n`;
  return new TextEncoder().encode(text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** @returns The manifest, or null when the bytes are none. Untrusted: whoever can write to the medium can write this too. */
export function parseManifest(bytes: Uint8Array): Manifest | null {
  try {
    const { mediaId, createdAt, auditHead, files } = manifestShape.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return { mediaId, createdAt, auditHead, files };
  } catch {
    return null;
  }
}
