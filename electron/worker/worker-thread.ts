// The worker as a thread of this process: how the browser host makes it.
import { Worker } from 'node:worker_threads';
import type { WorkerProcess } from './worker-messages.ts';

/** @param entry electron/worker.ts, as source or built. */
export function startWorkerThread(entry: URL): WorkerProcess {
  const thread = new Worker(entry, { name: 'desk' });
  // The worker writes its own log line before it ends; without a listener the error would end this process instead.
  thread.on('error', () => undefined);
  return {
    post: (message) => thread.postMessage(message),
    onMessage: (listener) => thread.on('message', listener),
    onExit: (listener) => thread.once('exit', listener),
    kill: () => void thread.terminate(),
  };
}
