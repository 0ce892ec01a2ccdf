// Entry of the worker: the application, away from the process that draws and the one that owns windows (SQLite is synchronous).
// A thread under the browser host, a utility process under Electron.
import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { answerOver } from './api/port.ts';
import { transportOf } from './api/in-process.ts';
import { redact } from './api/redact.ts';
import { createDeskApp, type DeskApp } from './app.ts';
import { AppError } from './core/app-error.ts';
import { readBuiltAgent } from './desk/agent-files.ts';
import { hangUsbBell } from './desk/disks/usb-bell.ts';
import type { WireError } from './api/contract.ts';
import { isSaid, portOf, type WorkerMessage, type WorkerOptions } from './worker/worker-messages.ts';

const STANDARD_ERROR = 2;
/** Written at once, past the thread's buffered stream: the line must be out before the worker ends. */
const log = (line: string): void => void writeSync(STANDARD_ERROR, `${redact(line)}\n`);
const logBug = (error: unknown): void => log(`worker: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

interface HostLink { post(message: WorkerMessage): void; onMessage(listener: (message: unknown) => void): void }

function linkToHost(): HostLink {
  const electronPort = process.parentPort as typeof process.parentPort | undefined; // Electron declares it; elsewhere it is absent
  if (electronPort !== undefined) {
    return { post: (message) => electronPort.postMessage(message), onMessage: (listener) => void electronPort.on('message', ({ data }) => listener(data)) };
  }
  if (parentPort === null) throw new Error('worker.ts is started by a host, not by hand');
  const port = parentPort;
  return { post: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) };
}

async function start(options: WorkerOptions): Promise<void> {
  try {
    app = await createDeskApp({ ...options, agentFiles: readBuiltAgent, usbBell: hangUsbBell, log });
    answerOver(portOf(host), transportOf(app.dispatcher));
    host.post({ says: 'ready' });
  } catch (error) {
    host.post({ says: 'failed', error: startError(error) });
  }
}

function startError(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, facts: error.facts };
  logBug(error);
  return { code: 'internal', facts: {} };
}

let app: DeskApp | undefined;
const host = linkToHost();
process.on('uncaughtException', (error) => {
  logBug(error);
  process.exit(1);
});
host.onMessage((message) => {
  if (!isSaid(message)) return;
  if (message.says === 'start') void start(message.options);
  if (message.says === 'stop') void (app?.close() ?? Promise.resolve()).finally(() => process.exit(0));
});
