// A stick and a host as they usually meet, for the tests of the conversation.
import { randomBytes } from 'node:crypto';
import { parseKeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromBytes } from '../../electron/core/keys/recovery-password.ts';
import { formatFieldLines } from '../../electron/core/media/field-lines.ts';
import { makePasscode } from '../../electron/core/media/passcode.ts';
import type { Passcode } from '../../electron/core/media/passcode.ts';
import { buildSealedKeyBundle } from '../../electron/core/media/sealed-key-bundle.ts';
import type { SealedKeyBundle } from '../../electron/core/media/sealed-key-bundle.ts';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { formatRecipe } from '../../electron/core/recipes/recipe.ts';
import { takeTurn } from '../../scripts/media/agent/flow.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import type { Next } from '../../scripts/media/agent/next.ts';
import { FakeHost } from './fake-host.ts';

export const FOLDER = 'Windows\\System32\\drivers\\CrowdStrike';
export const FAULTY_PATH = `D:\\${FOLDER}\\C-00000291-00000000-00000032.sys`;
export const FAULTY_BYTES = [0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 0x23, 1, 9, 9, 9];

export type Key = { readonly id: string; readonly recoveryPassword: string; readonly bytes: readonly number[] };

export function makeKey(): Key {
  const bytes = [...randomBytes(16)];
  return { id: parseKeyProtectorId(randomBytes(16).toString('hex')) ?? '', recoveryPassword: recoveryPasswordFromBytes(bytes) ?? '', bytes };
}

export const newPasscode = (): Passcode => makePasscode((count) => randomBytes(count));

/** `iterations` 1: the derivation is tested elsewhere, and it is slow where there are many conversations. */
export async function sealKeys(keys: readonly Key[], passcodes: readonly Passcode[], iterations = 1): Promise<SealedKeyBundle> {
  const entries = keys.map(({ id, bytes }) => {
    const keyProtectorId = parseKeyProtectorId(id);
    if (keyProtectorId === null) throw new Error('an ID that is none');
    return { keyProtectorId, recoveryPasswordBytes: bytes };
  });
  return buildSealedKeyBundle({ mediaId: 'BL-TEST', scope: 'all', expiresAt: null, passcodes, entries, iterations }, { randomBytes: (count) => randomBytes(count) });
}

export type Scene = { readonly host: FakeHost; readonly key: Key; readonly passcode: Passcode; readonly bundle: SealedKeyBundle };

/** A host with one locked Windows on D and a faulty file, and a stick on E that has its key (unless `isKeyAbsent`). */
export async function setScene(options: { readonly isKeyAbsent?: boolean; readonly language?: 'en' | 'de'; readonly mode?: string; readonly keepsCopies?: boolean; readonly expiresAt?: string } = {}): Promise<Scene> {
  const host = new FakeHost();
  const key = makeKey();
  const passcode = newPasscode();
  const bundle = await sealKeys(options.isKeyAbsent === true ? [makeKey()] : [key, makeKey()], [passcode]);
  for (const name of ['start.cmd', 'agent.js', 'probe.js', 'manual.cmd']) host.put(`X:\\bluelift\\${name}`, name);
  const marker = { mediaId: 'BL-TEST', createdAt: '2024-07-20T00:00:00Z', expiresAt: options.expiresAt ?? 'none', language: options.language ?? 'en', mode: options.mode ?? 'repair', recipe: 'channel-file-291 1', payload: 'none', architecture: 'x64', ...(options.keepsCopies === true ? { keepCopies: 'yes' } : {}) };
  host.put('E:\\bluelift\\medium.txt', formatFieldLines('bluelift-medium', 1, Object.entries(marker).map(([name, value]) => ({ name, value }))));
  host.put('E:\\bluelift\\recipe.txt', formatRecipe(CHANNEL_FILE_291));
  for (const file of bundle.files) host.put(`E:\\bluelift\\bundle\\${file.path.replaceAll('/', '\\')}`, file.bytes);
  host.volumes.push({ letter: 'D', keys: { [key.id]: key.recoveryPassword }, isLocked: true });
  host.put('D:\\Windows\\System32\\config\\SYSTEM', 'regf');
  host.put(FAULTY_PATH, FAULTY_BYTES);
  return { host, key, passcode, bundle };
}

