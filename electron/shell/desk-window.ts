// The one window.
import { BrowserWindow } from 'electron';
import { PAGE_ADDRESS } from './page-protocol.ts';

/** Times a page that died is loaded again before it is left alone. */
const RELOADS = 3;

/**
 * @param preload  Path of the built bridge.
 * @param devTools False in a packaged app: they would show what is on the screen to any script pasted there.
 * @returns The window; it shows itself once its page has been drawn.
 */
export function createDeskWindow({ preload, devTools }: { readonly preload: string; readonly devTools: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280, height: 800, minWidth: 900, minHeight: 640, show: false, title: 'Bluelift',
    webPreferences: {
      preload, devTools, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false,
      spellcheck: false, // its dictionaries come from the network, and what is typed here is nobody else's
    },
  });
  window.once('ready-to-show', () => window.show());
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && reloads++ < RELOADS) window.webContents.reload();
  });
  return window;
}

export const loadDesk = (window: BrowserWindow): Promise<void> => window.loadURL(PAGE_ADDRESS);

/** Brings the window to whoever started the application a second time. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
