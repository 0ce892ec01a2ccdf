// A folder of drivers for the medium: looked at before anything is written, and shown in the order it is loaded.
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Input } from '../../parts/field.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import type { Draft } from './medium-draft.ts';
import styles from './media.module.css';

export function DriversField({ draft, onChange }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const { base } = draft;
  const path = draft.drivers?.path ?? '';
  const look = (): void => act.run(async () => {
    if (base !== null) onChange({ drivers: { path: path.trim(), found: await api.call('media.inspectDrivers', { path: path.trim(), architecture: base.architecture }) } });
  });
  const found = draft.drivers?.found ?? null;
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !act.busy) look(); }}>
      <div className={styles['row']}>
        <Field label={m.loaders.drivers} aside={m.common.optional}>{(wiring) => <Input {...wiring} code value={path} onChange={(event) => onChange({ drivers: event.target.value.trim() === '' ? null : { path: event.target.value, found: null } })} />}</Field>
        <Button type="submit" disabled={path.trim() === '' || act.busy}>{m.loaders.lookAtDrivers}</Button>
      </div>
      <p className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{m.loaders.driversNote}</p>
      <Failure failure={act.failure} />
      {found === null ? null : (
        <ul className={styles['loaders']} aria-label={m.loaders.drivers}>
          {found.drivers.map((driver) => <li key={driver.folder} className={text['small']}>{m.loaders.driver(driver)}</li>)}
          {found.leftOut.map((driver) => <li key={driver.source} className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{m.loaders.driverLeftOut(driver)}</li>)}
        </ul>
      )}
    </form>
  );
}
