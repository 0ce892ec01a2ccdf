// Asks the directory or the tenant for this one host without leaving the call. What was entered stays for the next call, but for the password.
import { useLayoutEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import type { Askable } from '../../../electron/core/keys/look-up-query.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import dialog from '../../parts/dialog.module.css';
import { Check, Field, Input, PassphraseField } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { errorSentence } from '../../messages/errors.ts';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { useAtWork } from '../../use-at-work.ts';
import { TenantWaits } from '../imports/tenant-waits.tsx';
import styles from './panel.module.css';

export type Asked = 'directory' | 'tenant';
type Event = Output<'tenants.ask'>;
type Report = Extract<Event, { kind: 'done' }>['files'][number];

/** The window runs on the desk's own machine under both hosts. */
const ON_WINDOWS = /^Win/.test(navigator.platform);
/** For as long as the window is open: addresses and names, never a password. */
const kept = { server: '', bindAs: '', pin: null as string | null, asSignedIn: ON_WINDOWS, tenant: '', client: '', certificatePath: '' };

export function AskLive({ of, about, title, onClose }: { readonly of: Asked; readonly about: { readonly hostId: number } | Askable; readonly title: string; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const [values, setValues] = useState({ ...kept });
  const [hasPassword, setHasPassword] = useState(false);
  const [certificate, setCertificate] = useState<Output<'directories.look'>['certificate'] | null>(null);
  const [running, setRunning] = useState(false);
  useAtWork(running);
  const [code, setCode] = useState<Extract<Event, { kind: 'device-code' }> | null>(null);
  const [waiting, setWaiting] = useState<string | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const password = useRef<HTMLInputElement>(null);
  const control = useRef<AbortController | null>(null);
  const set = (change: Partial<typeof kept>): void => { Object.assign(kept, change); setValues({ ...kept }); };
  const url = /^[a-z]+:\/\//i.test(values.server.trim()) ? values.server.trim() : `ldaps://${values.server.trim()}`;
  const ready = of === 'tenant' ? values.tenant.trim() !== '' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(values.client.trim()) : values.asSignedIn || (values.server.trim() !== '' && values.bindAs.trim() !== '' && hasPassword);
  const ask = async (pin: string | null): Promise<void> => {
    const secret = password.current?.value ?? '';
    const { signal } = (control.current = new AbortController());
    setRunning(true);
    setFailure(null);
    setReport(null);
    setWaiting(null);
    try {
      if (of === 'directory' && !values.asSignedIn && pin === null) {
        const look = await api.call('directories.look', { url });
        if (!look.certificate.trusted) { setCertificate(look.certificate); return; }
      }
      const events: AsyncIterable<Event> = of === 'tenant'
        ? api.stream('tenants.ask', { about, tenant: values.tenant.trim(), client: values.client.trim(), ...(values.certificatePath.trim() === '' ? {} : { certificatePath: values.certificatePath.trim() }) }, signal)
        : api.stream('directories.ask', { about, via: values.asSignedIn ? { kind: 'signed-in', ...(values.server.trim() === '' ? {} : { server: values.server.trim().replace(/^[a-z]+:\/\//i, '') }) } : { kind: 'account', url, bindAs: values.bindAs.trim(), password: secret, ...(pin === null ? {} : { pin }) } }, signal);
      for await (const event of events) {
        setCode(event.kind === 'device-code' ? event : null);
        if (event.kind === 'waiting') setWaiting(event.until);
        if (event.kind === 'done') setReport(event.files[0] ?? null);
      }
    } catch (error) {
      if (!signal.aborted) setFailure(error);
    } finally {
      setRunning(false);
    }
  };
  const close = (): void => { control.current?.abort(); onClose(); };
  // While it asks, the fields are closed and lose the focus: with the answer Enter goes on, after a failure it asks again.
  const form = useRef<HTMLFormElement>(null);
  const accept = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => { if (report !== null || failure !== null) form.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus(); }, [report, failure]);
  // So it does before a certificate nobody vouches for: somebody has to accept what it shows.
  useLayoutEffect(() => { if (certificate !== null) accept.current?.focus(); }, [certificate]);
  return (
    <Dialog title={title} onClose={close}>
      <form ref={form} onSubmit={(event) => { event.preventDefault(); if (report !== null) close(); else if (ready && !running) void ask(certificate === null ? values.pin : null); }}>
        <div className={dialog['body']}>
          <p className={dialog['lead']}>{of === 'tenant' ? m.live.tenantLead : m.live.directoryLead}</p>
          {of === 'tenant' ? (
            <>
              <Field label={m.sources.tenantName}>{(wiring) => <Input {...wiring} code autoFocus disabled={running} value={values.tenant} placeholder="corp.example" onChange={(event) => set({ tenant: event.target.value })} />}</Field>
              <Field label={m.sources.client}>{(wiring) => <Input {...wiring} code disabled={running} value={values.client} placeholder="00000000-0000-0000-0000-000000000000" onChange={(event) => set({ client: event.target.value })} />}</Field>
              <Field label={m.sources.certificateFile} aside={m.common.optional}>{(wiring) => <Input {...wiring} code disabled={running} value={values.certificatePath} onChange={(event) => set({ certificatePath: event.target.value })} />}</Field>
            </>
          ) : (
            <>
              {ON_WINDOWS ? <Check label={m.sources.asSignedIn} note={m.sources.asSignedInNote} disabled={running} checked={values.asSignedIn} onChange={(event) => set({ asSignedIn: event.target.checked })} /> : null}
              <Field label={m.sources.server} {...(values.asSignedIn ? { aside: m.common.optional } : {})}>{(wiring) => <Input {...wiring} code autoFocus disabled={running} value={values.server} placeholder="dc01.corp.example" onChange={(event) => { set({ server: event.target.value, pin: null }); setCertificate(null); }} />}</Field>
              {values.asSignedIn ? null : (
                <>
                  <Field label={m.sources.account}>{(wiring) => <Input {...wiring} code disabled={running} value={values.bindAs} placeholder="reader@corp.example" onChange={(event) => set({ bindAs: event.target.value })} />}</Field>
                  <PassphraseField label={m.sources.password} field={password} onInput={() => setHasPassword((password.current?.value ?? '') !== '')} />
                </>
              )}
              {certificate === null ? null : <Notice kind="warning">{m.sources.notTrusted(certificate.why ?? '')} <span className={styles['fingerprint']}>{certificate.sha256.match(/.{8}/g)?.join(' ')}</span> <Button ref={accept} onClick={() => { set({ pin: certificate.sha256 }); setCertificate(null); void ask(certificate.sha256); }}>{m.sources.confirm}</Button></Notice>}
            </>
          )}
          {code === null ? null : <Notice kind="info">{m.sources.enterCode(code.url)} <b className={text['code']}>{code.userCode}</b></Notice>}
          <TenantWaits until={running ? waiting : null} />
          {report === null ? null : <Outcome report={report} />}
          <Failure failure={failure} />
        </div>
        <div className={dialog['acts']}>
          {report === null ? <Button onClick={close}>{m.common.cancel}</Button> : null}
          <Button look="primary" type="submit" disabled={report === null && (!ready || running)}>{report !== null ? m.live.goOn : running ? m.live.asking : m.live.ask}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What came of it; the whole report is with the imports. */
function Outcome({ report }: { readonly report: Report }) {
  const m = useMessages();
  const keys = report.rows - report.rejectedCount - report.listed;
  const language = useLanguage();
  const laps = report.laps.imported + report.laps.unchanged;
  const isNothing = report.error !== null && report.error.facts['why'] === 'nothing-there';
  return (
    <>
      {isNothing ? <Notice kind="warning">{m.live.nothing}</Notice> : report.error !== null && keys + laps === 0 ? null : <Notice kind="done">{m.live.found(keys, laps)}</Notice>}
      {isNothing || report.error === null ? null : <Notice kind="danger">{errorSentence(language, report.error)}</Notice>}
      {report.notes.filter((note) => note !== 'nothing-found').map((note) => <Notice key={note} kind="warning">{m.words.intakeNote[note] ?? note}</Notice>)}
    </>
  );
}
