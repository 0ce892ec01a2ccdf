// Which key of the host at the counter: compared with the ID on its blue screen and chosen, never picked. Disclosing it goes through the same door and sheet as a call.
import { useLayoutEffect, useRef, type Ref } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { spoken } from '../../spoken.ts';
import type { Disclosure } from '../lookup/disclosed.tsx';
import type { DiscloseHandle } from '../lookup/disclose-form.tsx';
import { KeyPanel } from '../lookup/key-panel.tsx';
import type { Sheet } from '../lookup/use-sheet.ts';
import styles from './walk-in.module.css';

interface KeyAtCounterProps {
  readonly host: Output<'hosts.get'>; readonly at: number; readonly keyRecordId: number | null; readonly sheet: Sheet; readonly handle: Ref<DiscloseHandle>; readonly onChoose: (keyRecordId: number) => void; readonly onDisclosed: (disclosure: Disclosure) => void;
}

export function KeyAtCounter({ host, at, keyRecordId, sheet, handle, onChoose, onDisclosed }: KeyAtCounterProps) {
  const m = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const record = host.keyRecords.find((candidate) => candidate.keyRecordId === keyRecordId);
  const inSight = useRef<HTMLElement>(null);
  // Below the next act in large letters: in a low window it would be out of sight.
  useLayoutEffect(() => { inSight.current?.scrollIntoView({ block: 'nearest' }); }, [record, sheet.waits]); // braces: it answers a promise, which is no clean-up
  useLayoutEffect(() => { inSight.current?.children[at]?.scrollIntoView({ block: 'nearest' }); }, [at]);
  if (record !== undefined) return sheet.waits ? null : <div ref={(node) => { inSight.current = node; }} className={styles['keyPanel']}><KeyPanel key={`${record.keyRecordId}-${sheet.key}`} record={record} guessed={null} host={host} resumed={sheet.resumed} onBegun={sheet.begun} handle={handle} onDisclosed={onDisclosed} onChooseOther={onChoose} /></div>;
  return (
    <ul ref={(node) => { inSight.current = node; }} className={styles['choices']} role="listbox" aria-label={m.lookup.ofHost(host.keyRecords.length)} tabIndex={0}>
      {host.keyRecords.map((candidate, index) => (
        <li key={candidate.keyRecordId} role="option" aria-selected={index === at} className={classNames(styles['choice'], styles['keyChoice'], index === at && styles['queueChosen'])} onClick={() => onChoose(candidate.keyRecordId)}>
          <b className={styles['keyId']}>{candidate.keyProtectorId === null ? m.lookup.noKeyId : `${candidate.keyProtectorId.slice(0, 4)} ${candidate.keyProtectorId.slice(4, 8)}`}</b>
          <span className={classNames(text['soft'], text['cut'])}>{candidate.keyProtectorId === null ? '' : spoken(candidate.keyProtectorId.slice(0, 8), language)}</span>
          <span className={classNames(text['num'], text['muted'])}>{[candidate.drive, format.date(candidate.createdAt ?? candidate.importedAt)].filter((part) => part !== null).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
