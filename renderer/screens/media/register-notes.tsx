// Below the register: what drivers the next media need, and orders for media without a passcode.
import { useState } from 'react';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { Failure } from '../../parts/notice.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import styles from './media.module.css';

export function DriverlessModels() {
  const m = useMessages();
  const { data } = useAnswer('hosts.driverlessModels', {});
  const format = useFormat();
  if (data === undefined || data.length === 0) return null;
  return (
    <details className={styles['notes']}>
      <summary>{m.stick.driverless(data.length)}</summary>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.stick.model}</th><th scope="col" className={table['num']}>{m.stick.hosts}</th><th scope="col" className={table['num']}>{m.stick.stillBlocked}</th><th scope="col">{m.stick.controllers}</th></tr></thead>
        <tbody>{data.map(({ maker, model, hosts, blocked, controllers }) => (
          <tr key={`${maker ?? ''} ${model ?? ''}`}>
            <th scope="row">{[maker, model].filter((part) => part !== null).join(' ') || m.stick.noModel}</th><td className={table['num']}>{format.number(hosts)}</td><td className={table['num']}>{format.number(blocked)}</td>
            <td className={table['grow']}>{controllers.map(({ hardwareId, name }) => <span key={hardwareId} className={styles['caution']}><span className={text['code']}>{hardwareId}</span> {name}</span>)}</td>
          </tr>
        ))}</tbody>
      </table>
    </details>
  );
}

/** Only where the policy allows such media, or an order is still open. */
export function OrdersWithoutPasscode() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const api = useApi();
  const act = useAct();
  const [isOrdering, setIsOrdering] = useState(false);
  const [why, setWhy] = useState('');
  const orders = useAnswer('media.orders', {}).data ?? [];
  const isAllowed = useAnswer('policies.get', {}).data?.mediaWithoutPasscodeAllowed === true;
  const mayOrder = isAllowed && may('media.orderWithoutPasscode');
  if (orders.length === 0 && !mayOrder) return null;
  const order = (): void => act.run(async () => {
    await api.call('media.orderWithoutPasscode', { why: why.trim() });
    setIsOrdering(false);
    setWhy('');
  });
  return (
    <section className={styles['notes']} aria-label={m.stick.orders}>
      <p><span className={text['soft']}>{m.stick.orders}</span> {mayOrder ? <Button onClick={() => setIsOrdering(true)}>{m.stick.order}</Button> : null}</p>
      <Failure failure={isOrdering ? null : act.failure} />
      {orders.length === 0 ? null : (
        <ul className={styles['disks']}>{orders.map(({ orderId, orderedAt, orderedBy, why: reason }) => (
          <li key={orderId}><b>{orderId}</b>, {orderedBy}, {format.dateTime(orderedAt)}: {reason} {may('media.withdrawOrder') ? <Button look="quiet" disabled={act.busy} onClick={() => act.run(async () => { await api.call('media.withdrawOrder', { orderId }); })}>{m.stick.withdraw}</Button> : null}</li>
        ))}</ul>
      )}
      {!isOrdering ? null : (
        <ActDialog title={m.stick.order} lead={m.stick.noPasscode} act={m.stick.order} danger canAct={why.trim().length >= 3} busy={act.busy} failure={act.failure} onClose={() => setIsOrdering(false)} onAct={order}>
          <Field label={m.stick.why}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={2000} value={why} onChange={(event) => setWhy(event.target.value)} />}</Field>
        </ActDialog>
      )}
    </section>
  );
}
