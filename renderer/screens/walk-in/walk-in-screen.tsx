// The walk-in station: scanner first. A label is scanned, a number given, the next act stands there large; done, next number. Keyboard and scanner only.
import { useLayoutEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { useCommands, type Command } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { numberAt, parsePlace, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { useFullScreen } from '../../use-full-screen.ts';
import { goTo, stayAt } from '../../use-place.ts';
import { Disclosed, type Disclosure } from '../lookup/disclosed.tsx';
import type { DiscloseHandle } from '../lookup/disclose-form.tsx';
import type { OnHide } from '../lookup/secret-in-sight.tsx';
import { useSheet } from '../lookup/use-sheet.ts';
import { ArrivalChoice, type Arrival } from './arrival.tsx';
import { AtTheCounter } from './at-the-counter.tsx';
import { KeyAtCounter } from './key-at-counter.tsx';
import { inOrder, Queue, type WalkIn } from './queue.tsx';
import { ScanField } from './scan-field.tsx';
import { Ticket } from './ticket.tsx';
import styles from './walk-in.module.css';

type Outcome = NonNullable<Output<'walkIns.get'>['walkIn']['outcome']>;

export function WalkInScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const toast = useToast();
  const act = useAct();
  const fullScreen = useFullScreen();
  const field = useRef<HTMLInputElement>(null);
  const disclose = useRef<DiscloseHandle>(null);
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const [choiceAt, setChoiceAt] = useState(-1);
  const [said, setSaid] = useState<'secret' | { readonly again: number } | null>(null);
  const [seen, setSeen] = useState(false);
  const [disclosure, setDisclosure] = useState<Disclosure | null>(null);

  const { data: queue, error, refetch } = useAnswer('walkIns.list', {}, { keep: true });
  const at = numberAt(place.at['at']);
  const keyAt = numberAt(place.at['key']);
  const choosingKey = place.at['key'] !== undefined;
  const { data: got, error: gone } = useAnswer('walkIns.get', { walkInId: at ?? 0 }, { enabled: at !== null, keep: true });
  const current = at !== null && gone === null && got?.walkIn.walkInId === at && got.walkIn.endedAt === null ? got : undefined;
  const walkIn = current?.walkIn;
  const hostId = walkIn?.hostId ?? null;
  const { data: answered } = useAnswer('hosts.get', { hostId: hostId ?? 0 }, { enabled: hostId !== null, keep: true });
  const host = answered?.host.hostId === hostId ? answered : undefined;
  const rows = queue?.rows ?? [];
  const firstWaiting = rows.find(({ calledAt }) => calledAt === null);
  const canAct = may('walkIns.call');

  const sheet = useSheet(place.at['call'], ({ keyRecordId }) => keyRecordId !== null && keyRecordId === keyAt, (callId) => {
    const now = parsePlace(window.location.hash);
    if (now?.screen !== 'walk-in' || ['at', 'key', 'call'].some((name) => now.at[name] !== place.at[name])) return false; // gone on meanwhile
    stayAt('walk-in', { ...now.at, call: String(callId) });
    return true;
  });

  const show = (walkInId: number | null, key?: string): void => { setChoiceAt(-1); stayAt('walk-in', { at: walkInId === null ? null : String(walkInId), key: key ?? null }); };
  const backToField = (): void => field.current?.focus();
  useLayoutEffect(() => { if (disclosure === null && !seen) backToField(); }, [disclosure, seen, at, place.at['key']]); // not when a call begins: somebody types into its sheet

  const call = (walkInId?: number): void => act.run(async () => {
    const called = (await api.call('walkIns.call', walkInId === undefined ? {} : { walkInId })).walkIn;
    setSaid(null);
    show(called?.walkInId ?? null);
  });
  const arrive = (text: string, chosen: { readonly hostId?: number; readonly unknown?: boolean } = {}): void => act.run(async () => {
    setSaid(null);
    const answer = await api.call('walkIns.arrive', { text, ...chosen });
    setChoiceAt(-1);
    if (answer.status !== 'in') { setArrival({ said: text, ...answer }); return; }
    setArrival(null);
    const taken: WalkIn = answer.walkIn;
    if (answer.again) { setSaid({ again: taken.number }); show(taken.walkInId); return; }
    const busy = walkIn !== undefined && walkIn.calledAt !== null;
    if (!busy && answer.before === 0) { show((await api.call('walkIns.call', { walkInId: taken.walkInId })).walkIn?.walkInId ?? taken.walkInId); return; } // nobody before it
    toast({ text: m.walkIn.takenIn(taken.number, answer.before) });
    if (!busy) show(taken.walkInId);
  });
  const end = (outcome: Outcome): void => { if (walkIn !== undefined) act.run(async () => {
    const { walkInId, number, calledAt } = walkIn;
    await api.call('walkIns.end', { walkInId, outcome });
    show(null);
    const undo = async (): Promise<void> => { await api.call('walkIns.putBack', { walkInId }); if (calledAt !== null) await api.call('walkIns.call', { walkInId }); show(walkInId); };
    toast({ text: m.walkIn.ended[outcome](number), undo });
  }); };
  const putBack = (): void => { if (walkIn !== undefined) act.run(async () => { await api.call('walkIns.putBack', { walkInId: walkIn.walkInId }); show(null); }); };

  const chooseKey = (): void => {
    if (walkIn === undefined) return;
    const [only] = host?.keyRecords ?? [];
    show(walkIn.walkInId, host?.keyRecords.length === 1 && only !== undefined ? String(only.keyRecordId) : 'choose');
  };
  const primary = (): void => {
    if (walkIn === undefined) { if (firstWaiting !== undefined) call(); return; }
    if (walkIn.calledAt === null) return call(walkIn.walkInId);
    switch (walkIn.act) {
      case 'stick': case 'nothing': case 'closed': return end('done');
      case 'unblock': case 'keep-off': case 'find-out': return end('sent-on');
      case 'watch': return setSeen(true);
      case 'safe-boot': return goTo('lookup', { host: String(walkIn.hostId), q: walkIn.hostname });
      case 'disclose': return chooseKey();
    }
  };
  const go = (): void => {
    if (!canAct || act.busy) return;
    if (arrival?.status === 'none') arrive(arrival.said, { unknown: true });
    else if (arrival?.status === 'several') { const chosen = arrival.hosts[choiceAt]; if (chosen !== undefined) arrive(arrival.said, { hostId: chosen.hostId }); }
    else if (keyAt !== null) disclose.current?.submit();
    else if (choosingKey && walkIn !== undefined) { const chosen = host?.keyRecords[choiceAt]; if (chosen !== undefined) show(walkIn.walkInId, String(chosen.keyRecordId)); }
    else primary();
  };
  const move = (step: 1 | -1): void => {
    const within = (count: number): void => { if (count > 0) setChoiceAt((before) => Math.min(count - 1, Math.max(0, before + step))); };
    if (arrival?.status === 'several') return within(arrival.hosts.length);
    if (choosingKey && keyAt === null) return within(host?.keyRecords.length ?? 0);
    const all = inOrder(rows);
    const from = all.findIndex(({ walkInId }) => walkInId === at);
    show((all[Math.min(all.length - 1, Math.max(0, from + step))] ?? null)?.walkInId ?? null);
  };
  const back = (): void => {
    if (field.current !== null && field.current.value !== '') field.current.value = '';
    else if (arrival !== null) setArrival(null);
    else if (choosingKey && walkIn !== undefined) show(walkIn.walkInId);
    else show(null);
    setSaid(null);
    backToField();
  };

  const isCalled = walkIn !== undefined && walkIn.calledAt !== null;
  /** Beside what is shown as the next act: a stick that did not do, a key that was rejected. */
  const withKey = isCalled && !choosingKey && (walkIn.act === 'stick' || walkIn.act === 'unblock') && (host?.keyRecords.length ?? 0) > 0 && may('disclosures.disclose');
  const here = disclosure === null && arrival === null && canAct;
  const commands: Command[] = disclosure !== null ? [] : [
    { id: 'walk-in-go', label: m.walkIn.go, keys: 'Enter', bar: m.walkIn.go, run: go },
    { id: 'walk-in-choose', label: m.walkIn.choose, keys: 'ArrowUp ArrowDown', bar: m.walkIn.choose },
    { id: 'walk-in-next', label: m.walkIn.next, keys: 'F2', bar: m.walkIn.next, enabled: here && firstWaiting !== undefined, run: () => call() },
    { id: 'walk-in-key', label: m.walkIn.primary.disclose, keys: 'F3', enabled: here && withKey, run: chooseKey },
    { id: 'walk-in-done', label: m.walkIn.outcomes.done, keys: 'F4', bar: m.walkIn.outcomes.done, enabled: here && isCalled, run: () => end('done') },
    { id: 'walk-in-sent-on', label: m.walkIn.outcomes['sent-on'], keys: 'F6', enabled: here && walkIn !== undefined, run: () => end('sent-on') },
    { id: 'walk-in-print', label: m.walkIn.print, keys: 'F8', enabled: walkIn !== undefined, run: () => window.print() },
    { id: 'walk-in-put-back', label: isCalled ? m.walkIn.putBack : m.walkIn.outcomes.left, keys: 'F9', enabled: here && walkIn !== undefined, run: () => (isCalled ? putBack() : end('left')) },
    { id: 'walk-in-full', label: fullScreen.on ? m.walkIn.leaveFullScreen : m.walkIn.fullScreen, keys: 'F11', bar: m.walkIn.fullScreen, run: fullScreen.toggle },
    { id: 'walk-in-back', label: m.common.back, keys: 'Escape', run: back },
  ];
  useCommands(commands);

  if (disclosure !== null) {
    const hide: OnHide = (how) => {
      setDisclosure(null);
      sheet.left();
      // Only hidden, the call goes on with its sheet, as on the phone.
      if (how === 'by-itself' || how === 'by-hand') stayAt('walk-in', { ...place.at, call: String(disclosure.callId) });
      else show(at);
      toast({ text: how === 'by-itself' ? m.disclosed.hiddenByItself : how === 'by-hand' ? m.disclosed.hidden : m.calls.ended(m.calls.outcomes[how]) });
    };
    return <Disclosed disclosure={disclosure} onHide={hide} />;
  }
  return (
    <>
      <h1 className={text['hiddenText']}>{m.screens['walk-in']}</h1>
      <div className={styles['top']}>
        <ScanField field={field} choice={arrival?.status === 'several' ? choiceAt : null} onSaid={(typed) => arrive(typed)} onSecret={() => setSaid('secret')} onGo={go} onMove={move} onInput={() => { setSaid(null); if (arrival !== null) setArrival(null); }} />
        <Button look="quiet" keys="F11" onClick={fullScreen.toggle}>{fullScreen.on ? m.walkIn.leaveFullScreen : m.walkIn.fullScreen}</Button>
      </div>
      <div className={styles['station']}>
        <div className={`${styles['main'] ?? ''} ${text['scroll'] ?? ''}`}>
          {said === null ? null : <div className={styles['said']}><Notice kind={said === 'secret' ? 'danger' : 'info'}>{said === 'secret' ? m.walkIn.secret : m.walkIn.again(said.again)}</Notice></div>}
          {act.failure === null && error === null ? null : <div className={styles['said']}><Failure failure={act.failure ?? error} {...(error === null ? {} : { onRetry: () => void refetch() })} /></div>}
          {arrival !== null ? <ArrivalChoice arrival={arrival} at={choiceAt} busy={act.busy || !canAct} onTake={(taken) => arrive(arrival.said, taken === null ? { unknown: true } : { hostId: taken })} />
            : walkIn !== undefined && current !== undefined ? (
              <AtTheCounter walkIn={walkIn} media={current.media} host={host} busy={act.busy} canAct={canAct} instead={keyAt !== null ? null : choosingKey ? m.walkIn.primary.disclose : undefined} withKey={withKey} onPrimary={go} onKey={chooseKey} onEnd={end} onPutBack={putBack} onPrint={() => window.print()}>
                {choosingKey && host !== undefined && isCalled ? <KeyAtCounter host={host} at={choiceAt} keyRecordId={keyAt} sheet={sheet} handle={disclose} onChoose={(keyRecordId) => show(walkIn.walkInId, String(keyRecordId))} onDisclosed={setDisclosure} /> : null}
              </AtTheCounter>
            ) : queue === undefined ? (error === null ? <Loading /> : null) : <Ready next={firstWaiting} busy={act.busy || !canAct} onCall={() => call()} />}
        </div>
        <Queue rows={queue?.rows ?? null} done={queue?.doneInADay ?? null} chosen={at} onChoose={(walkInId) => { setArrival(null); show(walkInId); }} />
      </div>
      {walkIn === undefined ? null : <Ticket walkIn={walkIn} />}
      {seen && walkIn !== undefined && hostId !== null ? <SeenRunning walkIn={walkIn} hostId={hostId} onClose={() => setSeen(false)} onDone={() => { setSeen(false); end('done'); }} /> : null}
    </>
  );
}

function Ready({ next, busy, onCall }: { readonly next: WalkIn | undefined; readonly busy: boolean; readonly onCall: () => void }) {
  const m = useMessages();
  return (
    <section className={styles['stage']}>
      <p className={styles['act']}>{m.walkIn.start}</p>
      <p className={styles['how']}>{m.walkIn.startLead}</p>
      {next === undefined ? null : <div className={styles['acts']}><Button look="primary" large keys="Enter" disabled={busy} onClick={onCall}>{m.walkIn.callNext(next.number)}</Button></div>}
    </section>
  );
}

/** What was seen is the evidence; it can be worded, and Enter takes it as it is. */
function SeenRunning({ walkIn, hostId, onClose, onDone }: { readonly walkIn: WalkIn; readonly hostId: number; readonly onClose: () => void; readonly onDone: () => void }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const [evidence, setEvidence] = useState(m.walkIn.seenEvidence(walkIn.number));
  const verify = (): void => act.run(async () => { await api.call('hosts.verify', { hostId, evidence: evidence.trim() }); onDone(); });
  return (
    <ActDialog title={m.walkIn.seen(walkIn.hostname ?? '')} lead={m.walkIn.seenLead} act={m.walkIn.primary.watch} canAct={evidence.trim().length >= 3} busy={act.busy} failure={act.failure} onClose={onClose} onAct={verify}>
      <Field label={m.hosts.evidence}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={2000} value={evidence} onChange={(event) => setEvidence(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); event.currentTarget.form?.requestSubmit(); } }} />}</Field>
    </ActDialog>
  );
}
