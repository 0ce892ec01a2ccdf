// What was scanned is no single host: a person chooses, or takes it in without one.
import type { Output } from '../../../electron/api/contract.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Guessed } from '../../parts/guessed.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import styles from './walk-in.module.css';

export type Arrival = { readonly said: string } & Exclude<Output<'walkIns.arrive'>, { readonly status: 'in' }>;

/** The list the field of the scanner moves through, and one of it. */
export const ARRIVAL_CHOICES = 'arrival-choices';
/** @returns The element ID of a choice. */
export const arrivalChoice = (index: number): string => `${ARRIVAL_CHOICES}-${index}`;

interface ArrivalChoiceProps { readonly arrival: Arrival; readonly at: number; readonly busy: boolean; readonly onTake: (hostId: number | null) => void }

export function ArrivalChoice({ arrival, at, busy, onTake }: ArrivalChoiceProps) {
  const m = useMessages();
  const unknown = <Button {...(arrival.status === 'none' ? { look: 'primary', keys: 'Enter' } as const : {})} large disabled={busy} onClick={() => onTake(null)}>{m.walkIn.takeInAnyway}</Button>;
  if (arrival.status === 'none') {
    return <section className={styles['stage']} role="status"><p className={styles['act']}>{m.walkIn.none(arrival.said)}</p><p className={styles['how']}>{m.walkIn.noneLead}</p><div className={styles['acts']}>{unknown}</div></section>;
  }
  return (
    <section className={styles['stage']}>
      <p className={styles['act']} role="status">{m.walkIn.several}</p>
      <p className={styles['how']} role="status">{arrival.guessed ? m.walkIn.guessed(arrival.said) : m.walkIn.chooseLead}</p>
      <ul id={ARRIVAL_CHOICES} className={styles['choices']} role="listbox" aria-label={m.walkIn.several} tabIndex={0}>
        {arrival.hosts.map((host, index) => (
          <li key={host.hostId} id={arrivalChoice(index)} role="option" aria-selected={index === at} className={classNames(styles['choice'], index === at && styles['queueChosen'])} onClick={() => onTake(host.hostId)}>
            <span className={classNames(text['code'], text['strong'], text['cut'])}>{arrival.guessed ? <Guessed text={host.hostname} typed={arrival.said} anywhere /> : host.hostname}</span><StateMark state={host.state} />
            <span className={classNames(text['soft'], text['cut'])}>{host.foundBy === null ? host.site : `${m.lookup.facts[host.foundBy.fact]} ${host.foundBy.text}`}</span>
          </li>
        ))}
      </ul>
      <div className={styles['acts']}>{unknown}</div>
    </section>
  );
}
