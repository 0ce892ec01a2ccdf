// The host's hold on the desk that runs in its worker: make it, ask it, end it, and learn when it broke.
import { RemoteError, type Transport } from '../api/client.ts';
import { callThrough } from '../api/port.ts';
import { isSaid, portOf, type WorkerOptions, type WorkerProcess } from './worker-messages.ts';

export interface RunningDesk {
  readonly transport: Transport;
  /** Resolves with the exit code when the worker ended without being asked to. Everything that waited has failed by then. */
  readonly broken: Promise<number>;
  /** Closes the vault and ends the worker; after STOP_WITHIN_MS it is ended by force. Never throws. */
  close(): Promise<void>;
}

const STOP_WITHIN_MS = 5000;

/**
 * @returns The desk, ready to be asked.
 *          RemoteError: the code the app refused to start with (`desk-in-use`, `store-damaged`, `file-unreadable`, …), or
 *          `internal` when the worker ended before it said anything; its log line is on standard error then.
 */
export async function runDesk(worker: WorkerProcess, options: WorkerOptions): Promise<RunningDesk> {
  const transport = callThrough(portOf(worker));
  const { promise: broken, resolve: tellBroken } = Promise.withResolvers<number>();
  const { promise: ended, resolve: tellEnded } = Promise.withResolvers<void>();
  let closing = false;
  let gone = false;

  const ready = new Promise<void>((resolve, reject) => {
    worker.onMessage((message) => {
      if (!isSaid(message)) return;
      if (message.says === 'ready') resolve();
      if (message.says === 'failed') reject(new RemoteError(message.error));
    });
    worker.onExit((exitCode) => {
      gone = true;
      transport.lose({ code: 'desk-unreachable', facts: {} });
      reject(new RemoteError({ code: 'internal', facts: { exitCode } }));
      tellEnded();
      if (!closing) tellBroken(exitCode);
    });
  });

  async function close(): Promise<void> {
    closing = true;
    if (gone) return;
    worker.post({ says: 'stop' });
    const timer = setTimeout(() => worker.kill(), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  worker.post({ says: 'start', options });
  try {
    await ready;
  } catch (error) {
    closing = true;
    worker.kill();
    throw error;
  }
  return { transport, broken, close };
}
