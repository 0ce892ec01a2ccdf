// Overview: how many hosts are still down, when the last will be back, how fast it goes and where, and what stops the others; for a desk and for a wall. Every drawing has its numbers as text.
import { useEffect, useLayoutEffect, useMemo } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { HOST_STATES, type HostState } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { KeyBarEnd } from '../../frame/key-bar.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Segments } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { PageHead, SectionHead } from '../../parts/page.tsx';
import { HourBars } from '../../parts/plot.tsx';
import { StateBar } from '../../parts/progress.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useLanguage, useMessages, useThemeInSight } from '../../preferences.tsx';
import { useFullScreen } from '../../use-full-screen.ts';
import { useMakeReport } from '../../use-make-report.ts';
import { useNow } from '../../use-now.ts';
import { stayAt } from '../../use-place.ts';
import { EndInSight, toldOf, WhatIsLeft } from './end-in-sight.tsx';
import styles from './overview-screen.module.css';
import { PACE_VIEWS, PaceTable, type PaceView } from './pace-tables.tsx';
import { WallFacts } from './wall-facts.tsx';
import { BlockedReasons, OldestOpen, SticksOut } from './watch-lists.tsx';

/** Known hosts are not in the bar: nobody said that they are down. */
const IN_BAR: readonly HostState[] = HOST_STATES.filter((state) => state !== 'known');
/** Nobody touches a wall: it asks again by itself, also when nothing has changed. */
const ASK_EVERY_MS = 60_000;
const ON_A_WALL = { reasons: 4, rows: 3 } as const;

