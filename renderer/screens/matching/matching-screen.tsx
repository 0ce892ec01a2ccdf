// Matching: where sources do not fit together. Conflicts side by side, questions about hosts, key records of no host, hosts without a key record.
import { useAnswer, useMay } from '../../desk.tsx';
import { Segments } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import { placeHash, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { Conflicts } from './conflicts.tsx';
import { Questions } from './questions.tsx';
import { HostsWithoutKey, KeysWithoutHost } from './unmatched.tsx';
import styles from './matching.module.css';

const VIEWS = ['conflicts', 'questions', 'keys', 'hosts'] as const;

export function MatchingScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const may = useMay();
  const { data: status, error, refetch } = useAnswer('status.get', {}, { keep: true });
  const view = VIEWS.find((name) => name === place.at['view']) ?? 'conflicts';
  const names = { conflicts: m.imports.conflictsTitle, questions: m.matching.questions, keys: m.matching.keysWithoutHost, hosts: m.matching.hostsWithoutKey };
  return (
    <>
      <PageHead title={m.screens.matching} chip={<Segments label={m.screens.matching} value={view} options={VIEWS.map((value) => ({ value, label: names[value] }))} onChange={(value) => stayAt('matching', { view: value })} />} />
      {/* Where there is nothing, everything matches: no reason to say so. */}
      {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : status === undefined ? <Loading /> : status.hosts + status.keyRecords === 0 ? <Empty title={m.imports.none} ways={may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : []}>{m.matching.nothingLead}</Empty>
        : view === 'conflicts' ? <Conflicts place={place} /> : view === 'questions' ? <Questions place={place} /> : view === 'keys' ? <KeysWithoutHost place={place} /> : <HostsWithoutKey place={place} />}
    </>
  );
}
