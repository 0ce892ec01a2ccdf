// A medium's files laid out in a folder: as medium-layout.md says, without the boot files.
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { formatFieldLines } from '../../../electron/core/media/field-lines.ts';
import { makePasscode } from '../../../electron/core/media/passcode.ts';
import type { Passcode } from '../../../electron/core/media/passcode.ts';
import { buildSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle.ts';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { formatRecipe } from '../../../electron/core/recipes/recipe.ts';
import type { Protector } from './locked-volume.ts';

export type LaidMedium = { readonly folder: string; readonly mediaId: string; readonly passcodes: readonly Passcode[]; readonly recordKeys: ReadonlyMap<number, Uint8Array> };

/** Lays out a medium anew in a folder. `fillers`: further entries in the bundle, of hosts that are not there. */
export async function layMedium(folder: string, protectors: readonly Protector[], options: { readonly language?: 'en' | 'de'; readonly fillers?: number; readonly slots?: number } = {}): Promise<LaidMedium> {
  const root = join(folder, 'bluelift');
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, 'results'), { recursive: true });
  const mediaId = 'BL-RHRSL';
  const passcodes = Array.from({ length: options.slots ?? 1 }, () => makePasscode((count) => randomBytes(count)));
  const bundle = await buildSealedKeyBundle(
    { mediaId, scope: 'all', expiresAt: null, passcodes, entries: entriesOf(protectors, options.fillers ?? 100) },
    { randomBytes: (count) => randomBytes(count) },
  );
  for (const file of bundle.files) {
    const path = join(root, 'bundle', file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.bytes);
  }
  const marker = [
    ['mediaId', mediaId], ['createdAt', '2026-01-01T00:00:00Z'], ['expiresAt', 'none'], ['language', options.language ?? 'en'], ['mode', 'repair'],
    ['recipe', `${CHANNEL_FILE_291.id} ${CHANNEL_FILE_291.version}`], ['payload', 'none'], ['architecture', 'x64'],
  ] as const;
  await writeFile(join(root, 'medium.txt'), formatFieldLines('bluelift-medium', 1, marker.map(([name, value]) => ({ name, value }))));
  await writeFile(join(root, 'recipe.txt'), formatRecipe(CHANNEL_FILE_291));
  await writeFile(join(root, 'bytes.bin'), Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return { folder, mediaId, passcodes, recordKeys: new Map(bundle.slots.map((slot) => [slot.slot, slot.recordKey])) };
}

function* entriesOf(protectors: readonly Protector[], fillers: number) {
  for (const protector of protectors) {
    const id = parseKeyProtectorId(protector.keyProtectorId);
    const password = parseRecoveryPassword(protector.recoveryPassword);
    if (id === null || password.status !== 'ok') throw new Error('a protector that can not be');
    yield { keyProtectorId: id, recoveryPasswordBytes: recoveryPasswordToBytes(password.recoveryPassword) };
  }
  for (let i = 0; i < fillers; i++) {
    const id = parseKeyProtectorId(randomBytes(16).toString('hex'));
    if (id !== null) yield { keyProtectorId: id, recoveryPasswordBytes: randomBytes(16) };
  }
}
