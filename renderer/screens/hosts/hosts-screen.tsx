// Hosts: facets at the left, the list in the middle, one host at the right. Filtered and sorted by the desk, a page at a time.
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { KeyBarEnd } from '../../frame/key-bar.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { focusPage } from '../../parts/give-focus.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { numberAt, placeHash, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { PrintPaper } from '../paper/print-paper.tsx';
import { ActOnMany, SaveHosts } from './act-on-many.tsx';
import { Facets } from './facets.tsx';
import { askFor, filterAt, filterParameters, narrowedTo, PLACES, toggle, type HostFilter } from './host-filter.ts';
import { HostPanel } from './host-panel.tsx';
import { HostQueryField } from './host-query-field.tsx';
import { HostsTable } from './hosts-table.tsx';
import { PAGE_ROWS } from './use-host-pages.ts';
import styles from './hosts-screen.module.css';

const NOBODY: ReadonlySet<number> = new Set();
/** As many as the desk takes one by one (contract/many-hosts.ts); more are meant by a filter. */
const MOST_SELECTED = 1000;

export function HostsScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const may = useMay();
  const facetsId = useId();
  const filterField = useRef<HTMLInputElement>(null);
  const filter = useMemo(() => filterAt(place), [place]);
  const hostId = numberAt(place.at['host']);
  /** What stands in the field is a recovery password: no filter, and nowhere but there. */
  const [isSecret, setIsSecret] = useState(false);
  const first = useAnswer('hosts.list', askFor(filter, 0, PAGE_ROWS), { keep: true });
  const data: Output<'hosts.list'> | undefined = first.data;
  // What nobody sees any more is not acted on: a selection is one of what the list was narrowed to.
  const narrowed = JSON.stringify(narrowedTo(filter));
  const [selection, setSelection] = useState<{ readonly of: string; readonly hostIds: ReadonlySet<number> }>({ of: narrowed, hostIds: NOBODY });
  const selected = selection.of === narrowed ? selection.hostIds : NOBODY;
  const clearSelection = (): void => setSelection({ of: narrowed, hostIds: NOBODY });
  const select = (hostIds: readonly number[], on: boolean): void => setSelection((before) => {
    const after = new Set(before.of === narrowed ? before.hostIds : NOBODY);
    for (const hostId of hostIds) if (on && after.size < MOST_SELECTED) after.add(hostId); else if (!on) after.delete(hostId);
    return { of: narrowed, hostIds: after };
  });

  const change = (next: HostFilter, host: number | null = hostId): void => stayAt('hosts', { ...filterParameters(next), host: host === null ? null : String(host) });
  const open = (host: number | null): void => change(filter, host);

  const panel = useRef<HTMLElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && hostId === null) focusPage(); // the panel went, and the focus with it
    wasOpen.current = hostId !== null;
  }, [hostId]);
  useCommands([
    { id: 'move', label: m.hosts.moveKey, keys: 'ArrowUp ArrowDown', bar: m.hosts.moveKey },
    { id: 'filter', label: m.hosts.filter, keys: 'Ctrl+F', bar: m.hosts.filterKey, run: () => filterField.current?.focus() },
    { id: 'to-panel', label: m.hosts.toPanel, keys: 'Enter', bar: m.hosts.toPanelKey, enabled: hostId !== null, run: () => (panel.current?.querySelector<HTMLElement>('footer button') ?? panel.current)?.focus() },
    { id: 'close-panel', label: m.common.close, keys: 'Escape', enabled: hostId !== null, run: () => open(null) },
  ]);

  const chips = [
    ...(filter.query === '' ? [] : [{ label: m.hosts.nameFilter(filter.query), remove: () => change({ ...filter, query: '' }) }]),
    ...filter.states.map((state) => ({ label: m.words.hostState[state], remove: () => change({ ...filter, states: toggle(filter.states, state) }) })),
    ...filter.blockedReasons.map((reason) => ({ label: m.words.blockedReason[reason], remove: () => change({ ...filter, blockedReasons: toggle(filter.blockedReasons, reason) }) })),
    ...PLACES.flatMap((name) => filter[name].map((value) => ({ label: `${m.manyHosts.facet[name]}: ${value}`, remove: () => change({ ...filter, [name]: toggle(filter[name], value) }) }))),
  ];
  const all = useAnswer('status.get', {}, { keep: true }).data?.hosts;
  const clear = (): void => change({ ...filter, query: '', states: [], blockedReasons: [], sites: [], waves: [], tags: [], technicians: [] });
  return (
    <>
      <PageHead title={m.screens.hosts} meta={data === undefined ? '' : all === undefined || data.total >= all ? m.common.hosts(data.total) : m.common.of(data.total, all)}
        after={chips.length === 0 ? undefined : (
          <span className={styles['chips']}>
            {chips.map((chip) => <button key={chip.label} type="button" className={styles['chip']} aria-label={m.hosts.removeFilter(chip.label)} onClick={chip.remove}>{chip.label}<Icon name="close" /></button>)}
          </span>
        )}>
        {data === undefined || isSecret ? null : <><ActOnMany filter={filter} total={data.total} selected={selected} onDone={clearSelection} /><SaveHosts filter={filter} total={data.total} /></>}
        {may('paper.print') ? <PrintPaper /> : null}
        <span className={styles['facetsButton']}><Button icon="filter" popoverTarget={facetsId}>{m.hosts.facets}{chips.length === 0 ? '' : ` ${chips.length}`}</Button></span>
        <span className={styles['search']}><HostQueryField field={filterField} query={filter.query} onQuery={(query) => change({ ...filter, query })} onSecret={setIsSecret} /></span>
      </PageHead>
      <div className={classNames(styles['hosts'], hostId !== null && styles['withPanel'])}>
        <aside className={`${styles['facets'] ?? ''} ${text['scroll'] ?? ''}`} aria-label={m.hosts.facets}><Facets filter={filter} answer={data} onChange={(next) => change(next)} /></aside>
        <div className={styles['popover']} id={facetsId} popover="auto"><Facets filter={filter} answer={data} onChange={(next) => change(next)} /></div>
        {isSecret ? <div className={styles['failed']}><Notice kind="danger">{m.hosts.secret}</Notice></div> : first.error !== null ? <div className={styles['failed']}><Failure failure={first.error} onRetry={() => void first.refetch()} /></div>
          : data === undefined || (first.isPlaceholderData && data.total === 0) ? <Loading rows={16} />
            : data.total === 0 ? (
              <div>
                {chips.length > 0 ? <Empty title={m.hosts.none} ways={[{ label: m.hosts.clearFilters, onClick: clear }]}>{m.hosts.noneLead}</Empty>
                  : <Empty title={m.hosts.empty} ways={may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : []}>{m.hosts.emptyLead}</Empty>}
              </div>
            ) : <HostsTable filter={filter} total={data.total} chosen={hostId} onChoose={open} onFilter={(next) => change(next)} selected={may('hosts.tag') ? selected : null} onSelect={select} />}
        {hostId === null ? null : <HostPanel key={hostId} place={panel} hostId={hostId} onClose={() => open(null)} />}
      </div>
      {selected.size === 0 ? null : <p className={styles['selection']} role="status"><strong>{m.manyHosts.selected(selected.size)}</strong><Button look="quiet" onClick={clearSelection}>{m.manyHosts.clearSelection}</Button></p>}
      <KeyBarEnd>{data === undefined ? '' : m.hosts.all(data.total)}</KeyBarEnd>
    </>
  );
}
