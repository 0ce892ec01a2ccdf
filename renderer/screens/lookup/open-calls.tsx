// Calls that were begun and not ended, where the next one begins: nothing an interruption cut off is lost.
import { useEffect, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { CALL_OUTCOMES, type CallOutcome } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { focusPage } from '../../parts/give-focus.ts';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { EndUnshownCall } from './end-unshown-call.tsx';
import styles from './hits.module.css';

type Call = Output<'calls.list'>['rows'][number];

/** Where its sheet stands. Of a LAPS password that was not shown yet it names the host alone. */
const resumeAt = ({ callId, hostname, keyProtectorId, hostId, keyRecordId, lapsPasswordId }: Call): string => {
  const text = (id: number | null): string | null => (id === null ? null : String(id));
  return placeHash('lookup', { q: hostname ?? keyProtectorId, host: text(hostId), key: text(keyRecordId), laps: text(lapsPasswordId), call: String(callId) });
};
const SHOWN = 8;

export function OpenCalls() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const api = useApi();
  const act = useAct();
  const toast = useToast();
  const [asking, setAsking] = useState<{ readonly call: Call; readonly outcome: CallOutcome } | null>(null);
  const end = ({ callId }: Call, outcome: CallOutcome, note?: string): void => act.run(async () => {
    await api.call('calls.close', { callId, outcome, ...(note === undefined ? {} : { note }) });
    setAsking(null);
    toast({ text: m.calls.ended(m.calls.outcomes[outcome]) });
  });
  const { data, error, refetch } = useAnswer('calls.list', { open: true, limit: SHOWN }, { keep: true });
  useEffect(focusPage, [data]); // the line of a call that was ended goes, and the focus with it
  const aboutOf = (call: Call): string => call.hostname ?? call.keyProtectorId?.slice(0, 8) ?? m.lookup.noHost;
  if (error !== null) return <section className={styles['calls']} aria-label={m.calls.open}><h2>{m.calls.open}</h2><Failure failure={error} onRetry={() => void refetch()} /></section>;
  if (data === undefined || data.total === 0) return null;
  return (
    <section className={styles['calls']} aria-label={m.calls.open}>
      <h2>{m.calls.open} <span className={text['muted']}>{format.number(data.total)}</span></h2>
      <p>{m.calls.openLead}</p>
      {asking === null ? <Failure failure={act.failure} /> : <EndUnshownCall about={aboutOf(asking.call)} outcome={asking.outcome} busy={act.busy} failure={act.failure} onEnd={(note) => end(asking.call, asking.outcome, note)} onClose={() => { setAsking(null); act.clear(); }} />}
      <ul>
        {data.rows.map((call) => (
          <li key={call.callId}>
            <span><b className={text['code']}>{aboutOf(call)}</b> <span className={text['soft']}>{[call.caller, call.ticket].filter((part) => part !== null).join(', ')}</span>
              <span className={classNames(text['small'], text['muted'], styles['callFacts'])}>{[format.short(call.openedAt, Date.now()), call.operator, call.disclosureId === null ? m.calls.notShown : m.calls.shown, m.calls.read(call.groupsRead)].join(' · ')}</span></span>
            <span className={styles['callActs']}>
              {call.keyRecordId === null && call.hostId === null ? null : <a href={resumeAt(call)}>{m.calls.resume}</a>}
              {may('calls.close') ? CALL_OUTCOMES.map((outcome) => <Button key={outcome} disabled={act.busy} aria-label={`${m.calls.outcomes[outcome]}: ${aboutOf(call)}`} onClick={() => (call.disclosureId === null && outcome !== 'broken-off' ? setAsking({ call, outcome }) : end(call, outcome))}>{m.calls.outcomes[outcome]}</Button>) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
