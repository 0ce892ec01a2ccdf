// Who is here: those at the counter first, then who waits, in the order of arrival.
import type { Output } from '../../../electron/api/contract.ts';
import { useOperator } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Glyph } from '../../parts/icon.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './walk-in.module.css';

export type WalkIn = Output<'walkIns.list'>['rows'][number];

/** In the order in which they stand on the screen. */
export const inOrder = (rows: readonly WalkIn[]): readonly WalkIn[] => [...rows.filter(({ calledAt }) => calledAt !== null), ...rows.filter(({ calledAt }) => calledAt === null)];

/** `rows` and `done` are null until the desk has answered. */
interface QueueProps { readonly rows: readonly WalkIn[] | null; readonly done: number | null; readonly chosen: number | null; readonly onChoose: (walkInId: number) => void }

export function Queue({ rows: answered, done, chosen, onChoose }: QueueProps) {
  const m = useMessages();
  const rows = answered ?? [];
  const called = rows.filter(({ calledAt }) => calledAt !== null);
  const waiting = rows.filter(({ calledAt }) => calledAt === null);
  return (
    <aside className={styles['queue']} aria-label={m.walkIn.queue}>
      <div className={classNames(styles['queueList'], text['scroll'])} {...(rows.length === 0 ? {} : { role: 'listbox', 'aria-label': m.walkIn.queue, tabIndex: 0 })}>
        {called.length === 0 ? null : <Group title={m.walkIn.inHand} rows={called} chosen={chosen} onChoose={onChoose} />}
        {answered === null ? null : <Group title={m.walkIn.waiting} rows={waiting} chosen={chosen} onChoose={onChoose} />}
      </div>
      <p className={styles['queueFoot']}>{done === null ? '' : m.walkIn.done(done)}</p>
    </aside>
  );
}

function Group({ title, rows, chosen, onChoose }: { readonly title: string; readonly rows: readonly WalkIn[]; readonly chosen: number | null; readonly onChoose: (walkInId: number) => void }) {
  const m = useMessages();
  const format = useFormat();
  const me = useOperator().name;
  return (
    <div {...(rows.length === 0 ? {} : { role: 'group', 'aria-label': title })}>
      <p className={styles['queueHead']}><b>{title}</b><span>{format.number(rows.length)}</span></p>
      {rows.length === 0 ? <p className={styles['queueNone']}>{m.walkIn.nobody}</p> : rows.map((row) => (
        <div key={row.walkInId} role="option" aria-selected={row.walkInId === chosen} className={classNames(styles['queueRow'], row.walkInId === chosen && styles['queueChosen'])} onClick={() => onChoose(row.walkInId)}
          ref={(element) => { if (row.walkInId === chosen) element?.scrollIntoView({ block: 'nearest' }); }}>
          <b className={styles['queueNumber']}>{row.number}</b>
          <span className={text['cut']}><span className={text['code']}>{row.hostname ?? row.said}</span><span className={styles['queueAct']}>{row.hostState === null ? null : <Glyph state={row.hostState} />}{m.walkIn.short[row.act]}</span></span>
          <span className={styles['queueTime']}>{format.time(row.arrivedAt)}{row.calledBy === null || row.calledBy === me ? null : <span className={text['cut']}>{row.calledBy}</span>}</span>
        </div>
      ))}
    </div>
  );
}
