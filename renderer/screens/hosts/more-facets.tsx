// Waves, technicians, tags and sites as facets of the list, with how many hosts the rest of the filter finds of each, and the views people have saved of it.
import { useState } from 'react';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check, Field, Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from './facets.module.css';
import { filterParameters, narrowedTo, PLACES, toggle, type HostFilter } from './host-filter.ts';

const SHOWN = 12;

export function MoreFacets({ filter, onChange }: { readonly filter: HostFilter; readonly onChange: (filter: HostFilter) => void }) {
  const m = useMessages();
  const format = useFormat();
  const facets = useAnswer('hosts.facets', narrowedTo(filter), { keep: true }).data;
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      {PLACES.map((name) => {
        const known = facets?.[name] ?? [];
        const most = whole.has(name) ? known.length : SHOWN;
        const chosen = filter[name].filter((value) => !known.slice(0, most).some((facet) => facet.value === value)).map((value) => known.find((facet) => facet.value === value) ?? { value, count: 0 });
        const shown = [...known.slice(0, most), ...chosen];
        return shown.length === 0 ? null : (
          <section key={name} className={styles['facet']}>
            <h2 className={styles['title']}>{m.manyHosts.facet[name]}</h2>
            <ul>
              {shown.map(({ value, count }) => (
                <li key={value} className={styles['row']}>
                  <Check label={value} checked={filter[name].includes(value)} onChange={() => onChange({ ...filter, [name]: toggle(filter[name], value) })} /><span className={`${text['num'] ?? ''} ${text['muted'] ?? ''}`}>{facets === undefined ? '' : format.number(count)}</span>
                </li>
              ))}
              {known.length <= most ? null : <li className={styles['row']}><Button look="quiet" icon="down" onClick={() => setWhole(new Set([...whole, name]))}>{m.manyHosts.showAll(known.length)}</Button></li>}
            </ul>
          </section>
        );
      })}
    </>
  );
}

export function HostViews({ filter }: { readonly filter: HostFilter }) {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const toast = useToast();
  const act = useAct();
  const views = useAnswer('hosts.views', {}, { keep: true }).data ?? [];
  const [saving, setSaving] = useState(false);
  const [name, setName] = useState('');
  const maySave = may('hosts.saveView');
  const save = (): void => act.run(async () => {
    await api.call('hosts.saveView', { name: name.trim(), filter: placeHash('hosts', filterParameters(filter)).slice('#/hosts'.length) });
    setSaving(false);
    setName('');
  });
  if (views.length === 0 && !maySave) return null;
  return (
    <section className={styles['facet']}>
      <h2 className={styles['title']}>{m.manyHosts.views}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.name} className={styles['row']}>
            <a href={`#/hosts${view.filter}`} title={m.manyHosts.savedBy(view.savedBy)}>{view.name}</a>
            {maySave ? <button type="button" className={styles['remove']} aria-label={m.manyHosts.deleteView(view.name)} onClick={() => void api.call('hosts.deleteView', { name: view.name }).then(() => toast({ text: m.manyHosts.viewDeleted(view.name), undo: () => api.call('hosts.saveView', { name: view.name, filter: view.filter }) }), () => undefined)}><Icon name="close" /></button> : null}
          </li>
        ))}
        {maySave ? <li className={styles['row']}><Button look="quiet" icon="plus" onClick={() => setSaving(true)}>{m.manyHosts.saveView}</Button></li> : null}
      </ul>
      {!saving ? null : (
        <ActDialog title={m.manyHosts.saveView} lead={m.manyHosts.saveLead} act={m.manyHosts.saveView} canAct={name.trim() !== ''} busy={act.busy} failure={act.failure} onClose={() => setSaving(false)} onAct={save}>
          <Field label={m.manyHosts.viewName}>{(wiring) => <Input {...wiring} autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        </ActDialog>
      )}
    </section>
  );
}
