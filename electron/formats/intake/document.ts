// A marked-up document as a hand-over: its passages are read as files of their own would be. Rows are counted by the lines a person sees of it.
import { unpacked } from './alike-keys.ts';
import { readAnyText } from './any-text.ts';
import { withHostOfName } from './file-name.ts';
import { makeHost } from './host-facts.ts';
import { passagesOf, type Markup } from './markup.ts';
import type { IntakeNote } from './reasons.ts';
import type { EmitEntry, RowReader } from './row-reader.ts';
import type { IntakeEntry } from './rows.ts';

/** Characters held; a longer one is read as any text, in which keys and IDs are found and hosts seldom. */
const LONGEST_DOCUMENT = 32 * 1024 * 1024;

/** @param readerOf Makes the reader for a passage: a table, JSON, or a text that is all there is. */
export function readDocument(markup: Markup, emit: EmitEntry, readerOf: (text: string, emit: EmitEntry) => RowReader, longest = LONGEST_DOCUMENT): RowReader {
  let pieces: string[] = [];
  let length = 0;
  let rowsRead = 0;
  const notes = new Set<IntakeNote>();
  let plain: RowReader | null = null;
  return {
    write(text) {
      if (plain !== null) return plain.write(text);
      length += text.length;
      pieces.push(text);
      if (length <= longest) return;
      plain = readAnyText(emit);
      for (const piece of pieces) plain.write(piece);
      pieces = [];
    },
    end() {
      if (plain !== null) return plain.end();
      const passages = passagesOf(markup, pieces.join(''));
      pieces = [];
      let above = 0;
      for (const { kind, text, about } of passages) {
        const from = above;
        const host = about === undefined ? null : makeHost(about, {});
        const held: IntakeEntry[] = [];
        const tell: EmitEntry = host?.status === 'ok' ? (entry) => void held.push(entry) : emit;
        const shifted: EmitEntry = (entry) => tell(from === 0 ? entry : { ...entry, row: entry.row + from });
        const reader = kind === 'text' && passages.length > 1 ? readAnyText(shifted) : readerOf(text, shifted);
        reader.write(text);
        reader.end();
        if (host?.status === 'ok') withHostOfName(unpacked(held), host.host).forEach(emit);
        rowsRead += reader.rowsRead;
        for (const note of reader.notes) notes.add(note);
        above += kind === 'json' ? 0 : text.split('\n').length;
      }
      if (rowsRead > 0) notes.delete('key-protector-ids-only');
    },
    get rowsRead() { return plain?.rowsRead ?? rowsRead; },
    get notes() { return plain?.notes ?? Array.from(notes); },
  };
}
