// What no page may do, whatever it holds: leave its address, open windows, embed others, ask for devices, reach the network.
import type { App, Session, WebContents } from 'electron';
import { isOurPage, PAGE_ADDRESS } from './page-protocol.ts';

/** The page writes to the clipboard (never reads it) and may fill the screen of a wall display. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);
/** Drawings within style sheets, and the developer tools of an app that is not packaged. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'devtools:']);

/** For every page there ever is, also one this application did not mean to make. */
export function denyEveryPage(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (event.url !== PAGE_ADDRESS) event.preventDefault(); // a page may load itself anew
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

export function denyInSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(GRANTED.has(permission) && isOurPage(contents.getURL())));
  session.setPermissionCheckHandler((contents, permission) => GRANTED.has(permission) && isOurPage(contents?.getURL()));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocal(details.url) }));
}

function isLocal(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (isOurPage(address) || LOCAL_SCHEMES.has(url.protocol));
}
