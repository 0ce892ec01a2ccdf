// The list of hosts: its head, its keys, and the lines in sight. A line whose host is not there yet is a bar.
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from '../../parts/class-names.ts';
import { Box } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { askFor, sortBy, type HostFilter, type Sort } from './host-filter.ts';
import { COLUMNS, type LineActs } from './host-line.tsx';
import { HostLines, type HostLinesHandle } from './host-lines.tsx';
import { useHostPages } from './use-host-pages.ts';
import styles from './hosts-table.module.css';

/** Columns by which the desk can sort. */
const SORT_OF: Partial<Readonly<Record<(typeof COLUMNS)[number], Sort>>> = { hostname: 'hostname', state: 'state', stateAt: 'stateAt' };

interface HostsTableProps {
  readonly filter: HostFilter; readonly total: number; readonly chosen: number | null; readonly onChoose: (hostId: number) => void; readonly onFilter: (filter: HostFilter) => void;
  /** Hosts picked to be acted on together, one may be without being opened; null: whoever is there may act on none. */
  readonly selected: ReadonlySet<number> | null; readonly onSelect: (hostIds: readonly number[], on: boolean) => void;
}

export function HostsTable({ filter, total, chosen, onChoose, onFilter, selected, onSelect }: HostsTableProps) {
  const m = useMessages();
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useRef<HostLinesHandle>(null);
  const { hostAt, onDrawn } = useHostPages(filter, total);
  const [allInSight, setAllInSight] = useState(false);
  const chosenIndex = useRef<number | null>(null);
  const move = (step: number): void => {
    const at = chosen === null ? null : lines.current?.placeOf(chosen) ?? chosenIndex.current;
    const to = at === null ? (lines.current?.firstInSight() ?? 0) : Math.min(total - 1, Math.max(0, at + step));
    const host = hostAt(to);
    if (host === null) return;
    chosenIndex.current = to;
    lines.current?.show(to);
    onChoose(host.hostId);
  };
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(step);
  };
  // The lines keep these functions; what they do is what was meant last.
  const latest = useRef({ onChoose, onSelect });
  latest.current = { onChoose, onSelect };
  const acts = useMemo((): LineActs => ({
    choose: (hostId, index) => { chosenIndex.current = index; latest.current.onChoose(hostId); },
    select: (hostId, on) => latest.current.onSelect([hostId], on),
  }), []);
  useCommands([
    { id: 'select-host', label: m.manyHosts.selectKey, keys: 'Space', bar: m.manyHosts.selectKey, enabled: chosen !== null && selected !== null, run: () => { if (chosen !== null) onSelect([chosen], selected?.has(chosen) !== true); } },
    { id: 'host-down', label: m.hosts.moveKey, keys: 'ArrowDown', run: () => move(1) },
    { id: 'host-up', label: m.hosts.moveKey, keys: 'ArrowUp', run: () => move(-1) },
  ]);
  // Another filter or sorting begins at its top.
  const asked = JSON.stringify(askFor(filter, 0, 1));
  useEffect(() => { scroll.current?.scrollTo({ top: 0 }); chosenIndex.current = null; }, [asked]);

  const heads: Readonly<Record<(typeof COLUMNS)[number], string>> = { hostname: m.hosts.host, state: m.hosts.state, reason: m.hosts.reason, model: m.hosts.model, site: m.hosts.site, keyRecords: m.hosts.keyRecords, stateAt: m.hosts.since };
  return (
    <div ref={scroll} className={`${styles['scroll'] ?? ''} ${text['scroll'] ?? ''}`} tabIndex={0} role="region" aria-label={m.hosts.table} onKeyDown={press}>
      <table className={styles['table']} role="grid" aria-rowcount={total + 1}>
        <thead role="rowgroup">
          <tr role="row">
            {selected === null ? null : <th scope="col" role="columnheader" className={styles['select']}><Box aria-label={m.manyHosts.selectInSight} checked={allInSight} onChange={() => onSelect(lines.current?.inSight() ?? [], !allInSight)} /></th>}
            {COLUMNS.map((name) => {
              const sort = SORT_OF[name];
              const sorted = sort !== undefined && sort === filter.sort;
              return (
                <th key={name} scope="col" role="columnheader" className={styles[name]} aria-sort={sorted ? (filter.descending ? 'descending' : 'ascending') : undefined}>
                  {sort === undefined ? heads[name] : <button type="button" className={classNames(styles['sort'], sorted && styles['sorted'])} onClick={() => onFilter(sortBy(filter, sort))}>{heads[name]}{sorted ? <Icon name={filter.descending ? 'down' : 'up'} /> : null}</button>}
                </th>
              );
            })}
          </tr>
        </thead>
        <HostLines scroll={scroll} handle={lines} total={total} hostAt={hostAt} chosen={chosen} selected={selected} acts={acts} onDrawn={onDrawn} onAllInSight={setAllInSight} />
      </table>
    </div>
  );
}
