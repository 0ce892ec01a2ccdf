// The candidates: key records, then hosts. What was typed is marked in the ID and in the name alike.
import { memo } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useMay } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Guessed, idStart } from '../../parts/guessed.tsx';
import { Glyph, Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Marked, matchWithin } from '../../parts/marked.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useOncePainted } from '../../use-once-painted.ts';
import { AskElsewhere } from './ask-elsewhere.tsx';
import { allBegin, isEmpty, sameChoice, typedOfKeyId, type Choice, type Found, type HostCandidate, type KeyCandidate } from './candidates.ts';
import { CallsSaidAs } from './earlier-calls.tsx';
import { Instructions } from './instructions.tsx';
import { ListedKeys } from './listed-keys.tsx';
import { OpenCalls } from './open-calls.tsx';
import styles from './hits.module.css';

interface HitsProps {
  readonly query: string; readonly found: Found | undefined; readonly pending: boolean; readonly failure: unknown; readonly count: Output<'keys.count'> | undefined;
  readonly chosen: Choice | null; readonly onRetry: () => void; readonly onChoose: (choice: Choice) => void;
}

const PREFIX = 8;
/** Candidates in sight on most screens. They stand there in the first drawing, those below in the next. */
const IN_SIGHT = 20;
/** The list the field of the lookup moves through. */
export const HITS_ID = 'hits';

export function Hits({ query, found, pending, failure, count, chosen, onRetry, onChoose }: HitsProps) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const below = useOncePainted(found);
  if (failure !== null && failure !== undefined) return <div className={styles['note']}><Failure failure={failure} onRetry={onRetry} /></div>;
  if (query === '') return <Start noKeys={count?.keyRecords === 0} />;
  if (found === undefined) return pending ? <Loading /> : null;

  const importWay = may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : [];
  if (isEmpty(found)) {
    return (
      <>
        <Empty title={m.lookup.nothingFor(query)} ways={[{ label: m.lookup.tryHosts, href: placeHash('hosts') }, ...importWay]}>
          {count === undefined ? null : count.lastImportAt === null ? m.lookup.searchedNone : m.lookup.searched(count.sources, format.short(count.lastImportAt, Date.now()))} {m.lookup.tryPart}.
        </Empty>
        <div className={styles['note']}><CallsSaidAs query={query} /></div>
        <AskElsewhere query={query} />
      </>
    );
  }
  const typed = found.guessed ? null : typedOfKeyId(query);
  const guessed = found.guessed ? query : null;
  const keyRecords = inSightFirst(found.keyRecords, below?.keyRecords, IN_SIGHT);
  const hosts = inSightFirst(found.hosts, below?.hosts, IN_SIGHT - found.keyRecords.length);
  const number = numberIn(found, m, format);
  const candidates = (
    <>
      {found.keyRecords.length === 0 ? null : (
        <>
          <HitsHead title={m.lookup.keyRecords} aside={found.guessed ? m.lookup.guess : typed === null ? m.lookup.keysFound(query) : m.lookup.idBegins(query.toUpperCase())} end={number(found.keyRecordCount)} />
          <ul role="group" aria-label={m.lookup.keyRecords}>
            {keyRecords.map((record, place) => <KeyHit key={place} record={record} guessed={guessed} chosen={isChosen(chosen, { kind: 'key', id: record.keyRecordId })} onChoose={onChoose} />)}
          </ul>
        </>
      )}
      {found.hosts.length === 0 ? null : (
        <>
          <HitsHead title={m.lookup.hosts} aside={found.guessed ? m.lookup.guess : found.hosts.every((host) => host.foundBy !== null) ? '' : allBegin(found.hosts) ? m.lookup.nameBegins(query) : m.lookup.nameContains(query)} end={number(found.hostCount)} />
          <ul role="group" aria-label={m.lookup.hosts}>
            {hosts.map((host, place) => <HostHit key={place} host={host} guessed={guessed} chosen={isChosen(chosen, { kind: 'host', id: host.hostId })} onChoose={onChoose} />)}
          </ul>
        </>
      )}
    </>
  );
  return (
    <>
      {found.guessed ? <div className={styles['note']}><Notice kind="warning">{m.lookup.guessed(query)}</Notice><CallsSaidAs query={query} /><AskElsewhere query={query} /></div> : null}
      {found.listedKeys.length === 0 ? null : <div className={styles['note']}><ListedKeys keys={found.listedKeys} /></div>}
      {/* What stands beside the candidates in a guess is no part of the list. */}
      {found.guessed ? <div id={HITS_ID} role="listbox" aria-label={m.screens.lookup}>{candidates}</div> : candidates}
      <div className={styles['note']}>{typed !== null && typed < PREFIX ? m.lookup.noteMore(PREFIX - typed) : m.lookup.note}</div>
    </>
  );
}

const numberIn = (found: Found, m: ReturnType<typeof useMessages>, format: ReturnType<typeof useFormat>) => (value: number): string => (found.more && value >= 1000 ? m.lookup.atLeast(value) : format.number(value));

/** @param saidAs Open calls with this ticket or caller. @returns What whoever hears the page is told of what was found. */
export function useFoundSaid(found: Found | undefined, query: string, saidAs: number): string {
  const m = useMessages();
  const format = useFormat();
  if (found === undefined || query === '') return '';
  const number = numberIn(found, m, format);
  const counted = [...(found.keyRecords.length === 0 ? [] : [`${m.lookup.keyRecords}: ${number(found.keyRecordCount)}.`]), ...(found.hosts.length === 0 ? [] : [`${m.lookup.hosts}: ${number(found.hostCount)}.`])];
  const calls = saidAs === 0 ? [] : [`${m.calls.saidAs(query, saidAs)}: ${format.number(saidAs)}.`];
  if (counted.length === 0) return found.listedKeys.length > 0 ? '' : [...calls, m.lookup.nothingFor(query)].join(' ');
  return [...(found.guessed ? [m.lookup.guessed(query)] : []), ...counted, ...calls].join(' ');
}

