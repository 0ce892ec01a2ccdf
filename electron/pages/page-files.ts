// The built window as files in memory: what is served is what was listed at the start, so no path can lead anywhere else.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface PageFile { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
/** By URL path: `/` and `/assets/….js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8',
};

/** @param folder dist/renderer. Throws what reading the folder throws when it was not built. */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = { type: TYPES[extname(path)] ?? 'application/octet-stream', bytes: new Uint8Array(readFileSync(path)) };
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(url, file);
    if (url === '/index.html') files.set('/', file);
  }
  return files;
}
