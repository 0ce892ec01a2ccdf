// Runs inside the utility process: gives it `process.parentPort`, then loads its entry.
const { EventEmitter } = require('node:events');
const { pathToFileURL } = require('node:url');

const parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => process.send(message), start() {} });
process.on('message', (message) => parentPort.emit('message', { data: message, ports: [] }));
process.on('disconnect', () => process.exit(0));
process.parentPort = parentPort;

const [entry] = process.argv.splice(2, 1);
// Messages that come before the entry listens are kept by Node until the next turn only, so loading must not take one.
import(pathToFileURL(entry).href);