/**
 * Plays the launcher (start.cmd): one answer, then turns until the next question or the end.
 *
 * @param isLost Whether the exit code of a turn gets lost: it is run again then.
 * @returns What the launcher would do then.
 */
export function play(host: FakeHost, answer: string | null, isLost: () => boolean = () => false): Next {
  let isPasscode = lastAsked.get(host) === NEXT.askPasscode;
  if (answer !== null) {
    host.answersGiven++;
    if (isPasscode) host.passcode = answer;
    else host.answer = answer;
  }
  for (let turns = 0; turns < 20; turns++) {
    host.said.length = 0;
    if (isLost()) takeTurn(host.ports);
    host.said.length = 0;
    const next = takeTurn(host.ports);
    isPasscode = next === NEXT.askPasscode;
    if (next === NEXT.keep) host.typed = `${host.typed} ${host.answer}`;
    host.answer = '';
    if (next !== NEXT.keep && next !== NEXT.ask) host.typed = '';
    if (next === NEXT.again || next === NEXT.keep) continue;
    lastAsked.set(host, next);
    return next;
  }
  throw new Error('the launcher goes round and round');
}

/** The host is off and starts again: volumes are locked, the RAM disk is empty but for the agent. */
export function reboot(host: FakeHost): void {
  for (const path of host.files.keys()) if (/^X:\\bluelift\\[a-z0-9-]+\.txt$/i.test(path)) host.files.delete(path);
  for (const volume of host.volumes) volume.isLocked = Object.keys(volume.keys).length > 0;
  host.passcode = '';
  host.answer = '';
  host.typed = '';
  host.answersGiven = 0;
  lastAsked.delete(host);
}

/** @returns The same host with the same stick, each going its own way from here. */
export function copyOf(host: FakeHost): FakeHost {
  const copy = new FakeHost();
  for (const [path, file] of host.files) copy.files.set(path, { ...file });
  for (const volume of host.volumes) copy.volumes.push({ ...volume });
  copy.serialNumber = host.serialNumber;
  return copy;
}

/** Lets the n-th writing act on stick, host or boot store be the last: everything after it throws, as nothing happens any more. `restorePower` takes it back. */
export function cutAfter(host: FakeHost, acts: number): void {
  let left = acts;
  const { files, volumes, ...ports } = host.ports;
  const counted = <A extends unknown[], R>(act: (...given: A) => R, isAct: (...given: A) => boolean) => (...given: A): R => {
    if (isAct(...given) && left-- <= 0) throw new PowerLoss();
    return act(...given);
  };
  const isHome = (path: string): boolean => path.startsWith('X:');
  Object.defineProperty(host, 'ports', {
    configurable: true,
    value: {
      ...ports, volumes: { ...volumes, setSafeBoot: counted(volumes.setSafeBoot, () => true), clearSafeBoot: counted(volumes.clearSafeBoot, () => true) },
      files: {
        ...files, write: counted(files.write, (path) => !isHome(path)), rename: counted(files.rename, (_from, to) => !isHome(to)),
        remove: counted(files.remove, (path) => !isHome(path)), copy: counted(files.copy, () => true),
      },
    },
  });
}
export class PowerLoss extends Error {}

/** Starts the host and gives the passcode, with the power gone after so many writing acts. @returns Whether it went before the work was done. `restorePower` brings it back. */
export function playUntilCut(host: FakeHost, passcode: string, acts: number): boolean {
  cutAfter(host, acts);
  try {
    play(host, null);
    play(host, passcode);
    return false;
  } catch (error) {
    if (!(error instanceof PowerLoss)) throw error;
    return true;
  }
}

export function restorePower(host: FakeHost): void {
  delete (host as { ports?: unknown }).ports;
}

const lastAsked = new WeakMap<FakeHost, Next>();

/** @returns The records on the stick, as text. */
export function recordsOn(host: FakeHost): string[] {
  return [...host.files.keys()].filter((path) => /^E:\\bluelift\\results\\[0-9a-f]{32}\.txt$/.test(path)).map((path) => host.text(path));
}

/** @returns The one record on the stick. */
export function recordOn(host: FakeHost): string {
  const [record, ...others] = recordsOn(host);
  if (record === undefined || others.length > 0) throw new Error(`${others.length + (record === undefined ? 0 : 1)} files in results`);
  return record;
}
