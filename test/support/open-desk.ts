// Desks for tests: real keys and a real SQLite, scrypt at its lowest cost, a clock that stands where the test puts it.
import { randomBytes } from 'node:crypto';
import type { Desk } from '../../electron/core/desk.ts';
import { createDesk, openVault, type SignInPorts } from '../../electron/core/operators/sign-in.ts';
import { openDeskFolder } from '../../electron/store/desk-folder.ts';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

export const LOW_COST = 1024;
export const PASSPHRASE = 'constructed passphrase';
const NOON = Date.parse('2024-07-20T12:00:00Z');

export function signInPorts(folder = temporaryFolder()): SignInPorts & { waited: number[]; time: { now: number } } {
  const waited: number[] = [];
  const time = { now: NOON };
  return {
    folder: openDeskFolder(folder), clock: () => time.now, random: (count) => new Uint8Array(randomBytes(count)), passphraseCost: LOW_COST,
    sleep: async (ms) => void waited.push(ms), waited, time,
  };
}

/** A new desk in a folder of its own with the first operator signed in. */
export async function openNewDesk(ports = signInPorts()): Promise<{ desk: Desk; ports: ReturnType<typeof signInPorts>; sheetCode: string }> {
  const { vault, sheet } = await createDesk(ports, { name: 'first', passphrase: PASSPHRASE, recoverySheet: true });
  const desk: Desk = { ...vault, clock: ports.clock, random: ports.random, changed: () => {} };
  onTestFinished(() => void (desk.db.open && desk.db.close()));
  return { desk, ports, sheetCode: sheet?.code ?? '' };
}

/** The same desk, opened by somebody else. */
export async function signIn(ports: SignInPorts, name: string, passphrase = PASSPHRASE): Promise<Desk> {
  const vault = await openVault(ports, name, passphrase);
  onTestFinished(() => void (vault.db.open && vault.db.close()));
  return { ...vault, clock: ports.clock, random: ports.random, changed: () => {} };
}
