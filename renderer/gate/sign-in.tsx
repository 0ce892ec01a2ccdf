// Opens the vault: operator and passphrase, or the recovery sheet when the passphrase is lost.
import { useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { DEMO_OPERATOR, DEMO_PASSPHRASE, DEMO_SEATS } from '../../electron/core/demo.ts';
import { useApi, type DeskState } from '../desk.tsx';
import { Button } from '../parts/button.tsx';
import { Field, Input, PassphraseField, Segments, TextArea } from '../parts/field.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import text from '../parts/text.module.css';
import { useMessages, usePreferences } from '../preferences.tsx';
import { useAct } from '../use-act.ts';
import { GatePage } from './gate-page.tsx';
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase-fields.tsx';
import styles from './gate-page.module.css';

/** After wrong tries the desk answers more slowly; from here on that is said. */
const SLOW_AFTER_MS = 1500;

export function SignIn({ state, sheetLost }: { readonly state: DeskState; /** The vault closed before a new recovery sheet was typed back. */ readonly sheetLost: boolean }) {
  const m = useMessages();
  const { preferences } = usePreferences();
  const [withSheet, setWithSheet] = useState(false);
  const [operatorName, setOperatorName] = useState(() => (
    state.operatorNames.includes(preferences.operatorName) ? preferences.operatorName : state.demo ? DEMO_OPERATOR : state.operatorNames.length === 1 ? (state.operatorNames[0] ?? '') : ''));
  return (
    <GatePage title={m.signIn.title} lead={m.signIn.keyRecords} demo={state.demo}>
      {sheetLost ? <Notice kind="warning">{m.signIn.sheetLost(m.screens.operators, m.operators.changeKeys)}</Notice> : null}
      {state.demo && !withSheet ? <DemoSeats operatorName={operatorName} onName={setOperatorName} /> : null}
      {withSheet ? <WithSheet operatorName={operatorName} onName={setOperatorName} names={state.operatorNames} /> : <WithPassphrase operatorName={operatorName} onName={setOperatorName} names={state.operatorNames} demo={state.demo} />}
      <p className={styles['ways']}><button type="button" onClick={() => setWithSheet(!withSheet)}>{withSheet ? m.signIn.usePassphrase : m.signIn.useSheet}</button></p>
    </GatePage>
  );
}

interface FormProps { readonly operatorName: string; readonly onName: (name: string) => void; readonly names: readonly string[] }

/** A demo is for looking around: from every chair, with the passphrase said. */
function DemoSeats({ operatorName, onName }: Omit<FormProps, 'names'>) {
  const m = useMessages();
  const seats = [{ value: DEMO_OPERATOR, label: m.signIn.everyRole }, ...DEMO_SEATS.map(({ name, role }) => ({ value: name, label: m.words.role[role] }))];
  return (
    <>
      <Notice>{m.signIn.demoLead} <span className={`${text['code'] ?? ''} ${text['nowrap'] ?? ''}`}>{DEMO_PASSPHRASE}</span></Notice>
      <span className={styles['seats']}><Segments label={m.signIn.demoSeat} value={operatorName} options={seats} onChange={onName} /></span>
    </>
  );
}

function OperatorName({ operatorName, onName, names, error = null, field }: FormProps & { readonly error?: string | null; readonly field?: RefObject<HTMLInputElement | null> }) {
  const m = useMessages();
  const listId = useId();
  return (
    <Field label={m.signIn.operator} error={error}>
      {(wiring) => <><Input {...wiring} {...(field === undefined ? {} : { ref: field })} list={listId} name="operator" value={operatorName} autoFocus={operatorName === ''} onChange={(event) => onName(event.target.value)} /><datalist id={listId}>{names.map((name) => <option key={name} value={name} />)}</datalist></>}
    </Field>
  );
}

function WithPassphrase({ demo, ...form }: FormProps & { readonly demo: boolean }) {
  const m = useMessages();
  const api = useApi();
  const { change } = usePreferences();
  const passphrase = useRef<HTMLInputElement>(null);
  const operator = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<'operator' | 'passphrase' | null>(null);
  const act = useAct();
  const slow = useSlow(act.busy);
  const open = (): void => {
    const lacks = form.operatorName.trim() === '' ? 'operator' : (passphrase.current?.value ?? '') === '' ? 'passphrase' : null;
    setMissing(lacks);
    if (lacks === null) signIn();
    else (lacks === 'operator' ? operator : passphrase).current?.focus();
  };
  const signIn = (): void => act.run(async () => {
    const typed = passphrase.current?.value ?? '';
    if (passphrase.current !== null) passphrase.current.value = '';
    await api.call('vault.open', { operatorName: form.operatorName.trim(), passphrase: typed });
    change({ operatorName: form.operatorName.trim() });
  });
  useLayoutEffect(() => {
    const field = passphrase.current;
    if (!demo || field === null) return;
    field.value = DEMO_PASSPHRASE;
    if (document.activeElement === field) field.select(); // typed once more, it stands there once
  }, [demo, form.operatorName]);
  useLayoutEffect(() => { if (act.failure !== null) passphrase.current?.focus(); }, [act.failure]);
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (!act.busy) open(); }}>
      <OperatorName {...form} field={operator} error={missing === 'operator' && form.operatorName.trim() === '' ? m.signIn.operatorMissing : null} />
      <PassphraseField label={m.signIn.passphrase} field={passphrase} autoFocus={form.operatorName !== ''} error={missing === 'passphrase' ? m.signIn.passphraseMissing : null} onInput={() => setMissing(null)} />
      <Failure failure={act.failure} />
      {slow ? <Notice>{m.signIn.slow}</Notice> : null}
      <Button look="primary" type="submit" large wide disabled={act.busy}>{act.busy ? m.signIn.opening : m.signIn.open}</Button>
    </form>
  );
}

function WithSheet(form: FormProps) {
  const m = useMessages();
  const api = useApi();
  const { change } = usePreferences();
  const sheet = useRef<HTMLTextAreaElement>(null);
  const fresh = useNewPassphrase();
  const act = useAct();
  const open = (): void => act.run(async () => {
    await api.call('vault.recover', { recoverySheet: sheet.current?.value ?? '', operatorName: form.operatorName.trim(), newPassphrase: fresh.first.current?.value ?? '' });
    change({ operatorName: form.operatorName.trim() });
  });
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (!act.busy && fresh.good) open(); }}>
      <OperatorName {...form} />
      <Field label={m.signIn.sheetCode} note={m.signIn.sheetCodeNote}>{(wiring) => <TextArea {...wiring} ref={sheet} code rows={3} autoComplete="off" />}</Field>
      <NewPassphraseFields passphrase={fresh} firstLabel={m.signIn.fresh} secondLabel={m.signIn.again} />
      <Failure failure={act.failure} />
      <Button look="primary" type="submit" large wide disabled={act.busy || !fresh.good || form.operatorName.trim() === ''}>{act.busy ? m.signIn.opening : m.signIn.openWithSheet}</Button>
    </form>
  );
}

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
}
