// Short ways to import constructed text at a desk in memory, and to see what is in the store afterwards.
import { importKeys, type ImportEvent, type ImportOptions, type SourceFile, type SourceFiles } from '../../../electron/core/keys/import-keys.ts';
import type { FileReport } from '../../../electron/core/keys/import-report.ts';
import { openUnsealer } from '../../../electron/store/sealed-pages.ts';
import { fromLapsCell, LAPS_CELL_BYTES } from '../../../electron/core/laps/laps-cell.ts';
import { recoveryPasswordFromBytes } from '../../../electron/core/keys/recovery-password.ts';
import { AppError } from '../../../electron/core/app-error.ts';
import type { Desk } from '../../../electron/core/desk.ts';

/** A valid recovery password that belongs to nobody. */
export const passwordText = (n: number): string => Array.from({ length: 8 }, (_, group) => String(((n * 7919 + group * 104_729) % 65_536) * 11).padStart(6, '0')).join('-');

export const idText = (n: number): string => {
  const hex = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `${hex}-0000-4000-8000-${String(n).padStart(12, '0')}`;
};

export interface Line { readonly host?: string; readonly id?: number; readonly password: number }

/** As CrowdStrike's exporter writes it; without an ID as a report of AD does. */
export const csv = (lines: readonly Line[]): string =>
  ['"Hostname","KeyID","RecoveryKey","Directory"', ...lines.map(({ host, id, password }) => `"${host ?? ''}","${id === undefined ? '' : idText(id)}","${passwordText(password)}","ActiveDirectory"`), ''].join('\r\n');

/** A file in memory; an AppError in the pieces is thrown when it is reached. */
export function memoryFile(path: string, ...pieces: (string | Uint8Array | AppError)[]): SourceFile {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  return {
    path, name: path.slice(path.lastIndexOf('/') + 1), sizeBytes: bytes.reduce((sum, piece) => sum + (piece instanceof AppError ? 0 : piece.length), 0),
    async *chunks() {
      for (const piece of bytes) {
        if (piece instanceof AppError) throw piece;
        yield piece;
      }
    },
  };
}

export const lend = (...files: Awaited<ReturnType<SourceFiles['list']>>): SourceFiles => ({ list: () => Promise.resolve(files) });

export async function collect(events: AsyncIterable<ImportEvent>): Promise<ImportEvent[]> {
  const all: ImportEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Imports files in memory. @returns Their reports. */
export async function importFiles(desk: Desk, files: readonly SourceFile[], more: Partial<ImportOptions> = {}): Promise<FileReport[]> {
  const events = await collect(importKeys(desk, files.map(({ path }) => path), { files: lend(...files), signal: new AbortController().signal, ...more }));
  return events.flatMap((event) => (event.kind === 'done' ? event.files : []));
}

export async function importText(desk: Desk, text: string, name = 'keys.csv', more: Partial<ImportOptions> = {}): Promise<FileReport> {
  const [report] = await importFiles(desk, [memoryFile(`/media/${name}`, text)], more);
  if (report === undefined) throw new Error('no report');
  return report;
}

export interface KeptKey { readonly id: string | null; readonly hostname: string | null; readonly password: string; readonly conflict: boolean; readonly source: string; readonly row: number }

/** Every key record with its password opened, in the order of the store. */
export function keptKeys(desk: Desk): KeptKey[] {
  const unsealer = openUnsealer(desk.db, desk.keys);
  const rows = desk.db.prepare<[], { id: string; hostname: string | null; page_id: number; place: number; conflict: number; name: string; source_row: number }>(
    'SELECT hex(key_protector_id) AS id, hostname, page_id, place, conflict, name, source_row FROM key_records k JOIN import_files f USING (import_file_id) LEFT JOIN hosts h USING (host_id) ORDER BY key_record_id',
  ).all();
  return rows.map(({ id, hostname, page_id, place, conflict, name, source_row }) => ({
    id: id === '' ? null : `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`, hostname,
    password: recoveryPasswordFromBytes(unsealer.unseal(page_id, place)) ?? 'none', conflict: conflict === 1, source: name, row: source_row,
  }));
}

export interface KeptLaps { readonly hostname: string; readonly account: string | null; readonly password: string | null; readonly updatedAt: string | null; readonly expiresAt: string | null; readonly conflict: number }

/** Every LAPS password, opened, in the order of hosts and the store. */
export function keptLaps(desk: Desk): KeptLaps[] {
  const unsealer = openUnsealer(desk.db, desk.keys);
  return desk.db.prepare<[], Omit<KeptLaps, 'password'> & { page_id: number; place: number }>(
    'SELECT h.hostname, p.account, p.updated_at AS updatedAt, p.expires_at AS expiresAt, p.conflict, p.page_id, p.place FROM laps_passwords p JOIN hosts h USING (host_id) ORDER BY h.hostname, p.laps_password_id',
  ).all().map(({ page_id, place, ...row }) => ({ ...row, password: fromLapsCell(unsealer.unsealCell(page_id, place, LAPS_CELL_BYTES)) }));
}

/** All that an import can change, but for its own register. */
export function storeContent(desk: Desk): Record<string, unknown[]> {
  const tables = ['hosts', 'host_events', 'key_records', 'key_record_sources', 'key_ids', 'laps_passwords', 'laps_password_sources', 'sealed_pages', 'hosts_search_docsize'];
  return Object.fromEntries(tables.map((table) => [table, desk.db.prepare(`SELECT * FROM ${table}`).all()]));
}
