import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Samba's sockets have short names: a folder with a long path does not do. */
export const makeTemporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'bl-dc-'));
