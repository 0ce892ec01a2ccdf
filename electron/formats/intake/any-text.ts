// Recovery passwords out of any text: Windows' own text file, manage-bde in any language, listings, mails, notes.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { makeHost } from './host-facts.ts';
import { rejectionOf, type FoundId, type FoundKey, type FoundWrong, type Paired, type PairedKey } from './key-pairing.ts';
import { KeyScanner } from './key-scanner.ts';
import { LineSplitter } from './lines.ts';
import type { HostFacts, KeyRow } from './rows.ts';
import { NamesInText } from './names-in-text.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';

/** Of locked volumes; beyond it a text is no answer of a tool. */
const MOST_NAMES = 100_000;

/** Reads text of which nothing is known. A row is a line on which a recovery password begins, or something that was meant as one; where there is none, a line of a list of hosts. */
export function readAnyText(emit: Emit): RowReader {
  let rowsRead = 0;
  let ids = 0;
  let keys = 0;
  /** Of recovery passwords that the text does not have: of locked volumes. */
  const without = new Map<KeyProtectorId, FoundId>();
  const scanner = new KeyScanner({
    key(found) {
      rowsRead++;
      keys++;
      if (found.id !== null) without.delete(found.id.keyProtectorId);
      emit(keyRowOf(found));
    },
    protectorId(id, kind) {
      ids++;
      if (without.size < MOST_NAMES && kind.length < LONGEST_KIND && NUMERICAL_PASSWORD.test(kind)) without.set(id.keyProtectorId, id);
    },
    wrong(found) {
      rowsRead++;
      keys++;
      if (found.id !== null) without.delete(found.id.keyProtectorId);
      emit(rejectionOf(found));
      // Its ID leads to its host all the same.
      if (found.id !== null) emit({ kind: 'listed-key', row: found.row, keyProtectorId: found.id.keyProtectorId, host: hostOf(found), entraDeviceId: null, createdAt: found.id.createdAt, rejected: true });
    },
  });
  const names = new NamesInText();
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
      for (const id of without.values()) {
        rowsRead++;
        emit({ kind: 'listed-key', row: id.row, keyProtectorId: id.keyProtectorId, host: hostNamed(id.host ?? id.around?.host ?? null), entraDeviceId: null, createdAt: id.createdAt });
      }
      if (rowsRead > 0 || ids > 0) return;
      names.end();
      for (const { name, row } of names.all) {
        const host = makeHost(name, {});
        if (host.status !== 'ok') continue;
        rowsRead++;
        emit({ kind: 'host', row, host: host.host });
      }
    },
    get rowsRead() { return rowsRead; },
    get notes() { return keys === 0 && ids > 0 ? ['key-protector-ids-only'] as const : []; },
  };
}

/** What manage-bde calls a recovery password; letters with accents may be lost. */
const NUMERICAL_PASSWORD = new RegExp(
  `^\\s*(?:${['numerical password', 'numerisches kennwort', 'mot de passe num.{1,2}rique', 'contrase.{1,2}a num.{1,2}rica', 'password numerica', 'numeriek wachtwoord', 'senha num.{1,2}rica', 'palavra-passe num.{1,2}rica', 'has.{1,2}o numeryczne', 'числовой пароль', '.{1,2}.?seln.{1,2} heslo', 'numeriskt l.{1,2}senord', 'numerisk adgangskode', 'numerisk passord', 'numeerinen salasana', 'say.{1,2}sal parola', 'sz.{1,2}mjegy. jelsz.', 'αριθμητικός κωδικός πρόσβασης', '数字パスワード', '数字密码', '數字密碼', '숫자 암호'].join('|')})\\s*[:：]?\\s*$`, 'iu');
const LONGEST_KIND = 60;

const hostOf = ({ id, context }: Paired<FoundKey | FoundWrong>): HostFacts | null => hostNamed(id?.host ?? context.host);

function hostNamed(name: string | null): HostFacts | null {
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
