// A key ID, or the beginning of one, that no key record here has: the directory and the tenant can be asked for it at once.
import { useState } from 'react';
import { useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { useMessages } from '../../preferences.tsx';
import { AskLive, type Asked } from './ask-live.tsx';
import styles from './panel.module.css';

/** The directory keeps the ID in a name and is asked for its beginning, as Microsoft's viewer does: from eight characters on. */
const keyIdOf = (query: string): string | null => /^\{?([0-9a-f]{8}[0-9a-f-]{0,28})\}?$/i.exec(query.trim())?.[1]?.toUpperCase() ?? null;

export function AskForId({ query }: { readonly query: string }) {
  const m = useMessages();
  const may = useMay();
  const [asking, setAsking] = useState<Asked | null>(null);
  const keyId = keyIdOf(query);
  if (keyId === null || !may('directories.ask')) return null;
  return (
    <div className={styles['askForId']}>
      <p>{m.live.forId(keyId)}</p>
      <span className={styles['stationActs']}><Button onClick={() => setAsking('directory')}>{m.noKey.askDirectory}</Button><Button onClick={() => setAsking('tenant')}>{m.noKey.askTenant}</Button></span>
      {asking === null ? null : <AskLive of={asking} about={{ keyId }} title={asking === 'directory' ? m.noKey.askDirectoryFor(keyId) : m.noKey.askTenantFor(keyId)} onClose={() => setAsking(null)} />}
    </div>
  );
}
