// The worker as a utility process: how the Electron host makes it.
import { utilityProcess } from 'electron';
import type { WorkerProcess } from '../worker/worker-messages.ts';

/** @param entry Path of the built electron/worker.ts. */
export function startWorkerUtility(entry: string): WorkerProcess {
  const utility = utilityProcess.fork(entry, [], { serviceName: 'Bluelift desk', stdio: 'inherit' });
  return {
    post: (message) => utility.postMessage(message),
    onMessage: (listener) => void utility.on('message', listener),
    onExit: (listener) => void utility.once('exit', listener),
    kill: () => void utility.kill(),
  };
}