export function OverviewScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const fullScreen = useFullScreen();
  const language = useLanguage();
  const report = useMakeReport();
  const situation = (): void => report.make({ kind: 'situation', format: 'pdf', language });
  const nowMs = useNow(ASK_EVERY_MS);
  const view = PACE_VIEWS.find((name) => name === place.at['by']) ?? 'sites';
  const show = (by: PaceView): void => stayAt('overview', { by: by === 'sites' ? null : by });
  const { data, error, refetch } = useAnswer('status.get', {}, { keep: true });
  const course = useAnswer('status.course', {}, { keep: true });
  const watch = useAnswer('status.watch', {}, { keep: true });
  const eta = useAnswer('status.eta', {}, { keep: true });
  const parts = [course, watch, eta];
  const failedParts = parts.filter((part) => part.error !== null);
  const askFailedParts = (): void => { for (const part of failedParts) void part.refetch(); };
  useEffect(() => { for (const one of parts) void one.refetch(); void refetch(); }, [nowMs]);
  useWall(fullScreen.on);
  useCommands([
    { id: 'full-screen', label: fullScreen.on ? m.course.leaveFullScreen : m.course.fullScreen, keys: 'F', bar: m.course.fullScreenKey, run: fullScreen.toggle },
    ...(may('reports.make') ? [{ id: 'situation-report', label: m.overview.report, keys: 'R', bar: m.overview.reportKey, run: situation }] : []),
    { id: 'pace', label: m.course.viewsLabel, keys: 'S', bar: m.course.viewsKey, run: () => show(PACE_VIEWS[(PACE_VIEWS.indexOf(view) + 1) % PACE_VIEWS.length] ?? 'sites') },
  ]);
  if (error !== null) return <><PageHead title={m.screens.overview} /><div className={styles['pad']}><Failure failure={error} onRetry={() => { void refetch(); askFailedParts(); }} /></div></>;
  if (data === undefined) return <><PageHead title={m.screens.overview} /><Loading /></>;

  const countOf = new Map(data.states.map(({ state, count }) => [state, count]));
  const inBar = IN_BAR.map((state) => ({ state, count: countOf.get(state) ?? 0 }));
  const affected = inBar.reduce((sum, { count }) => sum + count, 0);
  const known = countOf.get('known') ?? 0;
  const wall = fullScreen.on;
  return (
    <>
      <PageHead title={m.screens.overview} meta={wall ? `${m.overview.asOf(format.now(data.asOf))}. ${m.overview.quiet}` : m.overview.asOf(format.now(data.asOf))}>
        {wall ? null : <><a href={placeHash('overview', {}, 'coverage')}>{m.coverage.title}</a>{may('reports.make') ? <a href={placeHash('reports')}>{m.screens.reports}</a> : null}</>}
        <Button icon="overview" onClick={fullScreen.toggle}>{wall ? m.course.leaveFullScreen : m.course.fullScreen}</Button>
        {wall || affected === 0 || !may('reports.make') ? null : <Button look="primary" icon="file" disabled={report.busy} onClick={situation}>{m.overview.report}</Button>}
      </PageHead>
      <div className={classNames(text['scroll'], styles['overview'])} tabIndex={0} role="region" aria-label={m.screens.overview}>
        {report.failure === null ? null : <div className={styles['pad']}><Failure failure={report.failure} /></div>}
        {failedParts.length === 0 ? null : <div className={styles['pad']}><Failure failure={failedParts[0]?.error} onRetry={askFailedParts} /></div>}
        {may('disclosures.unusual') ? <UnusualRates /> : null}
        {affected === 0 ? <Empty title={m.overview.nothing} ways={may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : []}>{m.overview.nothingLead}{known > 0 ? ` ${m.overview.knownOnly(known)}.` : ''}</Empty> : (
          <>
            <section className={styles['top']} aria-label={m.overview.stillDown}>
              <div><p className={styles['label']}>{m.overview.stillDown}</p><p className={styles['hero']}>{format.number(data.stillDown)}</p><p className={styles['note']}>{m.overview.ofAffected(course.data?.kinds.reduce((sum, kind) => sum + kind.affected, 0) ?? affected)}</p></div>
              <EndInSight />
              {course.data === undefined ? null : <Stat label={m.course.perHour} value={format.pace(course.data.perHour)} narrow={course.data.perHour === 0} note={course.data.perHour > 0 ? m.course.paceNote : m.course.paceQuiet(course.data.backInDay === 0 ? null : format.number(course.data.backInDay))} />}
              {course.data === undefined ? null : <Stat label={m.course.people} value={format.number(course.data.people)} narrow={course.data.perHour === 0} note={m.course.peopleNote} />}
            </section>
            <section className={styles['states']} aria-label={m.overview.byState}>
              <StateBar counts={inBar} />
              <ul>
                {inBar.map(({ state, count }) => (
                  <li key={state}><a href={placeHash('hosts', { state })} className={styles['state']}><StateMark state={state} /><span className={text['strong']}>{format.number(count)}</span><span className={classNames(text['muted'], styles['percent'])}>{format.percent(count, affected)}</span></a></li>
                ))}
              </ul>
            </section>
            <div className={classNames(styles['grid'], styles['row'])}>
              <section className={styles['plotSide']}>{course.data === undefined ? <Waiting part={course} /> : <><WhatIsLeft course={course.data.burnDown} wall={wall} />{wall ? null : <HoursOfDay hours={course.data.hours} />}</>}</section>
              <section className={styles['side']}>{watch.data === undefined ? <Waiting part={watch} /> : <BlockedReasons reasons={watch.data.unblock} most={wall ? ON_A_WALL.reasons : Infinity} />}</section>
            </div>
            {course.data === undefined ? null : (
              <section className={styles['row']}>
                {wall ? <div className={classNames(styles['head'], styles['paceHead'])}><SectionHead title={m.course.views[view]} aside={moreOf(view, course.data, m, ON_A_WALL.rows)} /></div>
                  : <div className={classNames(styles['head'], styles['choice'])}><Segments label={m.course.viewsLabel} value={view} options={PACE_VIEWS.map((value) => ({ value, label: m.course.views[value] }))} onChange={show} /><span className={classNames(text['small'], text['muted'])}>{moreOf(view, course.data, m, Infinity)}</span></div>}
                <PaceTable view={view} course={course.data} free={toldOf(eta.data)} most={wall ? ON_A_WALL.rows : Infinity} />
              </section>
            )}
            {wall && course.data !== undefined && watch.data !== undefined ? <WallFacts kinds={course.data.kinds} watch={watch.data} nowMs={nowMs} /> : null}
            {wall ? null : (
              <>
                {watch.data === undefined ? null : <div className={classNames(styles['grid'], styles['row'])}>
                  <section className={styles['why']}><OldestOpen oldest={watch.data.oldest} nowMs={nowMs} /></section>
                  <section className={styles['side']}><SticksOut watch={watch.data} nowMs={nowMs} /></section>
                </div>}
                <section className={styles['side']}><Records status={data} notAffected={course.data === undefined ? 0 : affected - course.data.kinds.reduce((sum, kind) => sum + kind.affected, 0)} /></section>
              </>
            )}
          </>
        )}
      </div>
      <KeyBarEnd>{m.overview.quiet}</KeyBarEnd>
    </>
  );
}

/** Larger for whoever stands four metres away, as long as the page has the whole screen. */
function useWall(on: boolean): void {
  useLayoutEffect(() => { // before the drawings measure their text
    if (!on) return;
    document.documentElement.dataset['distance'] = 'wall';
    return () => { delete document.documentElement.dataset['distance']; };
  }, [on]);
}

function UnusualRates() {
  const m = useMessages();
  const { data } = useAnswer('disclosures.unusual', {}, { keep: true });
  if (data === undefined || data.length === 0) return null;
  return <div className={styles['flag']}><Notice kind="warning">{m.course.unusual([...new Set(data.map(({ operator }) => operator))].join(', '))} <a href={placeHash('disclosures')}>{m.course.unusualLink}</a></Notice></div>;
}

