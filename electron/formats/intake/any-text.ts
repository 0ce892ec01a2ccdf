// Recovery passwords out of any text: Windows' own text file, manage-bde in any language, listings, mails, notes.
import { makeHost } from './host-facts.ts';
import type { PairedKey } from './key-pairing.ts';
import { KeyScanner } from './key-scanner.ts';
import { LineSplitter } from './lines.ts';
import type { KeyRow } from './rows.ts';
import type { Emit, RowReader } from './row-reader.ts';

/** Reads text of which nothing is known. A row is a line on which a recovery password begins, or something that was meant as one. */
export function readAnyText(emit: Emit): RowReader {
  let rowsRead = 0;
  const scanner = new KeyScanner({
    key(found) {
      rowsRead++;
      emit(keyRowOf(found));
    },
    wrong(row, reason, groups) {
      rowsRead++;
      emit(groups.length > 0 ? { kind: 'rejected', row, reason, groups } : { kind: 'rejected', row, reason });
    },
  });
  const lines = new LineSplitter({
    line: (text, row) => scanner.line(text, row),
    tooLong(row) {
      rowsRead++;
      emit({ kind: 'rejected', row, reason: 'row-too-long' });
    },
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      scanner.end();
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}

function keyRowOf(found: PairedKey): KeyRow {
  const name = found.id?.host ?? found.context.host;
  const host = name === null ? null : makeHost(name, {});
  return {
    kind: 'key', row: found.row, keyProtectorId: found.id?.keyProtectorId ?? null, recoveryPassword: found.recoveryPassword,
    host: host?.status === 'ok' ? host.host : null, entraDeviceId: null,
    volumeId: found.context.volumeId, volumeLabel: found.context.volumeLabel, drive: found.context.drive,
    createdAt: found.id?.createdAt ?? null, remarks: [],
  };
}
