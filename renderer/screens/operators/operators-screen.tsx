// Operators: who may sign in with which roles, what waits for a holder, and the table by which the desk decides.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { ROLES, type Role } from '../../../electron/core/codes.ts';
import { PASSPHRASE_LENGTH } from '../../gate/new-passphrase-fields.tsx';
import { ChangePassphrase } from '../../gate/new-passphrase.tsx';
import { useAnswer, useApi, useMay, useOperator } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { ActDialog, Dialog } from '../../parts/dialog.tsx';
import { Check, Field, Input, PassphraseField } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Failure } from '../../parts/notice.tsx';
import { PageActs } from '../../parts/page-acts.tsx';
import { PageHead } from '../../parts/page.tsx';
import { usePages } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { ChangeKeys } from './change-keys.tsx';
import { RoleTable } from './role-table.tsx';
import styles from '../list-screen.module.css';
import dialogStyles from '../../parts/dialog.module.css';

type Operator = Output<'operators.list'>[number];
type Open = { readonly kind: 'add' } | { readonly kind: 'own' } | { readonly kind: 'keys' } | { readonly kind: 'disable' | 'complete'; readonly operator: Operator };

export function OperatorsScreen() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const self = useOperator();
  const toast = useToast();
  const { data, error, refetch } = useAnswer('operators.list', {}, { keep: true });
  const inSight = usePages(data ?? []);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const canAdd = may('operators.add');
  return (
    <>
      <PageHead title={m.screens.operators} meta={data === undefined ? '' : m.operators.count(data.length)}>
        <PageActs acts={[
          ...(may('vault.rekey') ? [{ id: 'change-keys', label: m.operators.changeKeys, run: () => setOpen({ kind: 'keys' }) }] : []),
          { id: 'own-passphrase', label: m.operators.own, keys: 'P', run: () => setOpen({ kind: 'own' }) },
          { id: 'add-operator', label: m.operators.add, keys: 'N', primary: true, enabled: canAdd, title: canAdd ? undefined : m.common.needsRole(m.words.role.supervisor), run: () => setOpen({ kind: 'add' }) },
        ]} />
      </PageHead>
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.operators}>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={4} /> : (
          <><table className={table['table']}>
            <thead><tr><th scope="col">{m.operators.name}</th><th scope="col">{m.operators.roles}</th><th scope="col">{m.operators.status}</th><th scope="col" className={table['wide']}>{m.operators.fingerprint}</th><th scope="col" className={table['num']}>{m.operators.lastSignIn}</th><th scope="col"><span className={text['hiddenText']}>{m.operators.disable}</span></th></tr></thead>
            <tbody>
              {inSight.rows.map((operator) => (
                <tr key={operator.name}>
                  <th scope="row" className={styles['foldable']}>{operator.name}{operator.name === self.name ? <span className={text['muted']}> ({m.operators.you})</span> : null}</th>
                  <td className={classNames(table['grow'], table['wrap'], styles['roleNames'])}>{operator.roles.map((role) => m.words.role[role]).join(', ')}</td>
                  <td className={styles['foldable']} title={operator.waitsForHolder ? m.operators.waitsNote : undefined}>{operator.waitsForHolder ? m.operators.waits : m.words.operatorStatus[operator.status]}</td>
                  <td className={classNames(text['code'], text['muted'], table['wide'])}>{groupsOfFour(operator.keyFingerprint)}</td>
                  <td className={classNames(table['num'], text['muted'])}>{operator.lastSignedInAt === null ? m.common.never : format.short(operator.lastSignedInAt, Date.now())}</td>
                  <td className={styles['acts']}>
                    {operator.waitsForHolder && operator.status !== 'disabled' && may('operators.complete') ? <Button onClick={() => setOpen({ kind: 'complete', operator })}>{m.operators.complete}</Button> : null}
                    {operator.status !== 'disabled' && may('operators.disable') && operator.name !== self.name ? <Button look="quiet" aria-label={m.operators.disableAct(operator.name)} onClick={() => setOpen({ kind: 'disable', operator })}>{m.operators.disable}</Button> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>{inSight.pager}</>
        )}
        <RoleTable />
      </div>
      {open === null ? null
        : open.kind === 'add' ? <AddOperator onClose={close} />
          : open.kind === 'keys' ? <ChangeKeys onClose={close} />
          : open.kind === 'own' ? <Dialog title={m.operators.ownTitle} onClose={close}><div className={dialogStyles['body']}><ChangePassphrase autoFocus onDone={() => { close(); toast({ text: m.operators.changed }); }} /></div></Dialog>
            : <ChangeOperator kind={open.kind} operator={open.operator} onClose={close} />}
    </>
  );
}

const groupsOfFour = (fingerprint: string | null): string => fingerprint?.match(/.{1,4}/g)?.join(' ') ?? '';

function AddOperator({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['helpdesk']);
  const [missing, setMissing] = useState(PASSPHRASE_LENGTH);
  const passphrase = useRef<HTMLInputElement>(null);
  const act = useAct();
  const add = (): void => act.run(async () => {
    await api.call('operators.add', { name: name.trim(), roles: [...roles], passphrase: passphrase.current?.value ?? '' });
    onClose();
    toast({ text: m.operators.added(name.trim()) });
  });
  return (
    <ActDialog title={m.operators.addTitle} lead={m.operators.waitsNote} act={m.operators.add} canAct={name.trim() !== '' && roles.length > 0 && missing === 0} busy={act.busy} failure={act.failure} onAct={add} onClose={onClose}>
      <Field label={m.operators.name} note={m.firstStart.operatorNote}>{(wiring) => <Input {...wiring} autoFocus maxLength={64} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <fieldset className={styles['roles']}>
        <legend>{m.operators.roles}</legend>
        {ROLES.map((role) => <Check key={role} label={m.words.role[role]} checked={roles.includes(role)} onChange={(event) => setRoles(event.target.checked ? [...roles, role] : roles.filter((other) => other !== role))} />)}
      </fieldset>
      <PassphraseField label={m.operators.firstPassphrase} field={passphrase} isNew note={missing > 0 && missing < PASSPHRASE_LENGTH ? m.firstStart.tooShort(missing) : m.operators.firstPassphraseNote} onInput={() => setMissing(Math.max(0, PASSPHRASE_LENGTH - (passphrase.current?.value.length ?? 0)))} />
    </ActDialog>
  );
}

function ChangeOperator({ kind, operator, onClose }: { readonly kind: 'disable' | 'complete'; readonly operator: Operator; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const { name } = operator;
  const run = (): void => act.run(async () => {
    await api.call(kind === 'disable' ? 'operators.disable' : 'operators.complete', { name });
    onClose();
    toast({ text: kind === 'disable' ? m.operators.disabled(name) : m.operators.completed(name) });
  });
  if (kind === 'disable') return <ActDialog title={m.operators.disableTitle(name)} lead={m.operators.disableLead} act={m.operators.disableAct(name)} danger busy={act.busy} failure={act.failure} onAct={run} onClose={onClose} />;
  return (
    <ActDialog title={m.operators.completeTitle(name)} lead={<>{m.operators.completeLead} <span className={text['code']}>{groupsOfFour(operator.keyFingerprint)}</span></>} act={m.operators.completeAct(name)} busy={act.busy} failure={act.failure} onAct={run} onClose={onClose} />
  );
}
