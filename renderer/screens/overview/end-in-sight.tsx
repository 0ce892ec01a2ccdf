// When the last host is likely to be back: an interval, what it hangs on, and what would move it.
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './overview-screen.module.css';

type Estimate = Extract<Output<'status.eta'>, { status: 'estimated' }>;

export function EndInSight() {
  const m = useMessages();
  const format = useFormat();
  const { data } = useAnswer('status.eta', {}, { keep: true });
  if (data === undefined || data.status === 'done') return null;
  if (data.status === 'too-early') return <section className={styles['end']} aria-label={m.eta.title}><div><p className={styles['label']}>{m.eta.title}</p><p className={styles['value']}>{m.eta.tooEarly}</p><p className={styles['note']}>{m.eta.why[data.reason]}</p></div></section>;
  const now = Date.now();
  return (
    <section className={styles['end']} aria-label={m.eta.title}>
      <div>
        <p className={styles['label']}>{m.eta.title}</p>
        <p className={styles['value']}>{m.eta.between(format.short(data.earliest, now), format.short(data.latest, now))}</p>
        <p className={styles['note']}>{m.eta.likely(format.short(data.likely, now))}. {m.eta.decidedBy[data.decidedBy]} {m.eta.meaning}</p>
        <p className={styles['note']}>{m.eta.pace(format.number(Math.max(1, Math.round(data.perHour))), m.eta.half(data.blockedHalfHours))}</p>
      </div>
      <Movers movers={data.movers} />
    </section>
  );
}

function Movers({ movers }: { readonly movers: Estimate['movers'] }) {
  const m = useMessages();
  if (movers.length === 0) return null;
  const name = (mover: Estimate['movers'][number]): string => (mover.kind === 'people' ? m.eta.people(mover.people, mover.site) : mover.kind === 'unblock' ? m.eta.unblock(mover.hosts, m.words.blockedReason[mover.reason]) : m.eta.nights);
  return <div className={styles['movers']}><p className={styles['label']}>{m.eta.movers}</p><ul>{movers.map((mover) => <li key={name(mover)}><span>{name(mover)}</span> <span className={classNames(text['strong'])}>{m.eta.sooner(mover.hoursSooner)}</span></li>)}</ul></div>;
}
