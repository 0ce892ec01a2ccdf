// Every command of the command line, and the options that stand with any of them.
import type { Command } from './command.ts';
import { attemptCommands } from './attempts.ts';
import { callCommands } from './calls.ts';
import { deskCommands } from './desk.ts';
import { diskCommands } from './disks.ts';
import { hostActCommands } from './host-acts.ts';
import { hostCommands } from './hosts.ts';
import { incidentCommands } from './incidents.ts';
import { keyCommands } from './keys.ts';
import { matchingCommands } from './matching.ts';
import { mediaOrderCommands } from './media-orders.ts';
import { mediaCommands } from './media.ts';
import { operatorCommands } from './operators.ts';
import { policyCommands } from './policies.ts';
import { reportCommands } from './report.ts';
import { rotationCommands } from './rotation.ts';
import { stickCommands } from './sticks.ts';
import { vaultCommands } from './vault.ts';
import { volumeCommands } from './volumes.ts';
import { waveCommands } from './waves.ts';

/** Of several whose words fit the first is taken: `hosts tag` stands before `hosts`. */
export const COMMANDS: readonly Command[] = [...stickCommands, ...mediaOrderCommands, ...deskCommands, ...vaultCommands, ...operatorCommands, ...keyCommands, ...matchingCommands, ...hostActCommands, ...hostCommands, ...attemptCommands, ...mediaCommands, ...diskCommands, ...volumeCommands, ...rotationCommands, ...policyCommands, ...incidentCommands, ...waveCommands, ...callCommands, ...reportCommands];

export const GLOBAL_OPTIONS = {
  desk: { type: 'string' }, operator: { type: 'string' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' }, language: { type: 'string' }, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' },
} as const;
