// Imports: what comes in. Files with key records and host lists, live sources of them, results of media, and lists held against each other.
import { Segments } from '../../parts/field.tsx';
import { useMay } from '../../desk.tsx';
import { PageHead } from '../../parts/page.tsx';
import { pageAt } from '../../parts/pager.tsx';
import { numberAt, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { Intake } from './intake.tsx';
import { Lists } from './lists.tsx';
import { Results } from './results.tsx';
import { Sources } from './sources.tsx';

const VIEWS = ['files', 'sources', 'results', 'lists'] as const;

export function ImportsScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const may = useMay();
  const view = VIEWS.find((name) => name === place.at['view']) ?? 'files';
  const chosen = (place.at['lists'] ?? '').split(',').flatMap((id) => numberAt(id) ?? []);
  const whyNot = may('directories.import') ? null : m.common.needsRole(`${m.words.role.helpdesk}, ${m.words.role.technician} ${m.common.or} ${m.words.role.supervisor}`);
  const names = { files: m.imports.files, sources: m.sources.title, results: m.imports.results, lists: m.lists.title };
  const switcher = <Segments label={m.screens.imports} value={view} options={VIEWS.map((value) => ({ value, label: names[value] }))} onChange={(value) => stayAt('imports', { view: value === 'files' ? null : value })} />;
  return (
    <>
      <PageHead title={m.screens.imports} chip={switcher} />
      {view === 'files' ? <Intake canImport={may('imports.run')} importId={numberAt(place.at['import'])} offset={pageAt(place)} /> : null}
      {view === 'sources' ? <Sources kind={place.at['source'] === 'tenant' ? 'tenant' : 'directory'} whyNot={whyNot} /> : null}
      {view === 'results' ? <Results canImport={may('attempts.import')} offset={pageAt(place)} /> : null}
      {view === 'lists' ? <Lists chosen={chosen} /> : null}
    </>
  );
}
