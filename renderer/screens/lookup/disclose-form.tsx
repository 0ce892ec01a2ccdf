// The sheet before a disclosure, in the order of Microsoft's checklist: who calls and how that was made sure, reason, ticket. The same for a recovery password and a LAPS password.
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { ProcedureName } from '../../../electron/api/contract.ts';
import { DISCLOSURE_REASONS, IDENTITY_CHECKS, type CallStep, type DisclosureReason, type IdentityCheck } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Input, Select } from '../../parts/field.tsx';
import { failureSentence } from '../../messages/index.ts';
import { Failure, Notice } from '../../parts/notice.tsx';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { useCall, type CallAbout } from './use-call.ts';
import type { SheetCall } from './use-sheet.ts';
import styles from './panel.module.css';

export interface DiscloseHandle { readonly submit: () => void }

/** What was entered before anything is shown. An empty ticket is none. */
export interface Sheet { readonly callId: number; readonly reason: DisclosureReason; readonly ticket: string; readonly identity: IdentityCheck | null; /** In this call, before it was hidden. */ readonly groupsRead: number }

interface DiscloseFormProps {
  readonly about: CallAbout; readonly may: ProcedureName; /** A call that goes on, or is over. */ readonly resumed: SheetCall | undefined; readonly onBegun?: ((callId: number) => void) | undefined; readonly handle: Ref<DiscloseHandle>;
  /** What is let out, as the button says it. */
  readonly label?: string;
  /** Lets the secret out; what it throws is shown in the form. @returns Brings it into sight. Not called when whoever asked has gone on meanwhile. */
  readonly disclose: (sheet: Sheet) => Promise<() => void>;
}

export function DiscloseForm({ about, may: procedure, resumed, onBegun, handle, label, disclose: letOut }: DiscloseFormProps) {
  const m = useMessages();
  const language = useLanguage();
  const api = useApi();
  const may = useMay();
  const [reason, setReason] = useState<DisclosureReason>(resumed?.reason ?? 'mass-incident');
  const [identity, setIdentity] = useState<IdentityCheck | ''>(resumed?.identity ?? '');
  const ticket = useRef<HTMLInputElement>(null);
  const caller = useRef<HTMLInputElement>(null);
  const call = useCall(about, resumed, onBegun);
  const act = useAct();
  const toast = useToast();
  const isInSight = useRef(false);
  useEffect(() => {
    isInSight.current = true;
    return () => { isInSight.current = false; };
  }, []);
  const allowed = may(procedure);
  const does = label ?? m.lookup.disclose;
  const policies = useAnswer('policies.get', {}, { keep: true }).data;
  const required = policies?.callSteps ?? [];
  const check = useRef<HTMLSelectElement>(null);
  /** A required step that was open when Enter was pressed: it has the focus, and says what it wants. */
  const [open, setOpen] = useState<'identity' | 'ticket' | null>(null);
  const disclose = (): void => {
    if (!allowed || act.busy) return;
    const number = ticket.current?.value.trim() ?? '';
    const asks = (steps: readonly CallStep[]): boolean => {
      const step = steps.includes('identity') && identity === '' ? 'identity' : steps.includes('ticket') && number === '' ? 'ticket' : null;
      setOpen(step);
      if (step !== null) (step === 'identity' ? check : ticket).current?.focus();
      return step !== null;
    };
    if (asks(required)) return;
    act.run(async () => {
      // Faster than the answer about policies: it is waited for.
      if (policies === undefined && asks((await api.call('policies.get', {})).callSteps)) return;
      if (call.ended !== null) call.anew();
      const { callId, groupsRead } = await call.save({ reason, ticket: number, caller: caller.current?.value.trim() ?? '', ...(identity === '' ? {} : { identity }) });
      const show = await letOut({ callId, reason, ticket: number, identity: identity === '' ? null : identity, groupsRead }).catch((failure: unknown) => { call.hear(failure); throw failure; });
      if (isInSight.current) show();
      else toast({ text: m.calls.leftBefore });
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
        <Field label={m.calls.identity} {...(required.includes('identity') ? {} : { aside: m.common.optional })} error={open === 'identity' && identity === '' ? m.calls.identityNeeded : null}>
          {(wiring) => (
            <Select {...wiring} ref={check} value={identity} disabled={!allowed} onKeyDown={byNumber} onChange={(event) => chooseIdentity(IDENTITY_CHECKS.find((code) => code === event.target.value) ?? '')}>
              <option value="">{m.calls.identityNone}</option>
              {IDENTITY_CHECKS.map((code, index) => <option key={code} value={code}>{`${index + 1}  ${m.calls.checks[code]}`}</option>)}
            </Select>
          )}
        </Field>
        <Field label={m.calls.caller} aside={m.common.optional}>{(wiring) => <Input {...wiring} ref={caller} defaultValue={resumed?.caller ?? ''} maxLength={200} disabled={!allowed} onInput={(event) => call.keepSoon({ caller: event.currentTarget.value.trim() })} />}</Field>
      </div>
      <div className={styles['discloseRow']}>
        <Field label={m.lookup.reason}>
          {(wiring) => (
            <Select {...wiring} value={reason} disabled={!allowed} onKeyDown={byDigit} onChange={(event) => { const wanted = DISCLOSURE_REASONS.find((code) => code === event.target.value) ?? reason; setReason(wanted); call.keep({ reason: wanted }); }}>
              {DISCLOSURE_REASONS.map((code, index) => <option key={code} value={code}>{`${(index + 1) % 10}  ${m.words.disclosureReason[code]}`}</option>)}
            </Select>
          )}
        </Field>
        <Field label={m.lookup.ticket} {...(required.includes('ticket') ? {} : { aside: m.common.optional })} error={open === 'ticket' ? m.calls.ticketNeeded : null}>{(wiring) => <Input {...wiring} ref={ticket} defaultValue={resumed?.ticket ?? ''} code maxLength={64} disabled={!allowed} onInput={(event) => { setOpen(null); call.keepSoon({ ticket: event.currentTarget.value.trim() }); }} />}</Field>
      </div>
      {call.ended === null ? <Failure failure={act.failure} /> : <Notice kind="danger">{failureSentence(language, call.ended)} {m.calls.over}</Notice>}
      <Button look="primary" type="submit" large wide keys="Enter" disabled={!allowed || act.busy}>{act.busy ? m.lookup.disclosing : call.ended === null ? does : m.calls.inNewCall(does)}</Button>
      <p className={styles['recorded']}>{allowed ? m.lookup.recorded : m.common.needsRole(`${m.words.role.helpdesk} ${m.common.or} ${m.words.role.technician}`)}</p>
    </form>
  );
}
