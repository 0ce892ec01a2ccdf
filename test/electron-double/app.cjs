// electron.app
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { state, cancellable, notSupported, strict } = require('./state.cjs');

let userData;
const LOCK = 'electron-double.lock';

function switchValue(name) {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
}

function folderOf(name) {
  const profile = userData ?? (switchValue('user-data-dir') || path.join(process.env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config'), app.getName()));
  const folders = {
    userData: profile, sessionData: profile, appData: path.dirname(profile), temp: os.tmpdir(), home: os.homedir(), logs: path.join(profile, 'logs'), exe: process.argv[0],
    downloads: path.join(os.homedir(), 'Downloads'), documents: path.join(os.homedir(), 'Documents'), desktop: path.join(os.homedir(), 'Desktop'),
  };
  return folders[name] ?? notSupported(`app.getPath(${name})`);
}

function isAlive(processId) {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** As Chromium: one lock in the profile; one that a dead process left does not count. */
function takeLock() {
  const lock = path.join(folderOf('userData'), LOCK);
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  if (fs.existsSync(lock) && isAlive(Number(fs.readFileSync(lock, 'utf8')))) return false;
  fs.writeFileSync(lock, String(process.pid));
  process.on('exit', () => fs.rmSync(lock, { force: true }));
  return true;
}

async function closeWindowsAndExit() {
  for (const window of [...state.windows.values()]) {
    if (!window.close()) return;
  }
  const event = cancellable();
  app.emit('will-quit', event);
  if (event.defaultPrevented) return;
  app.emit('quit', cancellable(), 0);
  app.exit(0);
}

const app = Object.assign(new EventEmitter(), {
  whenReady: () => state.ready.promise,
  isReady: () => state.isReady,
  isPackaged: false,
  getName: () => state.manifest.productName ?? state.manifest.name ?? 'Electron',
  getVersion: () => state.manifest.version ?? '0.0.0',
  getAppPath: () => state.appFolder,
  getLocale: () => 'en-GB',
  getPath: folderOf,
  setPath(name, folder) {
    if (name !== 'userData') notSupported(`app.setPath(${name})`);
    if (!fs.existsSync(folder)) throw new Error(`Failed to set path: ${folder} is not there`);
    userData = folder;
  },
  requestSingleInstanceLock: takeLock,
  enableSandbox() {},
  commandLine: strict('app.commandLine', { appendSwitch: (name, value = '') => { state.switches.set(name, value); } }),
  quit() {
    if (state.quitting) return;
    const event = cancellable();
    app.emit('before-quit', event);
    if (event.defaultPrevented) return;
    state.quitting = true;
    closeWindowsAndExit().finally(() => { state.quitting = false; });
  },
  exit(code = 0) {
    state.quitting = true;
    state.cdp?.close();
    process.exit(code);
  },
  relaunch() {},
  getAppMetrics: () => [...state.utilities].map(({ pid, name }) => ({ pid, type: 'Utility', name, creationTime: 0, cpu: {}, memory: {} })),
});

module.exports = { app: strict('app', app) };
