// The window's wire: messages of electron/api/port.ts over IPC, from our page in our window only.
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Transport } from '../api/client.ts';
import { answerOver } from '../api/port.ts';
import { OPENED_CHANNEL, PORT_CHANNEL } from './channels.ts';
import { isOurPage } from './page-protocol.ts';

/** Serves the transport to a window until the window is gone. A page that is loaded anew begins anew: what the old one had open is stopped. */
export function serveWindow(ipcMain: IpcMain, contents: WebContents, transport: Transport): void {
  let deliver = (_message: unknown): void => undefined;
  let end = { stop: (): void => undefined };

  function begin(): void {
    end.stop();
    end = answerOver({
      post: (message) => {
        if (!contents.isDestroyed()) contents.send(PORT_CHANNEL, message);
      },
      listen: (listener) => { deliver = listener; },
    }, transport);
  }

  const ours = ({ sender, senderFrame }: IpcMainEvent): boolean => sender === contents && senderFrame !== null && senderFrame.parent === null && isOurPage(senderFrame.url);
  const onOpened = (event: IpcMainEvent): void => {
    if (ours(event)) begin();
  };
  const onMessage = (event: IpcMainEvent, message: unknown): void => {
    if (ours(event)) deliver(message);
  };
  ipcMain.on(OPENED_CHANNEL, onOpened);
  ipcMain.on(PORT_CHANNEL, onMessage);
  contents.once('destroyed', () => {
    end.stop();
    ipcMain.off(OPENED_CHANNEL, onOpened);
    ipcMain.off(PORT_CHANNEL, onMessage);
  });
}
