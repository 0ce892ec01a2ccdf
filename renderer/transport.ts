// How the window reaches its desk. The only file here that knows there are two hosts: Electron's bridge and loopback HTTP.
import { RemoteError, type Transport } from '../electron/api/client.ts';
import { connectOverHttp, redeemTicket, type HttpTransport, type ReceivedFile } from '../electron/api/http-client.ts';
import { callThrough } from '../electron/api/port.ts';
import type { Bridge } from '../electron/preload.ts';
import { browserClipboard, type SecretClipboard } from './browser-clipboard.ts';

export type { ReceivedFile };
export type FilePurpose = 'intake' | 'base' | 'results';

/** A browser sends each file to the desk; under Electron they are there already, and nobody is told. */
export interface Receiving { readonly signal: AbortSignal; readonly tell: (received: number, of: number) => void }

/** `copySecret`: what is copied is a secret; `clearCopied` takes it off the clipboard only if it is still there. */
export interface DeskTransport extends Transport, SecretClipboard {
  readonly runtime: 'electron' | 'browser';
  /** Lets a person choose files. @returns Their places on the desk; empty when the person chose none. */
  pickFiles(options: { readonly multiple: boolean; readonly purpose: FilePurpose }, watch?: Receiving): Promise<readonly ReceivedFile[]>;
  /** Takes files that were dropped or pasted onto the window. @returns Their places on the desk; those of a browser until the signal aborts. */
  receiveFiles(files: readonly File[], watch?: Receiving): Promise<readonly ReceivedFile[]>;
  /**
   * Where on the desk a file shall be written. Electron: chosen in a dialog, null when the person chose none. Browser: a
   * proposal to be shown in a text field, because a page can not look around on the desk.
   */
  pickSavePath(suggestedName: string): Promise<string | null>;
  /** Keeps the window out of screenshots and screen sharing, or lets it in again. @returns Whether the host can do that. */
  protectScreen(on: boolean): Promise<boolean>;
}

/**
 * Connects this window to the desk that opened it. Never throws: without a token, every call fails with `wrong-token`.
 *
 * Takes the token out of the address bar at once; a reload finds it in the tab's session storage.
 */
export function connectToDesk(): DeskTransport {
  const bridge = (window as { readonly bluelift?: Bridge }).bluelift; // set by the preload under Electron, absent in a browser
  return bridge === undefined ? overHttp(connectOverHttp({ origin: location.origin, token: takeToken() })) : overBridge(bridge);
}

function overBridge(bridge: Bridge): DeskTransport {
  const transport = callThrough({ post: bridge.send, listen: bridge.subscribe });
  return {
    ...transport,
    runtime: 'electron',
    pickFiles: (options) => ask(transport, 'shell.pickFiles', options),
    receiveFiles: async (files) => files.map((file) => {
      const path = bridge.pathOf(file);
      // Made in the page or pasted: there is no such file on the disk.
      if (path === '') throw new RemoteError({ code: 'file-unreadable', facts: { path: file.name } });
      return { path, name: file.name, sizeBytes: file.size };
    }),
    pickSavePath: (suggestedName) => ask(transport, 'shell.pickSavePath', { suggestedName }),
    protectScreen: (on) => ask(transport, 'shell.protectScreen', { on }),
    copySecret: async (text) => { await ask(transport, 'shell.copySecret', { text }); },
    clearCopied: () => ask(transport, 'shell.clearCopied', {}),
  };
}

function overHttp(transport: HttpTransport): DeskTransport {
  const receive = async (files: readonly File[], purpose: FilePurpose, watch?: Receiving): Promise<readonly ReceivedFile[]> => {
    const received: ReceivedFile[] = [];
    for (const file of files) {
      watch?.tell(received.length, files.length);
      received.push(await transport.upload(purpose, file, file.name, watch?.signal));
    }
    return received;
  };
  return {
    ...transport,
    ...browserClipboard(),
    runtime: 'browser',
    pickFiles: async ({ multiple, purpose }, watch) => receive(await chooseFiles(multiple), purpose, watch),
    receiveFiles: (files, watch) => receive(files, 'intake', watch),
    pickSavePath: (suggestedName) => ask(transport, 'shell.pickSavePath', { suggestedName }),
    protectScreen: (on) => ask(transport, 'shell.protectScreen', { on }),
  };
}

/** `shell.…` is answered by the host itself, not by the application, and so stands in no contract. */
async function ask<Answer>(transport: Transport, name: string, input: unknown): Promise<Answer> {
  return JSON.parse(await transport.call(name, JSON.stringify(input))) as Answer; // electron/shell and electron/http answer by these types
}

function chooseFiles(multiple: boolean): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

const TOKEN_KEY = 'bluelift-token';

/** From the address, which then forgets it, or from before a reload. A ticket is exchanged for the token, once. */
function takeToken(): string | Promise<string> {
  const [, kind, secret] = /^#(token|ticket)=([\w-]+)$/.exec(location.hash) ?? [];
  if (secret === undefined) return sessionStorage.getItem(TOKEN_KEY) ?? '';
  history.replaceState(null, '', location.pathname);
  if (kind === 'token') return keepToken(secret);
  const token = redeemTicket(location.origin, secret).then(keepToken);
  token.catch(() => undefined); // every call tells of it
  return token;
}

function keepToken(token: string): string {
  sessionStorage.setItem(TOKEN_KEY, token);
  return token;
}
