// The list of hosts: only the rows in sight are drawn and asked for, a page of them at a time; a row that is not there yet is a bar.
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Icon } from '../../parts/icon.tsx';
import { Marked } from '../../parts/marked.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { askFor, sortBy, type HostFilter, type Sort } from './host-filter.ts';
import styles from './hosts-table.module.css';

export type HostRow = Output<'hosts.list'>['rows'][number];

export const PAGE_ROWS = 100;
const ROW_PX = 32;
/** One row in sight: null while its page is on the way. */
interface Line { readonly index: number; readonly host: HostRow | null }

const features = tableFeatures({});
const column = createColumnHelper<typeof features, Line>();
/** Columns by which the desk can sort. */
const SORT_OF: Readonly<Record<string, Sort>> = { hostname: 'hostname', state: 'state', stateAt: 'stateAt' };

interface HostsTableProps { readonly filter: HostFilter; readonly total: number; readonly chosen: number | null; readonly onChoose: (hostId: number) => void; readonly onFilter: (filter: HostFilter) => void }

export function HostsTable({ filter, total, chosen, onChoose, onFilter }: HostsTableProps) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const scroll = useRef<HTMLDivElement>(null);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroll.current, estimateSize: () => ROW_PX * rem, overscan: 12 });
  const items = virtual.getVirtualItems();
  const firstPage = Math.floor((items[0]?.index ?? 0) / PAGE_ROWS);
  const lastPage = Math.floor((items.at(-1)?.index ?? 0) / PAGE_ROWS);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = askFor(filter, page * PAGE_ROWS, PAGE_ROWS);
      return { queryKey: ['hosts.list', input], queryFn: () => api.call('hosts.list', input) };
    }),
  });
  const rowAt = (index: number): HostRow | null => answers[Math.floor(index / PAGE_ROWS) - firstPage]?.data?.rows[index % PAGE_ROWS] ?? null;
  const lines: readonly Line[] = items.map(({ index }) => ({ index, host: rowAt(index) }));

  const columns = useMemo(() => column.columns([
    column.display({ id: 'hostname', header: m.hosts.host, cell: ({ row: { original: { host } } }) => (host === null ? null : <span className={text['code']}><Marked text={host.hostname} match={host.match} /></span>) }),
    column.display({ id: 'state', header: m.hosts.state, cell: ({ row: { original: { host } } }) => (host === null ? null : <StateMark state={host.state} />) }),
    column.display({ id: 'reason', header: m.hosts.reason, cell: ({ row: { original: { host } } }) => (host === null ? null : whyOf(host, m)) }),
    column.display({ id: 'model', header: m.hosts.model, cell: ({ row: { original: { host } } }) => host?.model }),
    column.display({ id: 'site', header: m.hosts.site, cell: ({ row: { original: { host } } }) => host?.site ?? host?.organizationalUnit }),
    column.display({ id: 'keyRecords', header: m.hosts.keyRecords, cell: ({ row: { original: { host } } }) => (host === null ? null : format.number(host.keyRecords)) }),
    column.display({ id: 'stateAt', header: m.hosts.since, cell: ({ row: { original: { host } } }) => (host === null ? null : format.short(host.stateAt, Date.now())) }),
  ]), [m, format]);
  const table = useTable({ features, columns, data: lines, getRowId: (line) => String(line.index) });

  const chosenIndex = useRef<number | null>(null);
  const shown = lines.find((line) => line.host?.hostId === chosen);
  if (shown !== undefined) chosenIndex.current = shown.index;
  const move = (step: number): void => {
    const to = chosen === null || chosenIndex.current === null ? (lines[0]?.index ?? 0) : Math.min(total - 1, Math.max(0, chosenIndex.current + step));
    const host = rowAt(to);
    if (host === null) return;
    chosenIndex.current = to;
    virtual.scrollToIndex(to);
    onChoose(host.hostId);
  };
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(step);
  };
  useCommands([
    { id: 'host-down', label: m.hosts.moveKey, keys: 'ArrowDown', run: () => move(1) },
    { id: 'host-up', label: m.hosts.moveKey, keys: 'ArrowUp', run: () => move(-1) },
  ]);
  // Another filter or sorting begins at its top.
  const asked = JSON.stringify(askFor(filter, 0, 1));
  useEffect(() => { scroll.current?.scrollTo({ top: 0 }); chosenIndex.current = null; }, [asked]);

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroll} className={`${styles['scroll'] ?? ''} ${text['scroll'] ?? ''}`} tabIndex={0} role="region" aria-label={m.hosts.table} onKeyDown={press}>
      <table className={styles['table']} role="grid" aria-rowcount={total + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sort = SORT_OF[header.column.id];
                const sorted = sort !== undefined && sort === filter.sort;
                const label = <table.FlexRender header={header} />;
                return (
                  <th key={header.id} scope="col" className={styles[header.column.id]} aria-sort={sorted ? (filter.descending ? 'descending' : 'ascending') : undefined}>
                    {sort === undefined ? label : <button type="button" className={classNames(styles['sort'], sorted && styles['sorted'])} onClick={() => onFilter(sortBy(filter, sort))}>{label}{sorted ? <Icon name={filter.descending ? 'down' : 'up'} /> : null}</button>}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden="true" style={{ height: before }} /> : null}
          {table.getRowModel().rows.map((row) => {
            const { host, index } = row.original;
            return (
              <tr key={row.id} aria-rowindex={index + 2} aria-selected={host !== null && host.hostId === chosen} onClick={() => { if (host !== null) { chosenIndex.current = index; onChoose(host.hostId); } }}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={styles[cell.column.id]}>{host === null ? <span className={styles['bar']} /> : <table.FlexRender cell={cell} />}</td>
                ))}
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden="true" style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

/** What stands beside the state: the reason of a block, how a host was closed, or that its result is a claim. */
function whyOf(host: HostRow, m: ReturnType<typeof useMessages>): string {
  if (host.blockedReason !== null) return m.words.blockedReason[host.blockedReason];
  if (host.closedAs !== null) return m.words.closedAs[host.closedAs];
  if (host.flaggedClaim) return m.hosts.claim;
  return host.keyRecords === 0 && (host.state === 'reported' || host.state === 'known') ? m.words.blockedReason['no-key'] : '';
}
