// electron.utilityProcess: a child process of Node with `process.parentPort`.
const { fork } = require('node:child_process');
const { EventEmitter } = require('node:events');
const path = require('node:path');
const { state } = require('./state.cjs');

const utilityProcess = {
  fork(entry, args = [], options = {}) {
    const child = fork(path.join(__dirname, 'utility-entry.cjs'), [entry, ...args], {
      serialization: 'advanced', env: options.env ?? process.env, silent: options.stdio === 'pipe',
      execArgv: [], // not the hook and the inspector of the main process
    });
    const utility = Object.assign(new EventEmitter(), {
      pid: child.pid, stdout: child.stdout, stderr: child.stderr,
      postMessage: (message) => { if (child.connected) child.send(message); },
      kill: () => child.kill(),
    });
    const metric = { pid: child.pid, name: options.serviceName ?? 'Node Utility Process' };
    state.utilities.add(metric);
    child.on('exit', () => state.utilities.delete(metric));
    child.on('spawn', () => utility.emit('spawn'));
    child.on('message', (message) => utility.emit('message', message));
    child.on('exit', (code) => utility.emit('exit', code ?? 1));
    return utility;
  },
};

module.exports = { utilityProcess };
