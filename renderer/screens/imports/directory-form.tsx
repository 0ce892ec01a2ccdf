// A directory: which server, its certificate before anything is sent, which part, which account.
import { useLayoutEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Input, PassphraseField } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import type { SourceImport } from './use-source-import.ts';
import styles from './sources.module.css';

/** The window runs on the desk's own machine under both hosts. */
const ON_WINDOWS = /^Win/.test(navigator.platform);

type Look = Output<'directories.look'>;

export function DirectoryForm({ disabled, source }: { readonly disabled: boolean; readonly source: SourceImport }) {
  const m = useMessages();
  const api = useApi();
  const [server, setServer] = useState('');
  const [base, setBase] = useState('');
  const [bindAs, setBindAs] = useState('');
  const [hasPassword, setHasPassword] = useState(false);
  const [look, setLook] = useState<Look | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const [asSignedIn, setAsSignedIn] = useState(false);
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  // The button that asked is closed meanwhile and loses the focus: next is the certificate where nobody vouches for it, and the first field it opens where somebody does.
  useLayoutEffect(() => { if (look !== null) form.current?.querySelector<HTMLElement>(look.certificate.trusted ? 'fieldset input' : 'section input[type=checkbox]')?.focus(); }, [look]);
  const url = /^[a-z]+:\/\//i.test(server.trim()) ? server.trim() : `ldaps://${server.trim()}`;
  const isAccepted = look !== null && (look.certificate.trusted || confirmed);
  const forget = (): void => { setLook(null); setConfirmed(false); act.clear(); };
  const check = (): void => act.run(async () => {
    setConfirmed(false);
    setLook(null);
    setLook(await api.call('directories.look', { url }));
  });
  const runAsSignedIn = (): void => {
    const name = server.trim().replace(/^[a-z]+:\/\//i, '');
    source.start((signal) => api.stream('directories.importAsSignedIn', { ...(name === '' ? {} : { server: name }), ...(base.trim() === '' ? {} : { base: base.trim() }) }, signal));
  };
  const run = (): void => {
    const secret = password.current?.value ?? '';
    if (look === null || secret === '') return;
    const pin = look.certificate.trusted ? {} : { pin: look.certificate.sha256 };
    source.start((signal) => api.stream('directories.import', { url, bindAs: bindAs.trim(), password: secret, ...(base.trim() === '' ? {} : { base: base.trim() }), ...pin }, signal));
    if (password.current !== null) password.current.value = '';
    setHasPassword(false);
  };
  return (
    <form ref={form} className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (asSignedIn) runAsSignedIn(); else if (isAccepted) run(); else if (server.trim() !== '') check(); }}>
      <p className={text['soft']}>{m.sources.directoryLead}</p>
      {ON_WINDOWS ? <Check label={m.sources.asSignedIn} note={m.sources.asSignedInNote} disabled={disabled} checked={asSignedIn} onChange={(event) => setAsSignedIn(event.target.checked)} /> : null}
      <div className={styles['row']}>
        <Field label={m.sources.server} {...(asSignedIn ? { aside: m.common.optional } : { note: m.sources.serverNote })}>{(wiring) => <Input {...wiring} code autoFocus disabled={disabled} value={server} placeholder="dc01.corp.example" onChange={(event) => { setServer(event.target.value); forget(); }} />}</Field>
        {asSignedIn ? null : <Button look={isAccepted ? 'outlined' : 'primary'} type={isAccepted ? 'button' : 'submit'} disabled={disabled || act.busy || server.trim() === ''} onClick={isAccepted ? check : undefined}>{m.sources.check}</Button>}
      </div>
      <Failure failure={act.failure} />
      {look === null || asSignedIn ? null : <Certificate look={look} confirmed={confirmed} onConfirm={setConfirmed} />}
      <fieldset className={styles['fields']} disabled={disabled || !(isAccepted || asSignedIn)}>
        <Field label={m.sources.base} aside={m.common.optional} note={m.sources.baseNote(look?.base ?? null)}>{(wiring) => <Input {...wiring} code value={base} placeholder={look?.base === null || look === null ? 'OU=Laptops,DC=corp,DC=example' : `OU=Laptops,${look.base}`} onChange={(event) => setBase(event.target.value)} />}</Field>
        {asSignedIn ? null : <div className={styles['two']}>
          <Field label={m.sources.account}>{(wiring) => <Input {...wiring} code value={bindAs} placeholder="reader@corp.example" onChange={(event) => setBindAs(event.target.value)} />}</Field>
          <PassphraseField label={m.sources.password} field={password} onInput={() => setHasPassword((password.current?.value ?? '') !== '')} />
        </div>}
      </fieldset>
      <div className={styles['acts']}><Button look={isAccepted || asSignedIn ? 'primary' : 'outlined'} type={isAccepted || asSignedIn ? 'submit' : 'button'} disabled={disabled || (!asSignedIn && (!isAccepted || bindAs.trim() === '' || !hasPassword))}>{m.sources.importDirectory}</Button></div>
      <details className={styles['rights']}><summary>{m.sources.rights}</summary><p>{m.sources.directoryRights}</p><p>{m.sources.lapsNote}</p></details>
    </form>
  );
}

/** Nothing is sent to a server before somebody or this computer has accepted what it shows. */
function Certificate({ look: { certificate, startTls }, confirmed, onConfirm }: { readonly look: Look; readonly confirmed: boolean; readonly onConfirm: (value: boolean) => void }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <section className={styles['certificate']} aria-label={m.sources.certificate}>
      <Notice kind={certificate.trusted ? 'done' : 'warning'}>{certificate.trusted ? m.sources.trusted(startTls) : m.sources.notTrusted(certificate.why ?? '')}</Notice>
      {certificate.trusted ? null : (
        <>
          <Facts facts={[[m.sources.issuedTo, certificate.subject], [m.sources.issuedBy, certificate.issuer], [m.sources.validUntil, format.dateTime(certificate.validTo)], ['SHA-256', <span key="sha256" className={styles['fingerprint']}>{certificate.sha256.match(/.{8}/g)?.map((part, index) => <span key={index}>{part}</span>)}</span>]]} />
          <Check label={m.sources.confirm} note={m.sources.confirmNote} checked={confirmed} onChange={(event) => onConfirm(event.target.checked)} />
        </>
      )}
    </section>
  );
}
