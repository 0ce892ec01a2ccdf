// Accounts of computers in columns, as `net group "Domain Computers"` prints them in any language: a ruler, then names that end in `$`. A group is an inventory: nobody in it is down for that.
import { hostRejection, makeHost } from './host-facts.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';

const RULER = /^-{40,}\s*$/;
const ACCOUNTS = /^\s*[^\s$"',;:=]+\$(?:\s+[^\s$"',;:=]+\$)*\s*$/;

/** @param lines The first whole lines of a text. */
export function looksLikeAccountListing(lines: readonly string[]): boolean {
  const ruler = lines.findIndex((line) => RULER.test(line));
  return ruler !== -1 && ACCOUNTS.test(lines[ruler + 1] ?? '');
}

/** Reads such a list. A row is a line of accounts; what stands around them is none. */
export function readAccountListing(emit: Emit): RowReader {
  let rowsRead = 0;
  const lines = new LineSplitter({
    line(text, row) {
      if (text.length > 1000 || !ACCOUNTS.test(text)) return;
      rowsRead++;
      for (const account of text.trim().split(/\s+/)) {
        const host = makeHost(account, {});
        if (host.status === 'ok') emit({ kind: 'host', row, host: host.host });
        else emit({ kind: 'rejected', row, reason: hostRejection(host.status) });
      }
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return { write: (text) => lines.write(text), end: () => lines.end(), get rowsRead() { return rowsRead; }, notes: [] };
}
