// A medium's files laid out in a folder: as medium-layout.md says, without the boot files.
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { formatFieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatOpenPasscode, OPEN_PASSCODE_FILE } from '../../../electron/core/media/open-passcode.ts';
import { makePasscode } from '../../../electron/core/media/passcode.ts';
import type { Passcode } from '../../../electron/core/media/passcode.ts';
import { payloadHash, showPayload } from '../../../electron/core/media/payload.ts';
import { buildSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle.ts';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { formatRecipe, type Recipe } from '../../../electron/core/recipes/recipe.ts';
import { buildAgent, readSafeModeScript, type AgentFile } from '../build-agent.ts';
import type { AgentMode } from '../../../electron/core/codes.ts';
import type { Protector } from './locked-volume.ts';

export type LaidMedium = { readonly folder: string; readonly mediaId: string; readonly passcodes: readonly Passcode[]; readonly recordKeys: ReadonlyMap<number, Uint8Array> };

export interface MediumOptions {
  readonly language?: 'en' | 'de'; readonly slots?: number; readonly mode?: AgentMode; readonly keepsCopies?: boolean; readonly mediaId?: string; readonly expiresAt?: string; readonly recipe?: Recipe;
  /** Further entries in the bundle, of hosts that are not there. */
  readonly fillers?: number;
  /** How often the passcode is stretched; without, as often as on every medium. */
  readonly iterations?: number;
  /** Its passcode lies beside the bundle, so that nobody is asked for one. */
  readonly isOpen?: boolean;
  /** What runs from it; without, what the build makes. */
  readonly agentFiles?: readonly AgentFile[];
}

/** Lays out a medium anew in a folder. The marker names the payload, as every medium of a desk does. */
export async function layMedium(folder: string, protectors: readonly Protector[], options: MediumOptions = {}): Promise<LaidMedium> {
  const root = join(folder, 'bluelift');
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, 'results'), { recursive: true });
  const mediaId = options.mediaId ?? 'BL-RHRSL';
  const recipe = options.recipe ?? CHANNEL_FILE_291;
  const agentFiles = options.agentFiles ?? await buildAgent();
  const passcodes = Array.from({ length: options.slots ?? 1 }, () => makePasscode((count) => randomBytes(count)));
  const bundle = await buildSealedKeyBundle(
    { mediaId, scope: 'all', expiresAt: null, passcodes, entries: entriesOf(protectors, options.fillers ?? 100), ...(options.iterations === undefined ? {} : { iterations: options.iterations }) },
    { randomBytes: (count) => randomBytes(count) },
  );
  for (const file of bundle.files) {
    const path = join(root, 'bundle', file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.bytes);
  }
  if (options.isOpen === true && passcodes[0] !== undefined) await writeFile(join(root, 'bundle', OPEN_PASSCODE_FILE), formatOpenPasscode(passcodes[0]));
  const recipeText = formatRecipe(recipe);
  const marker = [
    ['mediaId', mediaId], ['createdAt', '2026-01-01T00:00:00Z'], ['expiresAt', options.expiresAt ?? 'none'], ['language', options.language ?? 'en'], ['mode', options.mode ?? 'repair'],
    ['recipe', `${recipe.id} ${recipe.version}`], ['payload', showPayload(payloadHash(agentFiles, new TextEncoder().encode(recipeText)))], ['architecture', 'x64'], ...(options.keepsCopies === true ? [['keepCopies', 'yes'] as const] : []),
  ] as const;
  await writeFile(join(root, 'medium.txt'), formatFieldLines('bluelift-medium', 1, marker.map(([name, value]) => ({ name, value }))));
  await writeFile(join(root, 'recipe.txt'), recipeText);
  if (options.mode === 'safe-boot') {
    await mkdir(join(root, 'safe-mode'));
    const script = await readSafeModeScript();
    await writeFile(join(root, script.name), script.bytes);
    for (const file of agentFiles) await writeFile(join(root, 'safe-mode', file.name), file.bytes);
  }
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
