// What a wall says in one line, because nobody scrolls it: servers apart from clients, who waits longest, which sticks are out.
import type { ReactNode } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './overview-screen.module.css';

const HOUR_MS = 3_600_000;

export function WallFacts({ kinds, watch: { oldest: [oldest], sticks, moreSticks }, nowMs }: { readonly kinds: Output<'status.course'>['kinds']; readonly watch: Output<'status.watch'>; readonly nowMs: number }) {
  const m = useMessages();
  const format = useFormat();
  const expired = sticks.filter((stick) => stick.expired).length;
  const facts: readonly (readonly [label: string, value: string, note: ReactNode])[] = [
    ...kinds.filter(({ affected }) => affected > 0).map(({ kind, down, affected }) => [m.course.kinds[kind], format.number(down), m.course.downOf(format.number(affected))] as const),
    ...(oldest === undefined ? [] : [[m.course.oldest, m.course.age((nowMs - Date.parse(oldest.since)) / HOUR_MS), <span key="name" className={text['code']}>{oldest.hostname}</span>] as const]),
    [m.course.sticks, format.number(sticks.length + moreSticks), expired === 0 ? null : <span key="expired" className={text['danger']}>{format.number(expired)} {m.course.expired}</span>],
  ];
  return <dl className={styles['wallFacts']}>{facts.map(([label, value, note]) => <div key={label}><dt>{label}</dt><dd><span className={text['strong']}>{value}</span> {note}</dd></div>)}</dl>;
}
