// Matching: where sources do not fit together. Conflicts side by side, questions about hosts, key records of no host, hosts without a key record.
import { Segments } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page.tsx';
import type { Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { Conflicts } from './conflicts.tsx';
import { Questions } from './questions.tsx';
import { HostsWithoutKey, KeysWithoutHost } from './unmatched.tsx';

const VIEWS = ['conflicts', 'questions', 'keys', 'hosts'] as const;

export function MatchingScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const view = VIEWS.find((name) => name === place.at['view']) ?? 'conflicts';
  const names = { conflicts: m.imports.conflictsTitle, questions: m.matching.questions, keys: m.matching.keysWithoutHost, hosts: m.matching.hostsWithoutKey };
  return (
    <>
      <PageHead title={m.screens.matching} chip={<Segments label={m.screens.matching} value={view} options={VIEWS.map((value) => ({ value, label: names[value] }))} onChange={(value) => stayAt('matching', { view: value })} />} />
      {view === 'conflicts' ? <Conflicts place={place} /> : view === 'questions' ? <Questions place={place} /> : view === 'keys' ? <KeysWithoutHost place={place} /> : <HostsWithoutKey place={place} />}
    </>
  );
}
