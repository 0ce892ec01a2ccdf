// When the last host is likely to be back: an interval beside the figure of the screen, what is left until then as a drawing, and what would move it.
import { useMemo } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer } from '../../desk.tsx';
import { BurnDownPlot, type BurnDown } from '../../parts/burn-down-plot.tsx';
import { endOfDrawing } from '../../parts/drawing-span.ts';
import { classNames } from '../../parts/class-names.ts';
import { SectionHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useLanguage, useMessages, useThemeInSight } from '../../preferences.tsx';
import styles from './overview-screen.module.css';

type Estimate = Output<'status.eta'>;
/** What is told of the work, whether or not an end of everything can be. */
export type Told = Extract<Estimate, { status: 'estimated' | 'blocked' }>;

/** @returns The answer where it says something of the work; null while it is on the way, done or too early to tell. */
export const toldOf = (data: Estimate | undefined): Told | null => (data?.status === 'estimated' || data?.status === 'blocked' ? data : null);

const WEEK_MS = 7 * 86_400_000;

/** The interval, or why there is none. */
export function EndInSight() {
  const m = useMessages();
  const format = useFormat();
  const { data } = useAnswer('status.eta', {}, { keep: true });
  if (data === undefined || data.status === 'done') return <div className={styles['stat']} />;
  if (data.status === 'too-early') return <div className={styles['stat']}><p className={styles['label']}>{m.eta.title}</p><p className={styles['value']}>{m.eta.tooEarly}</p><p className={styles['note']}>{m.eta.why[data.reason]}</p></div>;
  // An end in weeks has no hour.
  const instantBefore = (latest: string) => (instant: string): string => (isFar(latest) ? format.day(instant) : format.dayTime(instant));
  const at = instantBefore((data.status === 'blocked' ? data.free : data)?.latest ?? '');
  const ofFree = <p className={classNames(styles['note'], styles['free'])} title={m.eta.freeMeaning}>{data.free === null ? m.eta.freeNone : m.eta.freeBetween(at(data.free.earliest), at(data.free.latest))}</p>;
  if (data.status === 'blocked') return <div className={styles['stat']}><p className={styles['label']}>{m.eta.title}</p><p className={styles['value']}>{m.eta.untold}</p>{ofFree}<p className={styles['note']}>{m.eta.untoldWhy(format.number(data.hosts))}</p></div>;
  return (
    <div className={styles['stat']} title={m.eta.meaning}>
      <p className={styles['label']}>{m.eta.title}, {m.eta.interval}</p>
      <p className={styles['value']}>{m.eta.between(at(data.earliest), at(data.latest))}</p>
      {ofFree}
      <p className={styles['note']}>{sentence(m.eta.likely(at(data.likely)))} {m.eta.decidedBy[data.decidedBy]}</p>
    </div>
  );
}

/** @param latest Instant, ISO-8601. @returns Whether its weekday alone would not say which day it is. */
export const isFar = (latest: string): boolean => Date.parse(latest) - Date.now() > WEEK_MS;

/** German dates end with a full stop of their own. */
const sentence = (words: string): string => (words.endsWith('.') ? words : `${words}.`);

/** What was down hour by hour, and on the way to the three ends of the estimate. */
export function WhatIsLeft({ course, wall }: { readonly course: Output<'status.course'>['burnDown']; readonly wall: boolean }) {
  const m = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const theme = useThemeInSight();
  const { data: estimate } = useAnswer('status.eta', {}, { keep: true });
  const eta = toldOf(estimate);
  const last = course.at(-1);
  const end = eta?.status === 'blocked' ? eta.free : eta;
  const drawn = useMemo((): BurnDown => {
    const seconds = course.map(({ hour }) => Math.min(Date.parse(hour) / 1000 + 3600, Date.now() / 1000));
    return {
      seconds, down: course.map(({ down }) => down), blocked: course.map(({ blocked }) => blocked),
      ahead: end === null || eta === null ? null : { earliest: Date.parse(end.earliest) / 1000, likely: Date.parse(end.likely) / 1000, latest: Date.parse(end.latest) / 1000, path: eta.path },
    };
  }, [course, estimate]);
  if (last === undefined) return null;
  const most = Math.max(...course.map(({ down }) => down));
  return (
    <>
      <div className={styles['head']}><SectionHead title={m.course.left} aside={wall ? undefined : drawn.ahead === null ? m.course.leftNoteShort : eta?.status === 'blocked' ? m.course.leftNoteFree : endOfDrawing(drawn) < drawn.ahead.latest ? m.course.leftNoteCut : m.course.leftNote} /></div>
      <BurnDownPlot label={m.course.leftLabel(most, last.down, last.blocked)} now={m.course.now(format.time(new Date().toISOString()))} course={drawn} heightRem={wall ? 8 : 14} language={language} theme={theme} scale={wall ? 'wall' : 'desk'} />
      {eta === null || eta.movers.length === 0 ? null : <MovesItMost movers={eta.movers.slice(0, wall ? 2 : 4)} pace={eta.status === 'blocked' ? undefined : m.eta.pace(format.number(Math.max(1, Math.round(eta.perHour))), m.eta.half(eta.blockedHalfHours))} />}
    </>
  );
}

function MovesItMost({ movers, pace }: { readonly movers: Told['movers']; readonly pace: string | undefined }) {
  const m = useMessages();
  const name = (mover: Told['movers'][number]): string => (mover.kind === 'people' ? m.eta.people(mover.people, mover.site) : mover.kind === 'unblock' ? m.eta.unblock(mover.hosts, m.words.blockedReason[mover.reason]) : m.eta.nights);
  return <div className={styles['movers']} title={pace}><span className={text['muted']}>{m.eta.movers}</span>{movers.map((mover) => <span key={name(mover)}>{name(mover)} <span className={classNames(text['strong'], text['nowrap'])}>{mover.hoursSooner >= 1 ? m.eta.sooner(mover.hoursSooner) : m.eta.freeSooner(mover.freeSooner)}</span>{mover.hoursSooner >= 1 && mover.freeSooner >= 1 ? <>, {m.eta.freeSooner(mover.freeSooner)}</> : null}</span>)}</div>;
}
