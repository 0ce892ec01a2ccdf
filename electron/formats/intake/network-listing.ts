// What tools of the network print about who answers: `net view`, `ping` in any language, `nmap -sn`, `fping`, and scripts that say "PC-1 is up".
// A host that answers is not down; one that does not may be. An answer has no time with a zone and may come from WinPE or another machine under that address: it is no evidence that a host is back.
import { makeHost, hostRejection } from './host-facts.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { isHostShaped } from './text-hosts.ts';

type Told = { readonly name: string; readonly answers: boolean };

/** `\\PC-1   remark`; a share (`\\PC-1\c$`) is none. */
const NET_VIEW = /^\\\\([^\s\\/]{1,63})(?:\s{2,}\S.*|\s*)$/;
const RULER = /^-{20,}\s*$/;
const NMAP = /^Nmap scan report for (\S+)(?: \([\da-f.:]+\))?(\s+\[host down\b.*\])?\s*$/i;
const NMAP_GREPABLE = /^Host: (\S+) \(([^)]*)\)\s+Status: (Up|Down)\s*$/;
/** `Pinging pc-1 [10.0.0.7] with 32 bytes of data:` in any language; `PING pc-1 (10.0.0.7) 56(84) bytes of data.` */
const PING = /^\S.*?(?:^|\s)"?([^\s"[\]]+)"? \[[\da-f.:%]+\](?=[^\n]*\d)[^\n]*:\s*$|^PING (\S+?):? \([\da-f.:%]+\)/i;
const NO_SUCH_HOST = /^(?:Ping request could not find host|Ping-Anforderung konnte Host|La requête Ping n['’]a pas pu trouver l['’]hôte|La solicitud de ping no pudo encontrar el host|Impossibile trovare l['’]host) "?([^\s"]+?)"?[.,\s]/i;
/** What only an answer has, whatever the language around it. */
const ANSWER = /\bTTL[=:]\d+|[=<]\s?\d+(?:[.,]\d+)?\s?ms\b/i;
const WORD = /^\s*(?!Host\b|It\b|This\b)(?:\\\\)?([^\s:;,=]+?)\$?(?:\s+\([\da-f.:]+\))?\s*(?:[:;,=\t]|\s-|\s–|\s)\s*(?:is |ist |est |: )?(up|alive|online|reachable|erreichbar|down|dead|offline|unreachable|nicht erreichbar|not reachable|no answer|no response|timed? ?out)\s*[.!]?\s*$/i;
const IS_UP = /^(?:up|alive|online|reachable|erreichbar)$/i;

/** Characters. No tool writes more of one host; blanks by the thousand would be tried in every way they can be shared out. */
const LONGEST_LINE = 400;

const isAddress = (name: string): boolean => /^[\d.]+$|^[\da-f]*:[\da-f:]+$/i.test(name);

/** @returns What a line by itself says of a host. */
function toldBy(line: string): Told | null {
  if (line.length > LONGEST_LINE) return null;
  const seen = NET_VIEW.exec(line)?.[1];
  if (seen !== undefined) return { name: seen, answers: true };
  const scanned = NMAP.exec(line);
  if (scanned?.[1] !== undefined) return { name: scanned[1], answers: scanned[2] === undefined };
  const listed = NMAP_GREPABLE.exec(line);
  if (listed?.[1] !== undefined) return { name: listed[2] === undefined || listed[2] === '' ? listed[1] : listed[2], answers: listed[3] === 'Up' };
  const unknown = NO_SUCH_HOST.exec(line)?.[1];
  if (unknown !== undefined) return { name: unknown, answers: false };
  const said = WORD.exec(line);
  return said?.[1] === undefined || said[2] === undefined ? null : { name: said[1], answers: IS_UP.test(said[2]) };
}

const pinged = (line: string): string | undefined => {
  const found = line.length > LONGEST_LINE ? null : PING.exec(line);
  return found?.[1] ?? found?.[2];
};

/** @param lines The first whole lines of a text. @returns Whether one of these tools has printed it. */
export function looksLikeNetworkListing(lines: readonly string[]): boolean {
  let [filled, views, remarks, words, named] = [0, 0, 0, 0, 0];
  let [ruled, scanned] = [false, false];
  for (const line of lines) {
    if (line.trim() === '') continue;
    filled += 1;
    if (line.length > LONGEST_LINE) continue;
    ruled ||= RULER.test(line);
    if (NET_VIEW.test(line)) {
      views += 1;
      if (/\S\s{2,}\S/.test(line)) remarks += 1;
    }
    else if (NMAP.test(line) || NMAP_GREPABLE.test(line) || NO_SUCH_HOST.test(line) || pinged(line) !== undefined) scanned = true;
    else {
      const said = WORD.exec(line)?.[1];
      if (said === undefined) continue;
      words += 1;
      if (isAddress(said) || isHostShaped(said) || isHostShaped(said.toUpperCase())) named += 1;
    }
  }
  // Names that somebody wrote with two strokes before them are no more than names.
  return scanned || (views > 0 && (ruled || (remarks > 0 && views * 5 >= filled * 4))) || (named > 1 && words * 5 >= filled * 4);
}

/** Reads such a listing. A row is what is said of one host; `affected` is false for those that answered. */
export function readNetworkListing(emit: Emit): RowReader {
  let rowsRead = 0;
  let waiting: { readonly name: string; readonly row: number } | null = null;
  const tell = ({ name, answers }: Told, row: number): void => {
    rowsRead += 1;
    const host = isAddress(name) ? ({ status: 'address' } as const) : makeHost(name, { affected: answers ? false : null });
    if (host.status === 'ok') emit({ kind: 'host', row, host: host.host });
    else emit({ kind: 'rejected', row, reason: hostRejection(host.status), field: 'hostname' });
  };
  const settle = (answers: boolean): void => {
    if (waiting !== null) tell({ name: waiting.name, answers }, waiting.row);
    waiting = null;
  };
  const lines = new LineSplitter({
    line(text, row) {
      const name = pinged(text);
      if (name !== undefined) {
        settle(false);
        waiting = { name, row };
        return;
      }
      if (waiting !== null && ANSWER.test(text)) return settle(true);
      const told = toldBy(text);
      if (told === null) return;
      settle(false);
      tell(told, row);
    },
    tooLong: rejectTooLong(emit, () => { rowsRead += 1; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      settle(false);
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}
