// Starts and ends the browser that draws the windows.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { connect } = require('./cdp.cjs');
const { state } = require('./state.cjs');
const { app } = require('./app.cjs');

/** Set above; an app can not have them otherwise. */
const OURS = new Set(['user-data-dir', 'remote-debugging-port']);

async function start() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-double-'));
  process.on('exit', () => {
    state.chromium?.kill('SIGKILL');
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  const words = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--no-startup-window', '--remote-debugging-port=0', `--user-data-dir=${profile}`,
    ...[...state.switches].filter(([name]) => !OURS.has(name)).map(([name, value]) => `--${name}${value === '' ? '' : `=${value}`}`),
  ];
  state.chromium = spawn(process.env.ELECTRON_DOUBLE_CHROMIUM ?? '/usr/bin/chromium', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await addressOf(state.chromium);
  state.chromium.on('exit', () => { if (!state.quitting) app.exit(1); });
  state.cdp = await connect(url);
  // A page that is closed from outside takes its window along.
  state.cdp.session(undefined, (method, { targetId }) => {
    if (method === 'Target.detachedFromTarget') [...state.windows.values()].find(({ webContents }) => webContents._targetId === targetId)?.destroy();
  });
  await state.cdp.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  process.stderr.write(`DevTools listening on ${url}\n`); // Playwright waits for this line of Electron's
  state.browserStarted.resolve();
  setImmediate(() => {
    state.isReady = true;
    state.ready.resolve({});
    app.emit('will-finish-launching');
    app.emit('ready', {}, {});
  });
}

function addressOf(chromium) {
  return new Promise((resolve, reject) => {
    let said = '';
    chromium.stderr.on('data', (bytes) => {
      said += bytes;
      const found = /DevTools listening on (ws:\S+)\s/.exec(said);
      if (found) resolve(found[1]);
    });
    chromium.on('error', reject);
    chromium.on('exit', () => reject(new Error(`Chromium did not start\n${said}`)));
  });
}

module.exports = { start };
