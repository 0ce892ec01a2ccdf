// A host that was found by its name: all its key records, to choose the one whose ID the caller reads out.
import { useState, type KeyboardEvent, type RefObject } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { CallsAbout } from './earlier-calls.tsx';
import { ListedKeys } from './listed-keys.tsx';
import { LapsRows } from './laps-rows.tsx';
import { NoKey } from './no-key.tsx';
import styles from './panel.module.css';

interface HostPanelProps { readonly host: Output<'hosts.get'> | undefined; /** The key record that was read out and rejected, just now. */ readonly rejected: number | null; readonly failure: unknown; readonly onRetry: () => void; /** Where Enter goes: the list of keys, or the first act where there is none. */ readonly next: RefObject<HTMLElement | null>; readonly onChoose: (keyRecordId: number) => void; readonly onChooseLaps: (lapsPasswordId: number) => void }

export function HostPanel({ host, rejected, failure, onRetry, next, onChoose, onChooseLaps }: HostPanelProps) {
  const m = useMessages();
  const format = useFormat();
  const [at, setAt] = useState(-1);
  if (host === undefined) return <section className={styles['panel']}><div className={styles['facts']}>{failure === null ? <Loading rows={4} /> : <Failure failure={failure} onRetry={onRetry} />}</div></section>;
  const goesTo = (element: HTMLElement | null): void => { next.current = element; };
  const records = host.keyRecords;
  const refused = records.find(({ keyRecordId }) => keyRecordId === rejected);
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, records.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') { const record = records[at]; if (record !== undefined) onChoose(record.keyRecordId); } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const place = [host.host.site, host.host.organizationalUnit].filter((part) => part !== null).join(', ');
  return (
    <section className={styles['panel']} aria-label={host.host.hostname}>
      <div className={`${styles['facts'] ?? ''} ${text['scroll'] ?? ''}`}>
        <div className={styles['head']}><h2>{host.host.hostname}</h2><StateMark state={host.host.state} chip /></div>
        <Facts facts={[
          [m.lookup.site, place],
          [m.hosts.reason, host.host.blockedReason === null ? null : m.words.blockedReason[host.host.blockedReason]],
          [m.laps.route, host.plan.route === null ? null : m.laps.routes[host.plan.route]],
          [m.lookup.model, host.host.model],
          [m.lookup.serial, host.facts.serialNumber === null ? null : <span className={text['code']}>{host.facts.serialNumber}</span>],
          [m.lookup.user, host.facts.userName],
          [m.laps.description, host.facts.description],
        ]} />
        <CallsAbout hostId={host.host.hostId} keyRecordId={null} />
        <ListedKeys keys={host.listedKeys} />
        {refused === undefined ? null : <Notice kind="warning">{m.lookup.rejectedKey(refused.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId)}</Notice>}
        {records.length === 0 ? <><Notice kind="warning">{m.lookup.noKeyOfHost}</Notice><NoKey host={host} reason="no-key" first={goesTo} onChooseLaps={onChooseLaps} /></> : (
          <div>
            <h3 className={text['sideTitle']}>{m.lookup.ofHost(records.length)}</h3>
            <p className={classNames(text['small'], text['muted'])}>{m.lookup.chooseKey}</p>
            <ul ref={goesTo} className={styles['list']} role="listbox" tabIndex={0} aria-label={m.lookup.ofHost(records.length)} aria-activedescendant={at < 0 ? undefined : `of-host-${at}`} onKeyDown={press}>
              {records.map((record, index) => (
                <li key={record.keyRecordId} id={`of-host-${index}`} role="option" aria-selected={index === at} className={classNames(styles['row'], index === at && styles['chosenRow'])} onClick={() => onChoose(record.keyRecordId)}>
                  <span className={text['code']}>{record.keyProtectorId === null ? m.lookup.noKeyId : <><b>{record.keyProtectorId.slice(0, 8)}</b><span className={text['muted']}>{record.keyProtectorId.slice(8, 13)}…</span></>}</span>
                  <span>{record === refused ? <b className={text['danger']}>{m.lookup.rejected}</b> : record.drive}</span><span className={classNames(text['num'], text['muted'])}>{format.date(record.createdAt ?? record.importedAt)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {refused === undefined ? null : <NoKey host={host} reason="key-rejected" onChooseLaps={onChooseLaps} />}
        <LapsRows passwords={host.lapsPasswords} onChoose={onChooseLaps} />
        <p><a href={placeHash('hosts', { host: String(host.host.hostId), q: host.host.hostname })}>{m.lookup.toHost}</a></p>
      </div>
    </section>
  );
}
