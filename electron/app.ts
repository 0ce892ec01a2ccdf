// Makes the app: one desk folder, its vault closed or open, every procedure behind one dispatcher. The same for all three entries.
import { randomBytes } from 'node:crypto';
import { createChanges } from './api/changes.ts';
import { createDispatcher, type Dispatcher, type Handlers } from './api/dispatch.ts';
import { attemptHandlers } from './api/handlers/attempts.ts';
import { auditHandlers } from './api/handlers/audit.ts';
import { deskHandlers } from './api/handlers/desk.ts';
import { callHandlers } from './api/handlers/calls.ts';
import { disclosureHandlers } from './api/handlers/disclosures.ts';
import { diskHandlers } from './api/handlers/disks.ts';
import { hostHandlers } from './api/handlers/hosts.ts';
import { importHandlers } from './api/handlers/imports.ts';
import { incidentHandlers } from './api/handlers/incidents.ts';
import { keyHandlers } from './api/handlers/keys.ts';
import { manyHostsHandlers } from './api/handlers/many-hosts.ts';
import { matchingHandlers } from './api/handlers/matching.ts';
import { liveQuestionHandlers } from './api/handlers/live-questions.ts';
import { mediaHandlers } from './api/handlers/media.ts';
import { mediaOrderHandlers } from './api/handlers/media-orders.ts';
import { paperHandlers } from './api/handlers/paper.ts';
import { operatorHandlers } from './api/handlers/operators.ts';
import { policyHandlers } from './api/handlers/policies.ts';
import { reportHandlers } from './api/handlers/reports.ts';
import { rotationHandlers } from './api/handlers/rotations.ts';
import { sourceHandlers } from './api/handlers/sources.ts';
import { statusHandlers } from './api/handlers/status.ts';
import { stickHandlers } from './api/handlers/sticks.ts';
import { volumeHandlers } from './api/handlers/volumes.ts';
import { walkInHandlers } from './api/handlers/walk-ins.ts';
import { waveHandlers } from './api/handlers/waves.ts';
import { redact } from './api/redact.ts';
import { reportCodeLists } from './api/report-codes.ts';
import { createVaultKeeper } from './api/vault-keeper.ts';
import { appendAudit } from './core/audit/audit.ts';
import { nowOf } from './core/desk.ts';
import { warmUpLookUps } from './core/keys/warm-up.ts';
import type { Clock, RandomBytes } from './core/ports.ts';
import { openDeskFolder } from './store/desk-folder.ts';

export interface AgentFile { readonly name: string; readonly bytes: Uint8Array }

export interface DeskAppOptions {
  /** Where the desk is kept; created when it is not there. */
  readonly folder: string;
  readonly runtime: 'electron' | 'browser' | 'command-line';
  readonly demo: boolean;
  readonly version: string;
  /** What goes into the WIM and onto the medium, built from scripts/media. Asked when a medium is built. */
  readonly agentFiles: () => Promise<readonly AgentFile[]>;
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  /** Rings when something was plugged in or pulled. @returns How it is taken down. */
  readonly usbBell?: (ring: () => void) => Promise<() => void>;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Gets one line per failure that is a bug; secrets of every known shape are taken out before. */
  readonly log?: (line: string) => void;
  /** 0: never by itself. */
  readonly idleCloseAfterMs?: number;
  /** scrypt N of new passphrases; tests and demos lower it. */
  readonly passphraseCost?: number;
}

export interface DeskApp {
  readonly dispatcher: Dispatcher;
  /** Closes the vault and everything with it. */
  close(): Promise<void>;
}

const IDLE_CLOSE_AFTER_MS = 10 * 60 * 1000;

/** @returns The app with its vault closed. AppError `file-unreadable` when the folder can not be made. */
export async function createDeskApp(options: DeskAppOptions): Promise<DeskApp> {
  const clock = options.clock ?? Date.now;
  const random = options.random ?? ((count: number) => new Uint8Array(randomBytes(count)));
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const folder = openDeskFolder(options.folder);
  const changes = createChanges();
  const vault = createVaultKeeper({
    folder, clock, random, changes, passphraseCost: options.passphraseCost,
    sleep: options.sleep ?? ((ms) => new Promise((resolve) => { setTimeout(resolve, ms); })),
    idleCloseAfterMs: options.idleCloseAfterMs ?? IDLE_CLOSE_AFTER_MS,
    warmUp: options.runtime === 'command-line' ? undefined : warmUpLookUps, // a command looks up once and is gone
  });
  const desk = vault.get;
  const bell = options.usbBell?.(() => changes.tell('disks'));
  const lentToMedia = { agentFiles: options.agentFiles, cacheFolder: `${options.folder}/cache` };
  const handlers: Handlers = {
    ...deskHandlers(vault, { folder, changes, demo: options.demo, version: options.version, runtime: options.runtime }),
    ...operatorHandlers(vault, folder, options.passphraseCost),
    ...auditHandlers(desk),
    ...importHandlers(desk),
    ...sourceHandlers(desk),
    ...liveQuestionHandlers(desk),
    ...keyHandlers(desk),
    ...disclosureHandlers(desk),
    ...callHandlers(desk),
    ...paperHandlers(vault),
    ...reportHandlers(desk, reportCodeLists),
    ...rotationHandlers(desk),
    ...incidentHandlers(vault, folder),
    ...waveHandlers(desk),
    ...walkInHandlers(desk),
    ...policyHandlers(desk),
    ...hostHandlers(desk),
    ...manyHostsHandlers(desk),
    ...matchingHandlers(desk),
    ...statusHandlers(desk),
    ...mediaHandlers(desk, lentToMedia),
    ...stickHandlers(desk, lentToMedia),
    ...mediaOrderHandlers(desk),
    ...attemptHandlers(desk),
    ...diskHandlers(desk, options.folder),
    ...volumeHandlers(desk),
  };
  const dispatcher = createDispatcher({
    handlers,
    roles: () => vault.current()?.operator.roles ?? null,
    onDenied: (procedure) => {
      const open = vault.current();
      if (open !== null) open.db.transaction(() => appendAudit(open.db, { at: nowOf(open), operator: open.operator.name, act: 'denied', subject: procedure })).immediate();
    },
    onBug: (reference, error) => log(redact(`${new Date(clock()).toISOString()} internal ${reference} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)),
  });
  return { dispatcher, close: async () => { vault.close(); (await bell)?.(); } };
}
