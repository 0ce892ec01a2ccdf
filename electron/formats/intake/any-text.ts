// Recovery passwords out of any text: Windows' own text file, manage-bde in any language, listings, mails, notes.
import { makeHost } from './host-facts.ts';
import { rejectionOf, type FoundKey, type FoundWrong, type Paired, type PairedKey } from './key-pairing.ts';
import { KeyScanner } from './key-scanner.ts';
import { LineSplitter } from './lines.ts';
import type { HostFacts, KeyRow } from './rows.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { headingOf } from './text-hosts.ts';

/** Beyond it a text is no list that somebody wrote. */
const MOST_NAMES = 100_000;

/** Reads text of which nothing is known. A row is a line on which a recovery password begins, or something that was meant as one; where there is none, a line of a list of hosts. */
export function readAnyText(emit: Emit): RowReader {
  let rowsRead = 0;
  let ids = 0;
  const scanner = new KeyScanner({
    key(found) {
      rowsRead++;
      emit(keyRowOf(found));
    },
    protectorId() {
      ids++;
    },
    wrong(found) {
      rowsRead++;
      emit(rejectionOf(found));
      // Its ID leads to its host all the same.
      if (found.id !== null) emit({ kind: 'listed-key', row: found.row, keyProtectorId: found.id.keyProtectorId, host: hostOf(found), entraDeviceId: null, createdAt: found.id.createdAt, rejected: true });
    },
  });
  const names = new NamesBelowEachOther();
  const lines = new LineSplitter({
    line(text, row) {
      scanner.line(text, row);
      names.line(text, row);
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      scanner.end();
      if (rowsRead > 0 || ids > 0) return;
      for (const { name, row } of names.all) {
        const host = makeHost(name, {});
        if (host.status !== 'ok') continue;
        rowsRead++;
        emit({ kind: 'host', row, host: host.host });
      }
    },
    get rowsRead() { return rowsRead; },
    get notes() { return rowsRead === 0 && ids > 0 ? ['key-protector-ids-only'] as const : []; },
  };
}

/** Hosts of a text without any key: a mail that lists them below each other, a list in YAML. One alone may be anything. */
class NamesBelowEachOther {
  readonly all: { readonly name: string; readonly row: number }[] = [];
  #before: { readonly name: string; readonly row: number } | null = null;

  line(line: string, row: number): void {
    const name = this.all.length < MOST_NAMES ? headingOf(line) : null;
    const before = this.#before;
    this.#before = name === null ? null : { name, row };
    if (name === null || before === null) return;
    if (this.all.at(-1)?.row !== before.row) this.all.push(before);
    this.all.push({ name, row });
  }
}

function hostOf({ id, context }: Paired<FoundKey | FoundWrong>): HostFacts | null {
  const name = id?.host ?? context.host;
  const host = name === null ? null : makeHost(name, {});
  return host?.status === 'ok' ? host.host : null;
}

/** A key that a text holds as a row, with the host its ID or its surroundings name. */
export function keyRowOf(found: PairedKey): KeyRow {
  return {
    kind: 'key', row: found.row, keyProtectorId: found.id?.keyProtectorId ?? null, recoveryPassword: found.recoveryPassword,
    host: hostOf(found), entraDeviceId: null,
    volumeId: found.context.volumeId, volumeLabel: found.context.volumeLabel, drive: found.context.drive,
    createdAt: found.id?.createdAt ?? null, remarks: [],
  };
}
