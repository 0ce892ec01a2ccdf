// Calls that were begun and not ended, where the next one begins: nothing an interruption cut off is lost.
import { useEffect, useState } from 'react';
import { CALL_OUTCOMES, type CallOutcome } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { focusPage } from '../../parts/give-focus.ts';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { OPEN_CALLS, type Call } from './calls-to-go-on.ts';
import { CallFacts, GoOn, useCallName } from './earlier-calls.tsx';
import { EndUnshownCall } from './end-unshown-call.tsx';
import styles from './hits.module.css';

/** At first; the others are a key press away. */
const SHOWN = 8;

export function OpenCalls() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const api = useApi();
  const act = useAct();
  const toast = useToast();
  const aboutOf = useCallName();
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<{ readonly call: Call; readonly outcome: CallOutcome } | null>(null);
  /** A sheet without a key record is of a LAPS password. */
  const outcomesOf = ({ keyRecordId }: Call): Readonly<Record<CallOutcome, string>> => (keyRecordId === null ? m.calls.lapsOutcomes : m.calls.outcomes);
  const end = (call: Call, outcome: CallOutcome, note?: string): void => act.run(async () => {
    await api.call('calls.close', { callId: call.callId, outcome, ...(note === undefined ? {} : { note }) });
    setAsking(null);
    toast({ text: m.calls.ended(outcomesOf(call)[outcome]) });
  });
  const { data, error, refetch } = useAnswer('calls.list', OPEN_CALLS, { keep: true });
  useEffect(focusPage, [data, all]); // what was pressed goes, and the focus with it
  if (error !== null) return <section className={styles['calls']} aria-label={m.calls.open}><h2>{m.calls.open}</h2><Failure failure={error} onRetry={() => void refetch()} /></section>;
  if (data === undefined || data.total === 0) return null;
  return (
    <section className={styles['calls']} aria-label={m.calls.open}>
      <h2>{m.calls.open} <span className={text['muted']}>{format.number(data.total)}</span></h2>
      <p>{m.calls.openLead}</p>
      {asking === null ? <Failure failure={act.failure} /> : <EndUnshownCall about={aboutOf(asking.call)} word={outcomesOf(asking.call)[asking.outcome]} busy={act.busy} failure={act.failure} onEnd={(note) => end(asking.call, asking.outcome, note)} onClose={() => { setAsking(null); act.clear(); }} />}
      <ul>
        {data.rows.slice(0, all ? undefined : SHOWN).map((call) => (
          <li key={call.callId}>
            <CallFacts call={call} />
            <span className={styles['callActs']}>
              <GoOn call={call} />
              {may('calls.close') ? CALL_OUTCOMES.map((outcome) => <Button key={outcome} disabled={act.busy} aria-label={`${outcomesOf(call)[outcome]}: ${aboutOf(call)}`} onClick={() => (call.disclosureId === null && outcome !== 'broken-off' ? setAsking({ call, outcome }) : end(call, outcome))}>{outcomesOf(call)[outcome]}</Button>) : null}
            </span>
          </li>
        ))}
      </ul>
      {all || data.rows.length <= SHOWN ? null : <Button onClick={() => setAll(true)}>{m.calls.showAll(data.rows.length)}</Button>}
    </section>
  );
}
