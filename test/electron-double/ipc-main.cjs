// electron.ipcMain
const { EventEmitter } = require('node:events');

const ipcMain = new EventEmitter();
const handlers = new Map();

ipcMain.handle = (channel, handler) => {
  if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
  handlers.set(channel, handler);
};
ipcMain.removeHandler = (channel) => { handlers.delete(channel); };

function handlerOf(channel) {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return handler;
}

module.exports = { ipcMain, handlerOf };
