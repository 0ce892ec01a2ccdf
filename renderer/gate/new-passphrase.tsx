// Stands before everything for an operator whose passphrase was set by somebody else.
import { useRef } from 'react';
import { useApi, type DeskState } from '../desk.tsx';
import { Button } from '../parts/button.tsx';
import { PassphraseField } from '../parts/field.tsx';
import { Failure } from '../parts/notice.tsx';
import { useMessages } from '../preferences.tsx';
import { useAct } from '../use-act.ts';
import { GatePage } from './gate-page.tsx';
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase-fields.tsx';
import styles from './gate-page.module.css';

export function NewPassphrase({ state }: { readonly state: DeskState }) {
  const m = useMessages();
  return <GatePage title={m.signIn.mustChange} lead={m.signIn.mustChangeLead} demo={state.demo}><ChangePassphrase autoFocus /></GatePage>;
}

/** The form alone: also in Operators, for one's own passphrase. */
export function ChangePassphrase({ onDone, autoFocus = false }: { readonly onDone?: () => void; readonly autoFocus?: boolean }) {
  const m = useMessages();
  const api = useApi();
  const current = useRef<HTMLInputElement>(null);
  const fresh = useNewPassphrase();
  const act = useAct();
  const save = (): void => act.run(async () => {
    await api.call('operators.changePassphrase', { passphrase: current.current?.value ?? '', newPassphrase: fresh.first.current?.value ?? '' });
    onDone?.();
  });
  return (
    <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (fresh.good) save(); }}>
      <PassphraseField label={m.signIn.current} field={current} autoFocus={autoFocus} />
      <NewPassphraseFields passphrase={fresh} firstLabel={m.signIn.fresh} secondLabel={m.signIn.again} />
      <Failure failure={act.failure} />
      <Button look="primary" type="submit" large wide disabled={!fresh.good || act.busy}>{m.signIn.save}</Button>
    </form>
  );
}
