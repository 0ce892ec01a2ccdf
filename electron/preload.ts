// The bridge between window and main process: send, subscribe, and the path of a dropped file. Nothing else; names are decided behind it.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { OPENED_CHANNEL, PORT_CHANNEL } from './shell/channels.ts';

/** What the page finds as `window.bluelift`. Messages are those of electron/api/port.ts; main looks at every one. */
export interface Bridge {
  send(message: unknown): void;
  subscribe(listener: (message: unknown) => void): void;
  /** @returns Where a file that a person dropped onto the window lies; empty for a file made by the page. */
  pathOf(file: File): string;
}

const bridge: Bridge = {
  send: (message) => ipcRenderer.send(PORT_CHANNEL, message),
  subscribe: (listener) => void ipcRenderer.on(PORT_CHANNEL, (_event, message: unknown) => listener(message)),
  pathOf: (file) => webUtils.getPathForFile(file),
};
ipcRenderer.send(OPENED_CHANNEL);
contextBridge.exposeInMainWorld('bluelift', bridge);