/** The rows of now where they are in sight; below them what stands there, until the next drawing. */
function inSightFirst<T>(rows: readonly T[], below: readonly T[] | undefined, inSight: number): readonly T[] {
  const from = Math.max(0, inSight);
  return below === rows ? rows : [...rows.slice(0, from), ...(below?.slice(from, rows.length) ?? [])];
}

/** No heading: inside a list of choices only groups and choices count. */
function HitsHead({ title, aside, end }: { readonly title: string; readonly aside: string; readonly end: string }) {
  return <div className={styles['head']}><b>{title}</b><span className={text['cut']}>{aside}</span><span className={styles['headEnd']}>{end}</span></div>;
}

const isChosen = (chosen: Choice | null, choice: Choice): boolean => chosen !== null && sameChoice(chosen, choice);

interface HitProps { readonly chosen: boolean; /** What was typed, where nothing is exactly that. */ readonly guessed: string | null; readonly onChoose: (choice: Choice) => void }

// One line of the list, drawn again only when another record comes to stand there: the next key press finds the same lines.
const KeyHit = memo(function KeyHit({ record, chosen, guessed, onChoose }: HitProps & { readonly record: KeyCandidate }) {
  const m = useMessages();
  const format = useFormat();
  const id = record.keyProtectorId;
  return (
    <li className={classNames(styles['hit'], chosen && styles['chosen'])} role="option" aria-selected={chosen} id={`choice-key-${record.keyRecordId}`}
      ref={(row) => { if (chosen) row?.scrollIntoView({ block: 'nearest' }); }} onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose({ kind: 'key', id: record.keyRecordId })}>
      <span className={classNames(text['code'], styles['id'])}>
        {id === null ? <span className={text['muted']}>{m.lookup.noKeyId}</span>
          : <>{guessed === null ? <Marked text={id.slice(0, PREFIX)} match={matchWithin(record.match, 0, PREFIX)} /> : <Guessed text={id.slice(0, PREFIX)} typed={idStart(guessed)} />}<span className={styles['rest']}><Marked text={id.slice(PREFIX)} match={matchWithin(record.match, PREFIX, id.length)} /></span></>}
      </span>
      <span className={styles['host']}>
        {record.hostState === null ? null : <Glyph state={record.hostState} title={m.words.hostState[record.hostState]} />}
        <span className={classNames(text['code'], text['cut'])}>{record.hostname === null ? <span className={text['muted']}>{m.lookup.noHost}</span> : guessed === null ? <Marked text={record.hostname} match={record.hostMatch} /> : <Guessed text={record.hostname} typed={guessed} anywhere />}</span>
      </span>
      <span className={classNames(text['soft'], styles['aside'])}>{record.conflict ? <span className={styles['conflict']}><Icon name="warning" /></span> : null}{record.drive}</span>
      <span className={classNames(text['num'], text['soft'], record.createdAt === null && styles['cameIn'])} title={record.createdAt === null ? m.lookup.cameIn : m.lookup.created}>{record.createdAt === null ? <Icon name="imports" /> : null}{format.date(record.createdAt ?? record.importedAt)}</span>
    </li>
  );
});

const HostHit = memo(function HostHit({ host, chosen, guessed, onChoose }: HitProps & { readonly host: HostCandidate }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <li className={classNames(styles['hit'], chosen && styles['chosen'])} role="option" aria-selected={chosen} id={`choice-host-${host.hostId}`}
      ref={(row) => { if (chosen) row?.scrollIntoView({ block: 'nearest' }); }} onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose({ kind: 'host', id: host.hostId })}>
      <span className={text['cut']}><span className={text['code']}>{guessed === null ? <Marked text={host.hostname} match={host.match} /> : <Guessed text={host.hostname} typed={guessed} anywhere />}</span>{host.foundBy === null ? null : <span className={text['muted']}> {m.lookup.facts[host.foundBy.fact]} {host.foundBy.text}</span>}</span>
      <StateMark state={host.state} />
      <span className={classNames(text['soft'], styles['aside'])}>{host.site}</span>
      <span className={classNames(text['num'], styles['keys'], host.keyRecords === 0 ? text['muted'] : text['soft'])} title={m.common.keys(host.keyRecords)}><Icon name="key" />{host.keyRecords === 0 ? m.lookup.noKey : format.number(host.keyRecords)}</span>
    </li>
  );
});

function Start({ noKeys }: { readonly noKeys: boolean }) {
  const m = useMessages();
  const may = useMay();
  if (noKeys) {
    return (
      <>
        <Empty title={m.lookup.startNoKeys} ways={may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : []}>{m.lookup.startNoKeysLead}</Empty>
        <div className={styles['start']}><OpenCalls /></div>
      </>
    );
  }
  return (
    <div className={styles['start']}>
      <h2>{m.lookup.start}</h2>
      <p>{m.lookup.startLead}</p>
      <ol>{m.lookup.startSteps.map((step, index) => <li key={step}><span className={styles['stepNumber']}>{index + 1}</span>{step}</li>)}</ol>
      <Instructions />
      <OpenCalls />
    </div>
  );
}
