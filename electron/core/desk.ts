// An open desk: the store, the keys of whoever is signed in, and what the application is lent. Core functions take it as their first argument.
import type { Database } from '../store/database.ts';
import type { OpenKeys } from '../store/vault.ts';
import type { Role } from './codes.ts';
import { toInstant, type Clock, type RandomBytes } from './ports.ts';

export interface SignedInOperator {
  readonly operatorId: number;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly mustChangePassphrase: boolean;
}

export type ChangedThing = 'vault' | 'operators' | 'keys' | 'hosts' | 'media' | 'attempts' | 'disclosures' | 'imports' | 'policies' | 'incidents' | 'calls' | 'walk-ins' | 'audit' | 'disks';

export interface Desk {
  readonly db: Database;
  readonly keys: OpenKeys;
  readonly operator: SignedInOperator;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Tells the screens that something has changed. Cheap; may be called often. */
  readonly changed: (...things: readonly ChangedThing[]) => void;
}

export const nowOf = (desk: Pick<Desk, 'clock'>): string => toInstant(desk.clock());
