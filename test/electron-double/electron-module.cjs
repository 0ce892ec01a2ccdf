// What `import … from 'electron'` finds in the main process.
const { strict } = require('./state.cjs');
const { app } = require('./app.cjs');
const { BrowserWindow, webContents } = require('./browser-window.cjs');
const { ipcMain } = require('./ipc-main.cjs');
const { dialog, Menu, clipboard } = require('./parts.cjs');
const { session, protocol } = require('./session.cjs');
const { utilityProcess } = require('./utility-process.cjs');

module.exports = strict('electron', { app, BrowserWindow, webContents, ipcMain, session, protocol, dialog, Menu, clipboard, utilityProcess, default: undefined, __esModule: undefined });
// Never runs: Node finds the names of a CommonJS module's exports by reading such a line.
0 && (module.exports = { app, BrowserWindow, webContents, ipcMain, session, protocol, dialog, Menu, clipboard, utilityProcess });
