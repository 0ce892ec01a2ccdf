// vault rekey.
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command } from './command.ts';
import { SHEET_BYTES } from './desk.ts';
import { reserveFile } from './text-file.ts';

export const vaultCommands: readonly Command[] = [
  {
    name: 'vault rekey', usage: 'vault rekey [--recovery-sheet FILE]', options: { 'recovery-sheet': { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, print, tell, progress, signal }) {
      const sheetPath = text(options['recovery-sheet']);
      const sheetFile = sheetPath === undefined ? null : reserveFile(sheetPath, SHEET_BYTES);
      let changed = false;
      try {
        for await (const event of api.stream('vault.rekey', { recoverySheet: sheetPath !== undefined }, signal)) {
          if (event.kind === 'progress') progress(say.changingKeys(event.step, Math.floor((100 * event.done) / Math.max(1, event.of))));
          if (event.kind !== 'done') continue;
          changed = true;
          const { recoverySheet: sheet, operators } = event;
          if (sheet !== null) sheetFile?.fill(say.sheet(sheet.code, sheet.deskId, sheet.createdAt));
          print(say.keysChanged(operators.join(', ')));
          if (sheetPath === undefined) tell(say.noSheetAnyMore);
          else print(say.sheetWritten(sheetPath));
          return { json: { operators, recoverySheet: sheetPath ?? null }, exitCode: EXIT.done };
        }
      } finally {
        if (!changed) sheetFile?.drop();
      }
      throw new AppError('cancelled');
    },
  },
];
