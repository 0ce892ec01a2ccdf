// First start: create the desk with its first operator, then the recovery sheet, shown once. Or bring a backup back.
import { useRef, useState } from 'react';
import { useApi, useTransport, type DeskState } from '../desk.tsx';
import { Button } from '../parts/button.tsx';
import { Check, Field, Input, PassphraseField, TextArea } from '../parts/field.tsx';
import { Failure } from '../parts/notice.tsx';
import { useMessages, usePreferences } from '../preferences.tsx';
import { useAct } from '../use-act.ts';
import { GatePage } from './gate-page.tsx';
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase-fields.tsx';
import { RecoverySheet, type SheetFacts } from './recovery-sheet.tsx';
import styles from './gate-page.module.css';

const OPERATOR_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u;

export function FirstStart({ state, onSheet }: { readonly state: DeskState; readonly onSheet: (inSight: boolean) => void }) {
  const m = useMessages();
  const [sheet, setSheet] = useState<SheetFacts | null>(null);
  const [restoring, setRestoring] = useState(false);
  if (sheet !== null) return <RecoverySheet sheet={sheet} demo={state.demo} onDone={() => { setSheet(null); onSheet(false); }} />;
  return (
    <GatePage title={restoring ? m.firstStart.restoreTitle : m.firstStart.title} lead={restoring ? m.firstStart.restoreLead : m.firstStart.lead} demo={state.demo}>
      {restoring ? <Restore /> : <Create onSheet={(facts) => { setSheet(facts); }} beforeCreate={() => onSheet(true)} onFailed={() => onSheet(false)} onNoSheet={() => onSheet(false)} />}
      <p className={styles['ways']}><button type="button" onClick={() => setRestoring(!restoring)}>{restoring ? m.firstStart.title : m.firstStart.restoreInstead}</button></p>
      <p className={styles['foot']}>{m.firstStart.folder(state.folder)}</p>
    </GatePage>
  );
}

function Create({ onSheet, beforeCreate, onFailed, onNoSheet }: { readonly onSheet: (sheet: SheetFacts) => void; readonly beforeCreate: () => void; readonly onFailed: () => void; readonly onNoSheet: () => void }) {
  const m = useMessages();
  const api = useApi();
  const { change } = usePreferences();
  const [operatorName, setOperatorName] = useState('');
  const [wantSheet, setWantSheet] = useState(true);
  const passphrase = useNewPassphrase();
  const act = useAct();
  const name = operatorName.trim();
  const nameIsWrong = name !== '' && !OPERATOR_NAME.test(name);
  const create = (): void => act.run(async () => {
    // Before the call: the vault opens during it, and the sheet has to stay in sight then.
    if (wantSheet) beforeCreate();
    try {
      const made = await api.call('desk.create', { operatorName: name, passphrase: passphrase.first.current?.value ?? '', recoverySheet: wantSheet });
      change({ operatorName: name });
      if (made.recoverySheet === null) onNoSheet();
      else onSheet({ ...made.recoverySheet, operatorName: made.operator.name });
    } catch (error) { onFailed(); throw error; }
  });
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (passphrase.good && name !== '' && !nameIsWrong && !act.busy) create(); }}>
      <Field label={m.firstStart.operatorName} note={m.firstStart.operatorNote} error={nameIsWrong ? m.firstStart.invalidName : null}>
        {(wiring) => <Input {...wiring} name="operator" value={operatorName} maxLength={64} autoFocus onChange={(event) => setOperatorName(event.target.value)} />}
      </Field>
      <NewPassphraseFields passphrase={passphrase} firstLabel={m.firstStart.passphrase} secondLabel={m.firstStart.again} />
      <Check label={m.firstStart.wantSheet} note={m.firstStart.wantSheetNote} checked={wantSheet} onChange={(event) => setWantSheet(event.target.checked)} />
      <Failure failure={act.failure} />
      <Button look="primary" type="submit" large wide disabled={act.busy || !passphrase.good || name === '' || nameIsWrong}>{act.busy ? m.firstStart.creating : m.firstStart.create}</Button>
    </form>
  );
}

function Restore() {
  const m = useMessages();
  const api = useApi();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const [operatorName, setOperatorName] = useState('');
  const passphrase = useRef<HTMLInputElement>(null);
  const sheet = useRef<HTMLTextAreaElement>(null);
  const act = useAct();
  const choose = (): void => act.run(async () => {
    const [file] = await transport.pickFiles({ multiple: false, purpose: 'results' });
    if (file !== undefined) setPath(file.path);
  });
  const restore = (): void => act.run(async () => {
    const code = sheet.current?.value.trim() ?? '';
    await api.call('desk.restore', { path: path.trim(), operatorName: operatorName.trim(), passphrase: passphrase.current?.value ?? '', ...(code === '' ? {} : { recoverySheet: code }) });
  });
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (!act.busy) restore(); }}>
      <Field label={m.firstStart.backupFile} note={m.media.orPath}>{(wiring) => <Input {...wiring} code value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
      <Button onClick={choose} icon="file">{m.media.chooseFile}</Button>
      <Field label={m.firstStart.operatorName}>{(wiring) => <Input {...wiring} value={operatorName} onChange={(event) => setOperatorName(event.target.value)} />}</Field>
      <PassphraseField label={m.firstStart.passphrase} field={passphrase} note={m.firstStart.restorePassphraseNote} />
      <Field label={m.signIn.sheetCode} aside={m.common.optional} note={m.signIn.sheetCodeNote}>{(wiring) => <TextArea {...wiring} ref={sheet} code rows={3} autoComplete="off" />}</Field>
      <Failure failure={act.failure} />
      <Button look="primary" type="submit" large wide disabled={act.busy || path.trim() === '' || operatorName.trim() === ''}>{act.busy ? m.firstStart.restoring : m.firstStart.restore}</Button>
    </form>
  );
}
