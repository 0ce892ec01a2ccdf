// Proves recovery passwords: those of the store whose key ID is on the disk, or one that is typed. A typed one is wiped as soon as it is sent.
import { useEffect, useRef, useState } from 'react';
import { useMay, useOperator } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import { SecretFrame } from '../../parts/secret.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { typedRecoveryPassword, type TypedGroup } from '../../typed-recovery-password.ts';
import type { VolumeTest } from './use-volume-test.ts';
import styles from './disks.module.css';

const READERS = ['helpdesk', 'technician'];

export function TestVolumes({ known, testable, test }: { readonly known: number; readonly testable: boolean; readonly test: VolumeTest }) {
  const m = useMessages();
  const may = useMay();
  const { roles } = useOperator();
  const reads = roles.some((role) => READERS.includes(role));
  const [typing, setTyping] = useState(false);
  if (!testable || !may('volumes.test')) return null;
  return (
    <section className={styles['test']} aria-label={m.disks.test}>
      {test.running ? (
        <div className={styles['running']} aria-live="polite">
          <span>{m.disks.testing(test.keyProtectorId?.slice(0, 8) ?? null)}</span>
          <ProgressBar part={test.share} whole={1} label={m.disks.test} />
          <Button onClick={test.cancel}>{m.common.cancel}</Button>
        </div>
      ) : (
        <div className={styles['acts']}>
          <Button look={known > 0 && reads ? 'primary' : 'outlined'} disabled={known === 0 || !reads} onClick={() => { setTyping(false); test.begin(); }}>{m.disks.testStored(known)}</Button>
          <Button look="outlined" aria-expanded={typing} onClick={() => setTyping(!typing)}>{m.disks.testTyped}</Button>
          <span className={classNames(text['small'], text['muted'])}>{!reads ? m.common.needsRole(`${m.words.role.helpdesk} ${m.common.or} ${m.words.role.technician}`) : known === 0 ? m.disks.noneKnown : m.disks.testNote}</span>
        </div>
      )}
      {typing && !test.running ? <Typed onTest={(typed) => { setTyping(false); test.begin(typed); }} /> : null}
      <Failure failure={test.failure} />
      <Outcome test={test} />
    </section>
  );
}

/** Left to the DOM, in the frame of a secret; a group that can not be right is named while it is typed. */
function Typed({ onTest }: { readonly onTest: (typed: string) => void }) {
  const m = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const [groups, setGroups] = useState<readonly TypedGroup[] | null>(null);
  const wrong = (groups ?? []).filter(({ state }) => state === 'wrong').map(({ number }) => number);
  const whole = groups !== null && groups.every(({ state }) => state === 'right');
  useEffect(() => { const input = field.current; return () => { if (input !== null) input.value = ''; }; }, []);
  const submit = (): void => {
    const typed = field.current?.value ?? '';
    if (field.current !== null) field.current.value = '';
    onTest(typed);
  };
  return (
    <SecretFrame title={m.disks.typedTitle}>
      <form className={styles['typed']} onSubmit={(event) => { event.preventDefault(); if (whole) submit(); }}>
        <Field label={m.disks.recoveryPassword} note={groups === null ? m.disks.typedNote : whole ? m.lookup.typedRight : m.lookup.typedSoFar(groups.filter(({ state }) => state === 'right').length)} error={wrong.length > 0 ? m.lookup.typedWrong(wrong.join(', '), wrong.length > 1) : null}>
          {(wiring) => <Input {...wiring} ref={field} code autoFocus maxLength={200} onInput={() => setGroups(typedRecoveryPassword(field.current?.value ?? ''))} />}
        </Field>
        <Button look="primary" type="submit" disabled={!whole}>{m.disks.test}</Button>
      </form>
    </SecretFrame>
  );
}

function Outcome({ test }: { readonly test: VolumeTest }) {
  const m = useMessages();
  const format = useFormat();
  if (!test.done) return null;
  const opened = test.tested.filter(({ status }) => status === 'opened');
  const reveals = [...new Set(opened.flatMap(({ revealsOthers }) => revealsOthers))];
  return (
    <div role="status" className={styles['outcome']}>
      {test.tested.length === 0 ? <Notice kind="warning">{m.disks.nothingTried}</Notice> : opened.length === 0 ? <Notice kind="danger">{test.by === 'typed' ? m.disks.typedNotOpened : m.disks.storedNotOpened(test.tested.length)}</Notice> : (
        <Notice kind="done">{m.disks.opened([...new Set(opened.map(({ keyProtectorId }) => keyProtectorId?.slice(0, 8) ?? ''))].join(', '))} {opened.every(({ metadataProven }) => metadataProven === true) ? m.disks.proven : ''}</Notice>
      )}
      {opened.some(({ metadataProven }) => metadataProven === false) ? <Notice kind="danger">{m.disks.notProven}</Notice> : null}
      {reveals.length === 0 ? null : <Notice kind="warning">{m.disks.reveals(format.number(reveals.length), reveals.map((id) => id.slice(0, 8)).join(', '))}</Notice>}
    </div>
  );
}
