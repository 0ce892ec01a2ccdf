// One key record: compare its ID with the caller, see where it comes from, disclose with reason and ticket.
import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { DISCLOSURE_REASONS, IDENTITY_CHECKS, type DisclosureReason, type IdentityCheck } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay, useOperator } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input, Select } from '../../parts/field.tsx';
import { Marked, matchWithin } from '../../parts/marked.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { spoken } from '../../spoken.ts';
import { useAct } from '../../use-act.ts';
import { SourceRows } from '../matching/source-rows.tsx';
import type { KeyCandidate } from './candidates.ts';
import { useCall } from './use-call.ts';
import type { Disclosure } from './disclosed.tsx';
import styles from './panel.module.css';

export interface DiscloseHandle { readonly submit: () => void }
type HostDetails = Output<'hosts.get'>;

interface KeyPanelProps {
  readonly record: KeyCandidate; readonly host: HostDetails | undefined; /** An open call that goes on. */ readonly resumed: Output<'calls.save'> | undefined; readonly handle: Ref<DiscloseHandle>;
  readonly onDisclosed: (disclosure: Disclosure) => void; readonly onChooseOther: (keyRecordId: number) => void;
}

export function KeyPanel({ record, host, resumed, handle, onDisclosed, onChooseOther }: KeyPanelProps) {
  const m = useMessages();
  const format = useFormat();
  const others = host?.keyRecords.filter((other) => other.keyRecordId !== record.keyRecordId) ?? [];
  const place = [host?.host.site, host?.host.organizationalUnit].filter((part) => part !== null && part !== undefined).join(', ');
  return (
    <section className={styles['panel']} aria-label={record.hostname ?? record.keyProtectorId ?? m.lookup.noHost}>
      <div className={`${styles['facts'] ?? ''} ${text['scroll'] ?? ''}`}>
        <div className={styles['head']}><h2>{record.hostname ?? m.lookup.noHost}</h2>{record.hostState === null ? null : <StateMark state={record.hostState} chip />}</div>
        <Compare record={record} />
        {record.conflict ? <Notice kind="warning">{m.lookup.conflict} <a href={placeHash('matching', { view: 'conflicts', id: record.keyProtectorId })}>{m.matching.compare}</a></Notice> : null}
        <Facts facts={[
          [m.lookup.volume, record.drive],
          [m.lookup.site, place],
          [m.lookup.user, host?.facts.userName],
          [m.lookup.source, <SourceRows key="sources" sources={record.sources} />],
          [m.lookup.created, record.createdAt === null ? m.common.unknown : format.dateTime(record.createdAt)],
          [m.lookup.imported, format.dateTime(record.importedAt)],
          [m.lookup.disclosed, record.disclosedAt === null ? m.common.never : format.dateTime(record.disclosedAt)],
        ]} />
        {others.length === 0 ? null : (
          <div>
            <h3 className={styles['othersTitle']}>{m.lookup.others}</h3>
            <ul>
              {others.map((other) => (
                <li key={other.keyRecordId}>
                  <button type="button" className={styles['key']} onClick={() => onChooseOther(other.keyRecordId)}>
                    <span className={text['code']}>{other.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId}</span><span>{other.drive}</span><span className={classNames(text['num'], text['muted'])}>{format.date(other.createdAt ?? other.importedAt)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <DiscloseForm record={record} host={host} resumed={resumed} handle={handle} onDisclosed={onDisclosed} />
    </section>
  );
}

function Compare({ record }: { readonly record: KeyCandidate }) {
  const m = useMessages();
  const language = useLanguage();
  const id = record.keyProtectorId;
  if (id === null) return <Notice kind="warning">{m.lookup.noKeyId}</Notice>;
  const halves = [[0, 4], [4, 8]] as const;
  return (
    <div className={styles['compare']}>
      <p className={styles['compareLabel']}>{m.lookup.compare}</p>
      <p className={styles['compareId']}>{halves.map(([from, to]) => <span key={from}><Marked text={id.slice(from, to)} match={matchWithin(record.match, from, to)} /></span>)}</p>
      <p className={styles['compareSpell']}>{halves.map(([from, to]) => <span key={from}>{spoken(id.slice(from, to), language)}</span>)}</p>
      <p className={styles['compareRest']}>{id}</p>
    </div>
  );
}

function DiscloseForm({ record, host, resumed, handle, onDisclosed }: Omit<KeyPanelProps, 'onChooseOther'>) {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const operator = useOperator();
  const [reason, setReason] = useState<DisclosureReason>(resumed?.reason ?? 'mass-incident');
  const [identity, setIdentity] = useState<IdentityCheck | ''>(resumed?.identity ?? '');
  const ticket = useRef<HTMLInputElement>(null);
  const caller = useRef<HTMLInputElement>(null);
  const call = useCall(record.keyRecordId, resumed?.callId);
  const act = useAct();
  const allowed = may('disclosures.disclose');
  const policies = useAnswer('policies.get', {}, { keep: true }).data;
  const required = policies?.callSteps ?? [];
  const check = useRef<HTMLSelectElement>(null);
  const [asked, setAsked] = useState(false);
  const disclose = (): void => {
    if (!allowed || act.busy) return;
    const ask = (): void => { setAsked(true); check.current?.focus(); };
    if (required.includes('identity') && identity === '') return ask();
    const number = ticket.current?.value.trim() ?? '';
    act.run(async () => {
      // Faster than the answer about policies: it is waited for.
      if (identity === '' && policies === undefined && (await api.call('policies.get', {})).callSteps.includes('identity')) return ask();
      const { callId } = await call.save({ reason, ticket: number, caller: caller.current?.value.trim() ?? '', ...(identity === '' ? {} : { identity }) });
      const answer = await api.call('disclosures.disclose', { keyRecordId: record.keyRecordId, reason, callId, ...(number === '' ? {} : { ticket: number }) });
      onDisclosed({ ...answer, callId, record, host: host ?? null, reason, ticket: number, identity: identity === '' ? null : identity, operator: operator.name });
    });
  };
  useImperativeHandle(handle, () => ({ submit: disclose }));
  const chooseIdentity = (check: IdentityCheck | ''): void => { setIdentity(check); if (check !== '') call.keep({ identity: check }); };
  const byNumber = (event: KeyboardEvent): void => {
    const check = event.ctrlKey || event.altKey ? undefined : IDENTITY_CHECKS[Number(event.key) - 1];
    if (check !== undefined) { event.preventDefault(); chooseIdentity(check); }
    if (event.key === 'Enter') { event.preventDefault(); disclose(); }
  };
  const byDigit = (event: KeyboardEvent): void => {
    const digit = '1234567890'.indexOf(event.key);
    const wanted = event.ctrlKey || event.altKey || event.key.length !== 1 || digit < 0 ? undefined : DISCLOSURE_REASONS[digit];
    if (wanted !== undefined) { event.preventDefault(); setReason(wanted); call.keep({ reason: wanted }); }
    if (event.key === 'Enter') { event.preventDefault(); disclose(); }
  };
  return (
    <form className={styles['disclose']} onSubmit={(event) => { event.preventDefault(); disclose(); }}>
      <div className={styles['discloseRow']}>
        <Field label={m.lookup.reason}>
          {(wiring) => (
            <Select {...wiring} value={reason} disabled={!allowed} onKeyDown={byDigit} onChange={(event) => { const wanted = DISCLOSURE_REASONS.find((code) => code === event.target.value) ?? reason; setReason(wanted); call.keep({ reason: wanted }); }}>
              {DISCLOSURE_REASONS.map((code, index) => <option key={code} value={code}>{`${(index + 1) % 10}  ${m.words.disclosureReason[code]}`}</option>)}
            </Select>
          )}
        </Field>
        <Field label={m.lookup.ticket} {...(required.includes('ticket') ? {} : { aside: m.common.optional })}>{(wiring) => <Input {...wiring} ref={ticket} defaultValue={resumed?.ticket ?? ''} code maxLength={64} disabled={!allowed} onBlur={(event) => { if (event.target.value.trim() !== '') call.keep({ ticket: event.target.value.trim() }); }} />}</Field>
      </div>
      <div className={styles['discloseRow']}>
        <Field label={m.calls.identity} {...(required.includes('identity') ? {} : { aside: m.common.optional })} error={asked && identity === '' ? m.calls.identityNeeded : null}>
          {(wiring) => (
            <Select {...wiring} ref={check} value={identity} disabled={!allowed} onKeyDown={byNumber} onChange={(event) => chooseIdentity(IDENTITY_CHECKS.find((code) => code === event.target.value) ?? '')}>
              <option value="">{m.calls.identityNone}</option>
              {IDENTITY_CHECKS.map((code, index) => <option key={code} value={code}>{`${index + 1}  ${m.calls.checks[code]}`}</option>)}
            </Select>
          )}
        </Field>
        <Field label={m.calls.caller} aside={m.common.optional}>{(wiring) => <Input {...wiring} ref={caller} defaultValue={resumed?.caller ?? ''} maxLength={200} disabled={!allowed} onBlur={(event) => { if (event.target.value.trim() !== '') call.keep({ caller: event.target.value.trim() }); }} />}</Field>
      </div>
      <Failure failure={act.failure} />
      <Button look="primary" type="submit" large wide keys="Enter" disabled={!allowed || act.busy}>{act.busy ? m.lookup.disclosing : m.lookup.disclose}</Button>
      <p className={styles['recorded']}>{allowed ? m.lookup.recorded : m.common.needsRole(`${m.words.role.helpdesk} ${m.common.or} ${m.words.role.technician}`)}</p>
    </form>
  );
}
