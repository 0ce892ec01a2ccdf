// Entry under Electron: make the app in its worker, serve it over IPC, open the window.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { RemoteError } from './api/client.ts';
import { withShell } from './api/with-shell.ts';
import { describeError } from './commands/describe-error.ts';
import { chooseLanguage } from './commands/sentences.ts';
import { defaultDeskFolder } from './desk/desk-location.ts';
import { runWriter } from './desk/disks/run-writer.ts';
import { readPageFiles } from './pages/page-files.ts';
import { bringForward, createDeskWindow, loadDesk } from './shell/desk-window.ts';
import { declarePageScheme, servePages } from './shell/page-protocol.ts';
import { serveWindow } from './shell/serve-window.ts';
import { shellSentences } from './shell/shell-sentences.ts';
import { windowAnswers } from './shell/window-answers.ts';
import { denyEveryPage, denyInSession } from './shell/window-policy.ts';
import { startWorkerUtility } from './shell/worker-utility.ts';
import { runDesk, type RunningDesk } from './worker/running-desk.ts';

/** Seen from the bundle: dist/electron. */
const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Chromium's own switches stand in the same line: what is not ours is left alone.
const { values } = parseArgs({ args: process.argv.slice(1), options: { desk: { type: 'string' }, demo: { type: 'boolean' }, 'write-disk': { type: 'string' } }, strict: false });
const folder = resolve(typeof values.desk === 'string' ? values.desk : defaultDeskFolder());
const language = (): 'en' | 'de' => chooseLanguage(app.isReady() ? app.getLocale() : undefined, process.env);

async function openDesk(): Promise<void> {
  denyInSession(session.defaultSession);
  servePages(protocol, readPageFiles(built('../renderer')));
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null); // macOS needs it for copy and paste
  const desk = await runDesk(startWorkerUtility(built('./worker.js')), { folder, runtime: 'electron', demo: values.demo === true, version: app.getVersion() });
  endWithDesk(desk);
  const window = createDeskWindow({ preload: built('./preload.cjs'), devTools: !app.isPackaged });
  serveWindow(ipcMain, window.webContents, withShell(desk.transport, windowAnswers(window, app.getPath('documents'))));
  app.on('second-instance', () => bringForward(window));
  await loadDesk(window);
}

/** The vault is closed before the application ends, and a desk that broke is never left behind a living window. */
function endWithDesk(desk: RunningDesk): void {
  app.on('will-quit', (event) => {
    event.preventDefault();
    void desk.close().then(() => app.exit(0));
  });
  void desk.broken.then(async () => {
    const say = shellSentences(language());
    const { response } = await dialog.showMessageBox({ type: 'error', message: say.broken, detail: say.brokenDetail, buttons: [say.startAgain, say.quit], defaultId: 0, cancelId: 1 });
    if (response === 0) app.relaunch();
    app.exit(1);
  });
}

function sayWhyNot(error: unknown): void {
  const why = error instanceof RemoteError ? describeError(language(), error) : String(error instanceof Error ? (error.stack ?? error.message) : error);
  dialog.showErrorBox(shellSentences(language()).cannotStart, why);
  app.exit(1);
}

function start(): void {
  app.enableSandbox();
  // Chromium's profile lies in the desk's folder, and with it the lock that lets one desk have one window.
  const profile = join(folder, 'window');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  declarePageScheme(protocol);
  denyEveryPage(app);
  app.on('window-all-closed', () => app.quit());
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => app.quit());
  app.whenReady().then(openDesk).catch(sayWhyNot);
}

const request = values['write-disk'];
// The application once more, with the rights of an administrator: it writes one disk and shows nothing. The packaged one runs no script of anybody's choice (fuses).
if (typeof request === 'string') void runWriter(request).catch(() => false).then((isWritten) => app.exit(isWritten ? 0 : 1));
else start();
