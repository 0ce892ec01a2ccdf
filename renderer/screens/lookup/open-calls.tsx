// Calls that were begun and not ended, where the next one begins: nothing an interruption cut off is lost.
import { CALL_OUTCOMES } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import styles from './hits.module.css';

const SHOWN = 8;

export function OpenCalls() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const api = useApi();
  const act = useAct();
  const { data } = useAnswer('calls.list', { open: true, limit: SHOWN }, { keep: true });
  if (data === undefined || data.total === 0) return null;
  return (
    <section className={styles['calls']} aria-label={m.calls.open}>
      <h2>{m.calls.open} <span className={text['muted']}>{format.number(data.total)}</span></h2>
      <p>{m.calls.openLead}</p>
      <Failure failure={act.failure} />
      <ul>
        {data.rows.map((call) => (
          <li key={call.callId}>
            <span><b className={text['code']}>{call.hostname ?? call.keyProtectorId?.slice(0, 8) ?? m.lookup.noHost}</b> <span className={text['soft']}>{[call.caller, call.ticket].filter((part) => part !== null).join(', ')}</span>
              <span className={classNames(text['small'], text['muted'], styles['callFacts'])}>{[format.short(call.openedAt, Date.now()), call.operator, call.disclosureId === null ? m.calls.notShown : m.calls.shown, m.calls.read(call.groupsRead)].join(' · ')}</span></span>
            <span className={styles['callActs']}>
              {call.keyRecordId === null ? null : <a href={placeHash('lookup', { q: call.hostname ?? call.keyProtectorId ?? '', ...(call.hostId === null ? {} : { host: String(call.hostId) }), key: String(call.keyRecordId), call: String(call.callId) })}>{m.calls.resume}</a>}
              {may('calls.close') ? CALL_OUTCOMES.map((outcome) => <Button key={outcome} disabled={act.busy} onClick={() => act.run(async () => { await api.call('calls.close', { callId: call.callId, outcome }); })}>{m.calls.outcomes[outcome]}</Button>) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
