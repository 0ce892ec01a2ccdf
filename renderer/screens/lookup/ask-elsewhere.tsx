// A key ID, or its beginning, that no key record here has, or a host that is in no list: the directory and the tenant can be asked for it at once.
import { useState } from 'react';
import { askableKeyId } from '../../../electron/core/keys/look-up-query.ts';
import { useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { useMessages } from '../../preferences.tsx';
import { AskLive, type Asked } from './ask-live.tsx';
import styles from './panel.module.css';

/** The directory keeps the ID in a name and is asked for its beginning, as Microsoft's viewer does: from eight characters on. */
const keyIdOf = (query: string): string | null => /^\{?([0-9a-f]{8}[0-9a-f-]{0,28})\}?$/i.exec(query.trim())?.[1]?.toUpperCase() ?? null;
/** As long as the part of a name that is looked for here; a name of digits only Windows refuses. */
const hostnameOf = (query: string): string | null => /^(?=[^.]*\p{L})[\p{L}\p{N}_-]{3,63}(?:\.[\p{L}\p{N}_.-]+)?$/u.exec(query.trim())?.[0] ?? null;

export function AskElsewhere({ query }: { readonly query: string }) {
  const m = useMessages();
  const may = useMay();
  const [asking, setAsking] = useState<Asked | null>(null);
  const hostname = hostnameOf(query);
  const keyId = keyIdOf(query) ?? (hostname === null ? askableKeyId(query) : null); // as it was pasted, with words around it
  const name = keyId ?? hostname;
  if (name === null || !may('directories.ask')) return null;
  return (
    <div className={styles['askElsewhere']}>
      <p>{m.live.askFor(name)}</p>
      <span className={styles['stationActs']}><Button onClick={() => setAsking('directory')}>{m.noKey.askDirectory}</Button><Button onClick={() => setAsking('tenant')}>{m.noKey.askTenant}</Button></span>
      {asking === null ? null : <AskLive of={asking} about={keyId === null ? { hostname: name } : { keyId }} title={asking === 'directory' ? m.noKey.askDirectoryFor(name) : m.noKey.askTenantFor(name)} onClose={() => setAsking(null)} />}
    </div>
  );
}
