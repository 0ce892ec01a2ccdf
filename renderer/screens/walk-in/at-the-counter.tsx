// The host at the counter: its number, and the next act in letters that are read from two metres.
import type { ReactNode } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useOperator } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import type { WalkIn } from './queue.tsx';
import styles from './walk-in.module.css';

interface AtTheCounterProps {
  readonly walkIn: WalkIn; readonly media: Output<'walkIns.get'>['media']; readonly host: Output<'hosts.get'> | undefined; readonly busy: boolean; readonly canAct: boolean; readonly children?: ReactNode;
  /** What Enter does while the digits are on their way instead of the next act; null where what is chosen has its own button. */ readonly instead?: string | null | undefined;
  readonly onPrimary: () => void; /** The digits, where a stick did not do. */ readonly onKey: () => void; readonly withKey: boolean; readonly onEnd: (outcome: 'done' | 'sent-on' | 'left') => void; readonly onPutBack: () => void; readonly onPrint: () => void;
}

export function AtTheCounter({ walkIn, media, host, busy, canAct, children, instead, withKey, onPrimary, onKey, onEnd, onPutBack, onPrint }: AtTheCounterProps) {
  const m = useMessages();
  const format = useFormat();
  const me = useOperator().name;
  const { act } = walkIn;
  const isCalled = walkIn.calledAt !== null;
  const reason = host?.host.blockedReason ?? null;
  return (
    <section className={styles['stage']} aria-label={m.walkIn.number(walkIn.number)} data-act={act}>
      <div className={styles['who']}>
        <span className={styles['number']} aria-hidden="true">{walkIn.number}</span>
        <div className={text['cut']}>
          <h2 className={classNames(styles['hostname'], text['cut'])}><span className={text['hiddenText']}>{m.walkIn.number(walkIn.number)}, </span>{walkIn.hostname ?? m.walkIn.unknownHost}</h2>
          <p className={styles['whoFacts']}>{walkIn.hostState === null ? null : <StateMark state={walkIn.hostState} chip />}<span className={text['muted']}>{m.walkIn.since(format.time(walkIn.arrivedAt))}, {walkIn.calledBy === null ? m.walkIn.waits : m.walkIn.calledBy(walkIn.calledBy === me ? me : walkIn.calledBy)}</span></p>
        </div>
        <span className={styles['whoEnd']}><Button look="quiet" icon="print" keys="F8" onClick={onPrint}>{m.walkIn.print}</Button></span>
      </div>
      <div role="status"><p className={styles['act']}>{act === 'unblock' && reason !== null ? m.words.blockedReason[reason] : m.walkIn.acts[act]}</p>
        <p className={styles['how']}>{m.walkIn.how[act]}</p></div>
      {act === 'unblock' && reason !== null ? <Notice kind="warning">{m.words.blockedHint[reason]}</Notice> : null}
      {act === 'keep-off' && host?.plan.keptOff != null ? <Notice kind="warning">{host.plan.keptOff}</Notice> : null}
      {act === 'stick' ? <ul className={styles['media']} aria-label={m.walkIn.media}>{media.map(({ mediaId, holder }) => <li key={mediaId}><b className={text['code']}>{mediaId}</b><span>{holder ?? m.walkIn.atDesk}</span></li>)}</ul> : null}
      {children}
      <div className={styles['acts']}>
        {instead === null ? null : <Button look="primary" large keys="Enter" disabled={busy || !canAct} onClick={onPrimary}>{isCalled ? (instead ?? m.walkIn.primary[act]) : m.walkIn.callThis}</Button>}
        {withKey ? <Button large keys="F3" disabled={busy || !canAct} onClick={onKey}>{m.walkIn.primary.disclose}</Button> : null}
        {isCalled && act !== 'nothing' && act !== 'closed' && act !== 'stick' ? <Button large keys="F4" disabled={busy || !canAct} onClick={() => onEnd('done')}>{m.walkIn.outcomes.done}</Button> : null}
        {act === 'unblock' || act === 'find-out' ? null : <Button large keys="F6" disabled={busy || !canAct} onClick={() => onEnd('sent-on')}>{m.walkIn.outcomes['sent-on']}</Button>}
        {isCalled ? <Button large keys="F9" disabled={busy || !canAct} onClick={onPutBack}>{m.walkIn.putBack}</Button> : <Button large keys="F9" disabled={busy || !canAct} onClick={() => onEnd('left')}>{m.walkIn.outcomes.left}</Button>}
      </div>
      <Facts facts={[
        [m.walkIn.said, walkIn.hostname !== null && walkIn.said.toUpperCase() === walkIn.hostname.toUpperCase() ? null : <span key="said" className={text['code']}>{walkIn.said}</span>],
        [m.lookup.user, host?.facts.userName], [m.lookup.site, host?.host.site], [m.lookup.model, host?.host.model],
        [m.lookup.serial, host?.facts.serialNumber === null || host === undefined ? null : <span key="serial" className={text['code']}>{host.facts.serialNumber}</span>],
        [m.walkIn.keys, host === undefined ? null : <a key="keys" href={placeHash('hosts', { host: String(host.host.hostId), q: host.host.hostname })}>{format.number(host.keyRecords.length)}</a>],
      ]} />
    </section>
  );
}
