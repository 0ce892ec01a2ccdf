// What the list can be narrowed down to, with how many hosts each would leave.
import type { Output } from '../../../electron/api/contract.ts';
import { BLOCKED_REASONS, HOST_STATES } from '../../../electron/core/codes.ts';
import { Check } from '../../parts/field.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { toggle, type HostFilter } from './host-filter.ts';
import { HostViews, MoreFacets } from './more-facets.tsx';
import styles from './facets.module.css';

export function Facets({ filter, answer, onChange }: { readonly filter: HostFilter; readonly answer: Output<'hosts.list'> | undefined; readonly onChange: (filter: HostFilter) => void }) {
  const m = useMessages();
  const format = useFormat();
  const stateCounts = new Map(answer?.states.map(({ state, count }) => [state, count]));
  const reasonCounts = new Map(answer?.blockedReasons.map(({ reason, count }) => [reason, count]));
  const reasons = BLOCKED_REASONS.filter((reason) => (reasonCounts.get(reason) ?? 0) > 0 || filter.blockedReasons.includes(reason)).toSorted((one, other) => (reasonCounts.get(other) ?? 0) - (reasonCounts.get(one) ?? 0));
  /** Before there is an answer, nothing: a zero would be one. */
  const count = (value: number | undefined) => <span className={`${text['num'] ?? ''} ${text['muted'] ?? ''}`}>{answer === undefined ? '' : format.number(value ?? 0)}</span>;
  return (
    <>
      <section className={styles['facet']}>
        <h2 className={styles['title']}>{m.hosts.state}</h2>
        <ul>
          {HOST_STATES.map((state) => (
            <li key={state} className={styles['row']}>
              <Check label={<StateMark state={state} />} checked={filter.states.includes(state)} onChange={() => onChange({ ...filter, states: toggle(filter.states, state) })} />{count(stateCounts.get(state))}
            </li>
          ))}
        </ul>
      </section>
      {reasons.length === 0 ? null : (
        <section className={styles['facet']}>
          <h2 className={styles['title']}>{m.hosts.blockedBy}</h2>
          <ul>
            {reasons.map((reason) => (
              <li key={reason} className={styles['row']}>
                <Check label={m.words.blockedReason[reason]} checked={filter.blockedReasons.includes(reason)} onChange={() => onChange({ ...filter, blockedReasons: toggle(filter.blockedReasons, reason) })} />{count(reasonCounts.get(reason))}
              </li>
            ))}
          </ul>
        </section>
      )}
      <MoreFacets filter={filter} onChange={onChange} />
      <HostViews filter={filter} />
    </>
  );
}
