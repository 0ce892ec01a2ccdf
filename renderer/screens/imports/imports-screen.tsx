// Imports: what comes in. Key records and host lists in one view, results of media in the other.
import { Segments } from '../../parts/field.tsx';
import { useMay } from '../../desk.tsx';
import { PageHead } from '../../parts/page.tsx';
import { numberAt, type Place } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { Intake } from './intake.tsx';
import { Results } from './results.tsx';

export function ImportsScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const may = useMay();
  const view = place.at['view'] === 'results' ? 'results' : 'files';
  const switcher = <Segments label={m.screens.imports} value={view} options={[{ value: 'files', label: m.imports.files }, { value: 'results', label: m.imports.results }]} onChange={(value) => stayAt('imports', { view: value === 'files' ? null : value })} />;
  return (
    <>
      <PageHead title={m.screens.imports} chip={switcher} />
      {view === 'results' ? <Results canImport={may('attempts.import')} /> : <Intake canImport={may('imports.run')} importId={numberAt(place.at['import'])} />}
    </>
  );
}
