// A key ID, or its beginning, that no key record here has, or a host that is in no list: the directory and the tenant can be asked for it at once.
import { useState } from 'react';
import { findAskable } from '../../../electron/core/keys/look-up-query.ts';
import { useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { useMessages } from '../../preferences.tsx';
import { AskLive, type Asked } from './ask-live.tsx';
import styles from './panel.module.css';

export function AskElsewhere({ query }: { readonly query: string }) {
  const m = useMessages();
  const may = useMay();
  const [asking, setAsking] = useState<Asked | null>(null);
  const about = findAskable(query);
  if (about === null || !may('directories.ask')) return null;
  const name = 'keyId' in about ? about.keyId : about.hostname;
  return (
    <div className={styles['askElsewhere']}>
      <p>{m.live.askFor(name)}</p>
      <span className={styles['stationActs']}><Button onClick={() => setAsking('directory')}>{m.noKey.askDirectory}</Button><Button onClick={() => setAsking('tenant')}>{m.noKey.askTenant}</Button></span>
      {asking === null ? null : <AskLive of={asking} about={about} title={asking === 'directory' ? m.noKey.askDirectoryFor(name) : m.noKey.askTenantFor(name)} onClose={() => setAsking(null)} />}
    </div>
  );
}
