// One key record: compare its ID with the caller, see where it comes from, disclose with reason and ticket.
import type { Ref } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useOperator } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { differingFrom, idStart } from '../../parts/guessed.tsx';
import { Marked, matchWithin } from '../../parts/marked.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { spoken } from '../../spoken.ts';
import { SourceRows } from '../matching/source-rows.tsx';
import type { KeyCandidate } from './candidates.ts';
import { DiscloseForm, type DiscloseHandle } from './disclose-form.tsx';
import type { Disclosure } from './disclosed.tsx';
import { CallsAbout } from './earlier-calls.tsx';
import type { SheetCall } from './use-sheet.ts';
import styles from './panel.module.css';

type HostDetails = Output<'hosts.get'>;

interface KeyPanelProps {
  readonly record: KeyCandidate; /** What was typed, where nothing is exactly that. */ readonly guessed: string | null; readonly host: HostDetails | undefined; /** A call that goes on, or is over. */ readonly resumed: SheetCall | undefined; /** Hears which call the first entry has begun. */ readonly onBegun?: (callId: number) => void; readonly handle: Ref<DiscloseHandle>;
  readonly onDisclosed: (disclosure: Disclosure) => void; readonly onChooseOther: (keyRecordId: number) => void;
}

export function KeyPanel({ record, guessed, host, resumed, onBegun, handle, onDisclosed, onChooseOther }: KeyPanelProps) {
  const m = useMessages();
  const api = useApi();
  const operator = useOperator();
  const format = useFormat();
  const others = host?.keyRecords.filter((other) => other.keyRecordId !== record.keyRecordId) ?? [];
  const place = [host?.host.site, host?.host.organizationalUnit].filter((part) => part !== null && part !== undefined).join(', ');
  return (
    <section className={styles['panel']} aria-label={record.hostname ?? record.keyProtectorId ?? m.lookup.noHost}>
      <div className={`${styles['facts'] ?? ''} ${text['scroll'] ?? ''}`}>
        <div className={styles['head']}><h2>{record.hostname ?? m.lookup.noHost}</h2>{record.hostState === null ? null : <StateMark state={record.hostState} chip />}</div>
        <Compare record={record} guessed={guessed} />
        <CallsAbout hostId={record.hostId} keyRecordId={record.keyRecordId} />
        {record.conflict ? <Notice kind="warning">{m.lookup.conflict} <a href={placeHash('matching', { view: 'conflicts', id: record.keyProtectorId })}>{m.matching.compare}</a></Notice> : null}
        <Facts facts={[
          [m.lookup.volume, record.drive],
          [m.lookup.site, place],
          [m.lookup.user, host?.facts.userName],
          [m.lookup.source, <SourceRows key="sources" sources={record.sources} />],
          [m.lookup.created, record.createdAt === null ? m.common.unknown : format.dateTime(record.createdAt)],
          [m.lookup.imported, format.dateTime(record.importedAt)],
          [m.lookup.disclosed, record.disclosedAt === null ? m.common.never : format.dateTime(record.disclosedAt)],
        ]} />
        {others.length === 0 ? null : (
          <div>
            <h3 className={styles['othersTitle']}>{m.lookup.others}</h3>
            <ul>
              {others.map((other) => (
                <li key={other.keyRecordId}>
                  <button type="button" className={styles['key']} onClick={() => onChooseOther(other.keyRecordId)}>
                    <span className={text['code']}>{other.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId}</span><span>{other.drive}</span><span className={classNames(text['num'], text['muted'])}>{format.date(other.createdAt ?? other.importedAt)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <DiscloseForm about={{ keyRecordId: record.keyRecordId }} may="disclosures.disclose" resumed={resumed} onBegun={onBegun} handle={handle} disclose={async (sheet) => {
        const answer = await api.call('disclosures.disclose', { keyRecordId: record.keyRecordId, reason: sheet.reason, callId: sheet.callId, ...(sheet.ticket === '' ? {} : { ticket: sheet.ticket }) });
        return () => onDisclosed({ ...answer, ...sheet, record, host: host ?? null, operator: operator.name });
      }} />
    </section>
  );
}

function Compare({ record, guessed }: Pick<KeyPanelProps, 'record' | 'guessed'>) {
  const m = useMessages();
  const language = useLanguage();
  const id = record.keyProtectorId;
  if (id === null) return <Notice kind="warning">{m.lookup.noKeyId}</Notice>;
  const halves = [[0, 4], [4, 8]] as const;
  const differing = guessed === null ? [] : differingFrom(idStart(guessed), id.slice(0, 8), false);
  return (
    <div className={styles['compare']}>
      <p className={styles['compareLabel']}>{m.lookup.compare}</p>
      <p className={styles['compareId']}>{halves.map(([from, to]) => <span key={from}>{differing.length > 0 ? Array.from(id.slice(from, to), (character, at) => (differing.includes(from + at) ? <mark key={at} data-guess="">{character}</mark> : character)) : <Marked text={id.slice(from, to)} match={matchWithin(record.match, from, to)} />}</span>)}</p>
      <p className={styles['compareSpell']}>{halves.map(([from, to]) => <span key={from}>{spoken(id.slice(from, to), language)}</span>)}</p>
      <p className={styles['compareRest']}>{id}</p>
    </div>
  );
}
