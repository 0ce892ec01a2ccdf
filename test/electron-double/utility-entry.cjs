// Runs inside the utility process: gives it `process.parentPort`, then loads its entry.
const { EventEmitter } = require('node:events');
const { pathToFileURL } = require('node:url');

const parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => process.send(message) });
/** What comes before anybody listens is kept, as in Electron. */
const early = [];
const deliver = (message) => parentPort.emit('message', { data: message, ports: [] });
process.on('message', (message) => (parentPort.listenerCount('message') > 0 ? deliver(message) : early.push(message)));
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => { for (const message of early.splice(0)) deliver(message); });
});
process.on('disconnect', () => process.exit(0));
process.parentPort = parentPort;

const [entry] = process.argv.splice(2, 1);
import(pathToFileURL(entry).href);
