// Imports: what comes in. Files with key records and host lists, live sources of them, and results of media.
import { Segments } from '../../parts/field.tsx';
import { useMay } from '../../desk.tsx';
import { PageHead } from '../../parts/page.tsx';
import { numberAt, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { Intake } from './intake.tsx';
import { Results } from './results.tsx';
import { Sources } from './sources.tsx';

export function ImportsScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const may = useMay();
  const view = place.at['view'] === 'results' || place.at['view'] === 'sources' ? place.at['view'] : 'files';
  const whyNot = may('directories.import') ? null : m.common.needsRole(`${m.words.role.helpdesk}, ${m.words.role.technician} ${m.common.or} ${m.words.role.supervisor}`);
  const switcher = <Segments label={m.screens.imports} value={view} options={[{ value: 'files', label: m.imports.files }, { value: 'sources', label: m.sources.title }, { value: 'results', label: m.imports.results }]} onChange={(value) => stayAt('imports', { view: value === 'files' ? null : value })} />;
  return (
    <>
      <PageHead title={m.screens.imports} chip={switcher} />
      {view === 'results' ? <Results canImport={may('attempts.import')} /> : view === 'sources' ? <Sources kind={place.at['source'] === 'tenant' ? 'tenant' : 'directory'} whyNot={whyNot} /> : <Intake canImport={may('imports.run')} importId={numberAt(place.at['import'])} />}
    </>
  );
}
