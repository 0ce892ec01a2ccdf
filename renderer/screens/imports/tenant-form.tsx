// A tenant of Entra ID: which one, who signs in, and which recovery passwords are read, because the tenant writes each reading down.
import { useState } from 'react';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Input } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import type { SourceImport } from './use-source-import.ts';
import styles from './sources.module.css';

const KEYS = ['wanted', 'all', 'none'] as const;
const CLIENT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function TenantForm({ disabled, source }: { readonly disabled: boolean; readonly source: SourceImport }) {
  const m = useMessages();
  const api = useApi();
  const [tenant, setTenant] = useState('');
  const [client, setClient] = useState('');
  const [certificatePath, setCertificatePath] = useState('');
  const [keys, setKeys] = useState<(typeof KEYS)[number]>('wanted');
  const isClient = CLIENT.test(client.trim());
  const ready = !disabled && tenant.trim() !== '' && isClient;
  const run = (): void => source.start((signal) => api.stream('tenants.import', { tenant: tenant.trim(), client: client.trim(), keys, ...(certificatePath.trim() === '' ? {} : { certificatePath: certificatePath.trim() }) }, signal));
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (ready) run(); }}>
      <p className={text['soft']}>{m.sources.tenantLead}</p>
      <fieldset className={styles['fields']} disabled={disabled}>
        <div className={styles['two']}>
          <Field label={m.sources.tenantName}>{(wiring) => <Input {...wiring} code autoFocus value={tenant} placeholder="corp.example" onChange={(event) => setTenant(event.target.value)} />}</Field>
          <Field label={m.sources.client} error={client.trim() === '' || isClient || client.trim().length < 36 ? null : m.sources.clientWrong}>{(wiring) => <Input {...wiring} code value={client} placeholder="00000000-0000-0000-0000-000000000000" onChange={(event) => setClient(event.target.value)} />}</Field>
        </div>
        <Field label={m.sources.certificateFile} aside={m.common.optional} note={m.sources.certificateFileNote}>{(wiring) => <Input {...wiring} code value={certificatePath} onChange={(event) => setCertificatePath(event.target.value)} />}</Field>
        <div className={styles['keys']} role="radiogroup" aria-label={m.sources.keys}>
          <span className={styles['legend']}>{m.sources.keys}</span>
          {KEYS.map((wish) => <Check key={wish} type="radio" name="keys" checked={keys === wish} label={m.sources.keysWish[wish]} note={m.sources.keysNote[wish]} onChange={() => setKeys(wish)} />)}
        </div>
      </fieldset>
      {keys === 'none' ? null : <Notice kind={keys === 'all' ? 'warning' : 'info'}>{m.sources.audited}</Notice>}
      <div className={styles['acts']}><Button look="primary" type="submit" disabled={!ready}>{certificatePath.trim() === '' ? m.sources.signInWithCode : m.sources.importTenant}</Button></div>
      <details className={styles['rights']}><summary>{m.sources.rights}</summary><p>{m.sources.tenantRights}</p></details>
    </form>
  );
}