function HoursOfDay({ hours }: { readonly hours: Output<'status.course'>['hours'] }) {
  const m = useMessages();
  const language = useLanguage();
  const theme = useThemeInSight();
  const seconds = useMemo(() => hours.map(({ hour }) => Date.parse(hour) / 1000), [hours]);
  const series = useMemo(() => [
    { label: m.words.hostState.repaired, color: '--repaired-fill', values: hours.map(({ repaired }) => repaired), hatched: true }, { label: m.words.hostState.verified, color: '--verified-fill', values: hours.map(({ verified }) => verified) },
  ], [hours, m]);
  const sum = (of: 'repaired' | 'verified'): number => hours.reduce((total, hour) => total + hour[of], 0);
  const note = m.overview.perHourNote(sum('repaired'), sum('verified'));
  return (
    <div className={styles['hours']}>
      <div className={styles['head']}><SectionHead title={m.overview.perHour} aside={note} end={<span className={styles['legend']}><StateMark state="repaired" /><StateMark state="verified" /></span>} /></div>
      <HourBars label={`${m.overview.perHour}: ${note}`} seconds={seconds} series={series} language={language} theme={theme} />
    </div>
  );
}

/** @param notAffected Closed as a duplicate or as not affected. */
function Records({ status, notAffected }: { readonly status: Output<'status.get'>; readonly notAffected: number }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const known = status.states.find(({ state }) => state === 'known')?.count ?? 0;
  const records: readonly (readonly [string, number, string | null, string | null])[] = [
    [m.words.hostState.known, known, m.words.hostStateMeans.known, placeHash('hosts', { state: 'known' })],
    ...(notAffected === 0 ? [] : [[m.overview.notAffected, notAffected, m.overview.notAffectedNote, placeHash('hosts', { state: 'closed' })] as const]),
    [m.overview.noKey, status.hostsWithoutKey, m.overview.noKeyNote, placeHash('matching', { view: 'hosts' })],
    [m.overview.mediaOut, status.mediaOut, m.overview.ofMedia(status.media, status.mediaNotIssued), placeHash('media')],
    [m.overview.rotationDue, status.rotationDue, m.overview.disclosed, placeHash('rotation')],
    [m.overview.keyRecords, status.keyRecords, null, null],
    [m.overview.imports, status.imports, null, placeHash('imports')],
    [m.overview.attempts, status.attempts, null, placeHash('imports', { view: 'results' })],
    [m.overview.claims, status.flaggedClaims, m.overview.claimsNote, placeHash('imports', { view: 'results' })],
    [m.overview.disclosures, status.disclosures, null, may('disclosures.list') ? placeHash('disclosures') : null],
  ];
  return (
    <>
      <div className={styles['head']}><SectionHead title={m.overview.records} /></div>
      <table className={table['table']}>
        <tbody>
          {records.map(([label, value, note, href]) => (
            <tr key={label}><th scope="row">{href === null ? label : <a href={href}>{label}</a>}</th><td className={classNames(table['num'], text['strong'], label === m.overview.claims && value > 0 && text['danger'])}>{format.number(value)}</td><td className={classNames(table['grow'], table['wrap'], text['small'], text['soft'])}>{note}</td></tr>
          ))}
        </tbody>
      </table>
      <p className={styles['auditHead']}>{m.overview.auditHead} <span className={classNames(text['code'], text['anywhere'])}>{status.auditHead}</span></p>
    </>
  );
}

/** Sites and technicians that no row is left for. */
function moreOf(view: PaceView, { sites, moreSites, technicians, moreTechnicians }: Output<'status.course'>, m: ReturnType<typeof useMessages>, rows: number): string | undefined {
  const more = view === 'sites' ? moreSites + Math.max(0, sites.length - rows) : view === 'technicians' ? moreTechnicians + Math.max(0, technicians.length - rows) : 0;
  return more === 0 ? undefined : view === 'sites' ? m.course.moreSites(more) : m.course.moreTechnicians(more);
}

/** In place of a part whose answer is on its way; that it failed is said above. */
function Waiting({ part }: { readonly part: { readonly error: unknown } }) {
  return part.error === null ? <Loading rows={4} /> : null;
}

/** @param narrow No wider than its label, where the figure beside it says more than usual. */
function Stat({ label, value, note, narrow }: { readonly label: string; readonly value: string; readonly note: string; readonly narrow: boolean }) {
  return <div className={styles['stat']}><p className={styles['label']}>{label}</p><p className={styles['value']}>{value}</p><p className={classNames(styles['note'], narrow && styles['narrow'])}>{note}</p></div>;
}
