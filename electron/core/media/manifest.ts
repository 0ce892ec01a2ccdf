// The manifest of a medium: every file on it but results, with size and SHA-256, so that anybody can check it.

import { z } from 'zod';

export type ManifestFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** What a loader on the medium said of itself when it was built (loaders.ts). */
export type ManifestLoader = { readonly name: string; readonly signedUnder: readonly string[]; readonly securityVersion: string | null };
/**
 * `path` with `/`. The manifest itself and `bluelift/results/` are not in it. `secondFiles`: on the second partition, where there is one.
 */
export type Manifest = {
  readonly mediaId: string; readonly createdAt: string; readonly auditHead: string | null; readonly loaders: readonly ManifestLoader[];
  readonly files: readonly ManifestFile[]; readonly secondFiles: readonly ManifestFile[];
};

/** The largest a manifest is read: 70,000 shards and some. */
export const MOST_MANIFEST_BYTES = 32 * 1024 * 1024;
const FORMAT = 'bluelift-manifest 1';

const fileShape = z.object({ path: z.string().min(1).max(1000), sizeBytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const manifestShape = z.object({
  format: z.literal(FORMAT), mediaId: z.string().max(64), createdAt: z.string().max(40), auditHead: z.string().max(200).nullable(),
  loaders: z.array(z.object({ name: z.string().max(200), signedUnder: z.array(z.string().max(100)).max(20), securityVersion: z.string().max(40).nullable() })).max(8).default([]),
  files: z.array(fileShape).max(100_000), secondFiles: z.array(fileShape).max(1_000).default([]),
});

/** @returns JSON with one file a line, so that a person can read and compare it; files by path, ASCII. */
export function formatManifest(manifest: Manifest): Uint8Array {
  const { mediaId, createdAt, auditHead, loaders } = manifest;
  const head = { format: FORMAT, mediaId, createdAt, auditHead, loaders: loaders.map(({ name, signedUnder, securityVersion }) => ({ name, signedUnder, securityVersion })) };
  const second = manifest.secondFiles.length === 0 ? '' : `,\n  "secondFiles": [\n${fileLines(manifest.secondFiles)}\n  ]`;
  const text = `{\n${Object.entries(head).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},\n`).join('')}  "files": [\n${fileLines(manifest.files)}\n  ]${second}\n}\n`;
  return new TextEncoder().encode(text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

function fileLines(files: readonly ManifestFile[]): string {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, sizeBytes, sha256 }) => `    ${JSON.stringify({ path, sizeBytes, sha256 })}`).join(',\n');
}

/** @returns The manifest, or null when the bytes are none. Untrusted: whoever can write to the medium can write this too. */
export function parseManifest(bytes: Uint8Array): Manifest | null {
  try {
    const { mediaId, createdAt, auditHead, loaders, files, secondFiles } = manifestShape.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return { mediaId, createdAt, auditHead, loaders, files, secondFiles };
  } catch {
    return null;
  }
}
