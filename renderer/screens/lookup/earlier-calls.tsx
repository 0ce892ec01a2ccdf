// Whoever calls again, or is put through to somebody else, has an open call already: it goes on, instead of a second one beside it.
import { useState } from 'react';
import { useAnswer } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { usePlace } from '../../use-place.ts';
import { callsAbout, callsSaidAs, OPEN_CALLS, type Call } from './calls-to-go-on.ts';
import styles from './hits.module.css';

/** Where its sheet stands. Of a LAPS password that was not shown yet it names the host alone. */
const resumeAt = ({ callId, hostname, keyProtectorId, hostId, keyRecordId, lapsPasswordId }: Call): string => {
  const text = (id: number | null): string | null => (id === null ? null : String(id));
  return placeHash('lookup', { q: hostname ?? keyProtectorId, host: text(hostId), key: text(keyRecordId), laps: text(lapsPasswordId), call: String(callId) });
};

/** What a call is named by: its host, else the start of its key ID. */
export function useCallName(): (call: Call) => string {
  const m = useMessages();
  return (call) => call.hostname ?? call.keyProtectorId?.slice(0, 8) ?? m.lookup.noHost;
}

/** What stands on its sheet, in two lines. */
export function CallFacts({ call }: { readonly call: Call }) {
  const m = useMessages();
  const format = useFormat();
  const nameOf = useCallName();
  return (
    <span><b className={text['code']}>{nameOf(call)}</b> <span className={text['soft']}>{[call.caller, call.ticket].filter((part) => part !== null).join(', ')}</span>
      <span className={classNames(text['small'], text['muted'], styles['callFacts'])}>{[format.short(call.openedAt, Date.now()), call.operator, call.disclosureId === null ? m.calls.notShown : m.calls.shown, m.calls.read(call.groupsRead)].join(' · ')}</span></span>
  );
}

/** Back to the sheet of an open call; nothing where neither host nor key was chosen yet. */
export function GoOn({ call }: { readonly call: Call }) {
  const m = useMessages();
  return call.keyRecordId === null && call.hostId === null ? null : <a href={resumeAt(call)}>{m.calls.resume}</a>;
}

/** Of the host or key record that was chosen in the lookup. Nothing while one of its calls is in hand. */
export function CallsAbout(about: { readonly hostId: number | null; readonly keyRecordId: number | null }) {
  const m = useMessages();
  const { screen, at } = usePlace();
  const isInHand = at['call'] !== undefined;
  const [since] = useState(() => Date.now());
  const { data } = useAnswer('calls.list', OPEN_CALLS, { keep: true });
  return screen !== 'lookup' || isInHand || data === undefined ? null : <Earlier level="h3" title={m.calls.ofThis} calls={callsAbout(data.rows, about, since)} />;
}

/** By what was said instead of a key ID or a host. */
export function CallsSaidAs({ query }: { readonly query: string }) {
  const m = useMessages();
  const { data } = useAnswer('calls.list', OPEN_CALLS, { keep: true });
  return data === undefined ? null : <Earlier level="h2" title={(count) => m.calls.saidAs(query, count)} calls={callsSaidAs(data.rows, query)} />;
}

function Earlier({ title, level: Heading, calls }: { readonly title: (count: number) => string; readonly level: 'h2' | 'h3'; readonly calls: readonly Call[] }) {
  if (calls.length === 0) return null;
  return (
    <section className={styles['earlier']} aria-label={title(calls.length)}>
      <Heading className={text['sideTitle']}>{title(calls.length)}</Heading>
      <ul>{calls.map((call) => <li key={call.callId}><CallFacts call={call} /><GoOn call={call} /></li>)}</ul>
    </section>
  );
}
