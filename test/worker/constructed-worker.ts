// A worker of the same shape as electron/worker.ts with a hand-written application: slow, refusing or breaking on demand.
import { parentPort } from 'node:worker_threads';
import type { Transport } from '../../electron/api/client.ts';
import { answerOver } from '../../electron/api/port.ts';
import { isSaid, portOf, type WorkerMessage } from '../../electron/worker/worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('started as a thread only');
const link = { post: (message: WorkerMessage) => port.postMessage(message), onMessage: (listener: (message: unknown) => void) => void port.on('message', listener) };

const transport: Transport = {
  async call(name, body) {
    if (name === 'break') setImmediate(() => { throw new Error('broken on demand'); });
    if (name === 'wait') await new Promise(() => undefined);
    return body;
  },
  async *stream(_name, body) {
    for (let count = 0; count < Number(body); count++) yield String(count);
  },
};

let stuck = false;
link.onMessage((message) => {
  if (!isSaid(message)) return;
  while (stuck);
  if (message.says === 'stop') process.exit(0);
  if (message.says !== 'start') return;
  const { folder } = message.options;
  if (folder === 'used') return link.post({ says: 'failed', error: { code: 'desk-in-use', facts: { path: folder } } });
  if (folder === 'breaks') throw new Error('broken before it was ready');
  stuck = folder === 'stuck';
  answerOver(portOf(link), transport);
  link.post({ says: 'ready' });
});
