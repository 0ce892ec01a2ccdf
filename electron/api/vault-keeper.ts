// Keeps the vault: closed, or open for one operator; closes it when nobody has been there for a while and nothing long is running.
import { AppError } from '../core/app-error.ts';
import type { Desk } from '../core/desk.ts';
import { endCutOffImports } from '../core/keys/import-register.ts';
import { toInstant } from '../core/ports.ts';
import type { OpenedVault, SignInPorts } from '../core/operators/sign-in.ts';
import type { Changes } from './changes.ts';

export interface VaultKeeper {
  readonly ports: SignInPorts;
  /** The open desk. AppError `vault-closed`. */
  readonly get: () => Desk;
  readonly current: () => Desk | null;
  /** Takes over an opened vault; the one before is closed, and the imports in whose middle one was closed have an end. */
  open(opened: OpenedVault): Desk;
  /** Reads the operator's roles anew, after they changed. */
  refresh(operator: Desk['operator']): void;
  close(): void;
  /** Somebody is there. @returns When the vault closes by itself; null when it does not. */
  touch(): string | null;
  readonly idleCloseAfterMs: number;
}

export interface VaultKeeperOptions extends SignInPorts {
  readonly changes: Changes;
  readonly idleCloseAfterMs: number;
  /** Lent to a desk that stays open: makes the first look-ups as quick as later ones. */
  readonly warmUp?: ((db: Desk['db']) => Promise<unknown>) | undefined;
}

/** How often the store is asked whether another process (the command line) has changed it. */
const WATCH_MS = 1000;

/** @returns The one place that holds the open vault: opens it, closes it when nobody does anything, and lends the desk to the handlers. */
export function createVaultKeeper(options: VaultKeeperOptions): VaultKeeper {
  const { changes, clock, random, idleCloseAfterMs } = options;
  let desk: Desk | null = null;
  let closesAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let seenVersion = 0;

  function watch(): void {
    if (desk === null) return;
    if (idleCloseAfterMs > 0 && clock() >= closesAt) return close();
    const version = Number(desk.db.pragma('data_version', { simple: true }));
    if (version !== seenVersion) {
      seenVersion = version;
      changes.tell('operators', 'keys', 'hosts', 'media', 'attempts', 'disclosures', 'imports', 'policies', 'incidents', 'calls', 'walk-ins', 'audit');
    }
  }

  function touch(): string | null {
    if (desk === null || idleCloseAfterMs === 0) return null;
    closesAt = clock() + idleCloseAfterMs;
    return toInstant(closesAt);
  }

  function close(): void {
    clearInterval(timer);
    if (desk === null) return;
    const closing = desk;
    desk = null;
    closing.keys.close();
    closing.db.close();
    changes.tell('vault');
  }

  return {
    ports: options, idleCloseAfterMs, touch, close,
    current: () => desk,
    get() {
      if (desk === null) throw new AppError('vault-closed');
      return desk;
    },
    open(opened) {
      close();
      try {
        endCutOffImports({ ...opened, clock });
      } catch (error) {
        opened.keys.close();
        opened.db.close();
        throw error;
      }
      desk = {
        ...opened, clock, random,
        changed: (...things) => {
          touch(); // an act, or a long one at work, is presence
          changes.tell(...things);
        },
      };
      seenVersion = Number(desk.db.pragma('data_version', { simple: true }));
      touch();
      timer = setInterval(watch, WATCH_MS);
      timer.unref();
      changes.tell('vault');
      void options.warmUp?.(desk.db);
      return desk;
    },
    refresh(operator) {
      if (desk !== null) desk = { ...desk, operator };
    },
  };
}
