// Opens an incident; closes one, or says what is still open.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input, Select } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import type { Incident } from './incidents-screen.tsx';

const SHOWN = 8;

export function OpenIncident({ recipes, onClose }: { readonly recipes: readonly string[]; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const [name, setName] = useState('');
  const [recipeId, setRecipeId] = useState(recipes[0] ?? '');
  const create = (): void => act.run(async () => {
    await api.call('incidents.create', { name: name.trim(), recipeId });
    onClose();
  });
  return (
    <ActDialog title={m.incidents.create} lead={m.incidents.createLead} act={m.incidents.create} canAct={name.trim() !== '' && recipeId !== ''} busy={act.busy} failure={act.failure} onClose={onClose} onAct={create}>
      <Field label={m.incidents.name}>{(wiring) => <Input {...wiring} autoFocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label={m.incidents.recipe}>{(wiring) => <Select {...wiring} value={recipeId} onChange={(event) => setRecipeId(event.target.value)}>{recipes.map((recipe) => <option key={recipe} value={recipe}>{recipe}</option>)}</Select>}</Field>
    </ActDialog>
  );
}

export function CloseIncident({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [left, setLeft] = useState<Output<'incidents.close'>['stillOpen']>(null);
  const close = (): void => act.run(async () => {
    const { stillOpen } = await api.call('incidents.close', { incidentId: incident.incidentId });
    if (stillOpen !== null) return setLeft(stillOpen);
    onClose();
    toast({ text: m.incidents.closedToast(incident.name) });
  });
  return (
    <ActDialog title={m.incidents.closeTitle(incident.name)} lead={m.incidents.closeLead} act={m.incidents.closeAct(incident.name)} busy={act.busy} failure={act.failure} onClose={onClose} onAct={close}>
      {left === null ? null : (
        <>
          <Notice kind="warning">{m.incidents.staysOpen}</Notice>
          <Missing title={m.incidents.missingHosts(left.hosts.count)} count={left.hosts.count} rows={left.hosts.rows.map(({ hostname, state }) => `${hostname}: ${m.words.hostState[state]}`)} />
          <Missing title={m.incidents.missingRotations(left.rotations.count)} count={left.rotations.count} rows={left.rotations.rows.map(({ keyProtectorId, hostname, state }) => `${keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId} ${hostname ?? ''}: ${m.words.rotationState[state]}`)} />
          <Missing title={m.incidents.missingMedia(left.media.count)} count={left.media.count} rows={left.media.rows.map(({ mediaId, state, holder }) => `${mediaId} ${holder ?? ''}: ${m.words.mediaState[state]}`)} />
        </>
      )}
    </ActDialog>
  );
}

function Missing({ title, count, rows }: { readonly title: string; readonly count: number; readonly rows: readonly string[] }) {
  const m = useMessages();
  if (count === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <p className={text['muted']}>{rows.slice(0, SHOWN).join(', ')}{count > SHOWN ? ` ${m.incidents.andMore(count - Math.min(SHOWN, rows.length))}` : ''}</p>
    </div>
  );
}
