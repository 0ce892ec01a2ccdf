// What the window asks of its host and not of the application: choosing files, keeping the screen to itself, a secret on the clipboard.
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { ShellAnswers } from '../api/with-shell.ts';
import { secretClipboard } from './secret-clipboard.ts';

/** @param folder Where a file to be written is proposed. */
export function windowAnswers(window: BrowserWindow, folder: string, platform: NodeJS.Platform = process.platform): ShellAnswers {
  return {
    ...secretClipboard(window),
    async 'shell.pickFiles'({ multiple, purpose }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: propertiesFor(multiple === true, purpose, platform), ...filtersFor(purpose) });
      return canceled ? [] : filePaths.map((path) => ({ path, name: basename(path), sizeBytes: statSync(path).size }));
    },
    async 'shell.pickSavePath'({ suggestedName }) {
      const name = typeof suggestedName === 'string' ? basename(suggestedName) : '';
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: join(folder, name), properties: ['createDirectory', 'showOverwriteConfirmation'] });
      return canceled || filePath === '' ? null : filePath;
    },
    async 'shell.protectScreen'({ on }) {
      window.setContentProtection(on === true);
      return platform === 'win32' || platform === 'darwin'; // Linux has no such thing
    },
  };
}

function propertiesFor(multiple: boolean, purpose: unknown, platform: NodeJS.Platform): NonNullable<OpenDialogOptions['properties']> {
  const properties: NonNullable<OpenDialogOptions['properties']> = multiple ? ['openFile', 'multiSelections'] : ['openFile'];
  // Only macOS has one dialog for both; elsewhere asking for both shows folders alone.
  return purpose === 'results' && platform === 'darwin' ? [...properties, 'openDirectory'] : properties;
}

const filtersFor = (purpose: unknown): Pick<OpenDialogOptions, 'filters'> =>
  purpose === 'base' ? { filters: [{ name: 'ISO, WIM', extensions: ['iso', 'wim'] }, { name: '*', extensions: ['*'] }] } : {};
