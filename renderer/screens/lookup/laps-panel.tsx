// One LAPS password of a host: whose it is, how old, where from, and the same sheet before it is shown as for a recovery password.
import type { Ref } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useOperator } from '../../desk.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { DiscloseForm, type DiscloseHandle } from './disclose-form.tsx';
import type { LapsDisclosure } from './disclosed-laps.tsx';
import { LapsRows, type LapsCandidate } from './laps-rows.tsx';
import { SafeBootSteps } from './safe-boot-steps.tsx';
import type { SheetCall } from './use-sheet.ts';
import styles from './panel.module.css';

interface LapsPanelProps {
  readonly laps: LapsCandidate; readonly host: Output<'hosts.get'>; /** A call that goes on, or is over. */ readonly resumed: SheetCall | undefined; /** Hears which call the first entry has begun. */ readonly onBegun?: (callId: number) => void; readonly handle: Ref<DiscloseHandle>; readonly onDisclosed: (disclosure: LapsDisclosure) => void; readonly onChooseOther: (lapsPasswordId: number) => void;
}

export function LapsPanel({ laps, host, resumed, onBegun, handle, onDisclosed, onChooseOther }: LapsPanelProps) {
  const m = useMessages();
  const api = useApi();
  const operator = useOperator();
  const format = useFormat();
  const isOver = laps.expiresAt !== null && Date.parse(laps.expiresAt) < Date.now();
  return (
    <section className={styles['panel']} aria-label={m.laps.of(laps.account)}>
      <div className={`${styles['facts'] ?? ''} ${text['scroll'] ?? ''}`}>
        <div className={styles['head']}><h2>{laps.hostname}</h2><StateMark state={host.host.state} chip /></div>
        <Facts facts={[
          [m.laps.account, <span key="account" className={text['code']}>{laps.account ?? m.laps.builtIn}</span>],
          [m.laps.set, laps.updatedAt === null ? m.common.unknown : format.dateTime(laps.updatedAt)],
          [m.laps.ends, laps.expiresAt === null ? m.common.unknown : format.dateTime(laps.expiresAt)],
          [m.lookup.source, m.laps.sourceRow(laps.source, laps.sourceRow)],
          [m.lookup.imported, format.dateTime(laps.importedAt)],
          [m.lookup.disclosed, laps.disclosedAt === null ? m.common.never : format.dateTime(laps.disclosedAt)],
        ]} />
        {laps.conflict ? <Notice kind="warning">{m.laps.conflict}</Notice> : null}
        {!laps.latest ? <Notice kind="warning">{m.laps.notLatest}</Notice> : isOver ? <Notice kind="warning">{m.laps.over}</Notice> : null}
        <SafeBootSteps />
        <LapsRows passwords={host.lapsPasswords.filter(({ lapsPasswordId }) => lapsPasswordId !== laps.lapsPasswordId)} onChoose={onChooseOther} />
        <p><a href={placeHash('hosts', { host: String(host.host.hostId), q: host.host.hostname })}>{m.lookup.toHost}</a></p>
      </div>
      <DiscloseForm about={{ hostId: laps.hostId }} may="disclosures.discloseLaps" label={m.laps.disclose} resumed={resumed} onBegun={onBegun} handle={handle} disclose={async (sheet) => {
        const answer = await api.call('disclosures.discloseLaps', { lapsPasswordId: laps.lapsPasswordId, reason: sheet.reason, callId: sheet.callId, ...(sheet.ticket === '' ? {} : { ticket: sheet.ticket }) });
        return () => onDisclosed({ ...answer, ...sheet, laps, host, operator: operator.name });
      }} />
    </section>
  );
}
