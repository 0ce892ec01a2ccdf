// Keys that a list names and whose recovery passwords are not here: they exist, and directory or tenant can be asked for one at once.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { AskLive, type Asked } from './ask-live.tsx';
import styles from './panel.module.css';

const MOST_SHOWN = 5;

export function ListedKeys({ keys }: { readonly keys: Output<'keys.lookUp'>['listedKeys'] }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const [asking, setAsking] = useState<{ readonly of: Asked; readonly keyId: string } | null>(null);
  return (
    <>
      {keys.slice(0, MOST_SHOWN).map(({ keyProtectorId, hostname, entraDeviceId, createdAt, keptIn, source }) => (
        <Notice key={keyProtectorId} kind="warning">
          <b className={text['code']}>{keyProtectorId}</b>: {m.lookup.listedKey(hostname ?? (entraDeviceId === null ? null : `${m.words.hostIdKind['entra-device-id']} ${entraDeviceId}`), source, createdAt === null ? null : format.date(createdAt), keptIn)}
          <span className={styles['stationActs']}>
            {keptIn !== 'tenant' && may('directories.ask') ? <Button onClick={() => setAsking({ of: 'directory', keyId: keyProtectorId })}>{m.noKey.askDirectory}</Button> : null}
            {keptIn !== 'directory' && may('tenants.ask') ? <Button onClick={() => setAsking({ of: 'tenant', keyId: keyProtectorId })}>{m.noKey.askTenant}</Button> : null}
          </span>
        </Notice>
      ))}
      {asking === null ? null : <AskLive of={asking.of} about={{ keyId: asking.keyId }} title={asking.of === 'directory' ? m.noKey.askDirectoryFor(asking.keyId.slice(0, 8)) : m.noKey.askTenantFor(asking.keyId.slice(0, 8))} onClose={() => setAsking(null)} />}
    </>
  );
}
