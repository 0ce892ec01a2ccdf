// Opens an incident; closes one, or says what is still open; and what becomes of the vault when it was the last.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useTransport } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input, PassphraseField, Select } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
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

/** What becomes of the recovery passwords when the last incident ends. */
type Vault = 'keep' | 'archive' | 'purge';

export function CloseIncident({ incident, isLast, onClose }: { readonly incident: Incident; readonly isLast: boolean; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const transport = useTransport();
  const act = useAct();
  const fourEyes = useAnswer('policies.get', {}).data?.fourEyesPurge ?? true;
  const [left, setLeft] = useState<Output<'incidents.close'>['stillOpen']>(null);
  const [archived, setArchived] = useState<Output<'incidents.close'>['archive']>(null);
  const [vault, setVault] = useState<Vault>('keep');
  const [path, setPath] = useState('');
  const [second, setSecond] = useState('');
  const passphrase = useRef<HTMLInputElement>(null);
  const choose = (): void => act.run(async () => { setPath((await transport.pickSavePath(`bluelift-${new Date().toISOString().slice(0, 10)}.archive`)) ?? path); });
  const purges = vault === 'purge';
  const close = (): void => act.run(async () => {
    const { stillOpen, archive, purged } = await api.call('incidents.close', {
      incidentId: incident.incidentId, purge: purges, ...(vault === 'keep' || path.trim() === '' ? {} : { archive: path.trim() }), ...(purges && fourEyes ? { secondOperator: second.trim(), secondPassphrase: passphrase.current?.value ?? '' } : {}),
    });
    if (stillOpen !== null) return setLeft(stillOpen);
    toast({ text: purged ? m.incidents.purgedToast : m.incidents.closedToast(incident.name) });
    if (archive === null || purged) onClose();
    else setArchived(archive);
  });
  if (archived !== null) return (
    <ActDialog title={m.incidents.archivedTitle} lead={m.incidents.archivedFile(archived.path, format.size(archived.sizeBytes))} act={m.common.close} busy={false} failure={null} onClose={onClose} onAct={onClose}>
      <p>{m.incidents.archivedOpens(archived.operators.join(', '), archived.recoverySheet)}</p>
      <p>{m.overview.auditHead} <span className={`${text['code'] ?? ''} ${text['anywhere'] ?? ''}`}>{archived.auditHead}</span></p>
    </ActDialog>
  );
  return (
    <ActDialog title={m.incidents.closeTitle(incident.name)} lead={m.incidents.closeLead} act={purges ? m.incidents.purgeAct : m.incidents.closeAct(incident.name)} danger={purges}
      canAct={(vault !== 'archive' || path.trim() !== '') && (!purges || !fourEyes || second.trim() !== '')} busy={act.busy} failure={act.failure} onClose={onClose} onAct={close}>
      {left === null ? null : (
        <>
          <Notice kind="warning">{m.incidents.staysOpen}</Notice>
          <Missing title={m.incidents.missingHosts(left.hosts.count)} count={left.hosts.count} rows={left.hosts.rows.map(({ hostname, state }) => `${hostname}: ${m.words.hostState[state]}`)} />
          <Missing title={m.incidents.missingRotations(left.rotations.count)} count={left.rotations.count} rows={left.rotations.rows.map(({ keyProtectorId, hostname, state }) => `${keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId} ${hostname ?? ''}: ${m.words.rotationState[state]}`)} />
          <Missing title={m.incidents.missingMedia(left.media.count)} count={left.media.count} rows={left.media.rows.map(({ mediaId, state, holder }) => `${mediaId} ${holder ?? ''}: ${m.words.mediaState[state]}`)} />
        </>
      )}
      {!isLast ? null : (
        <>
          <Field label={m.incidents.vault} note={m.incidents.vaultNote[vault]}>{(wiring) => <Select {...wiring} value={vault} onChange={(event) => setVault((['keep', 'archive', 'purge'] as const).find((one) => one === event.target.value) ?? 'keep')}>{(['keep', 'archive', 'purge'] as const).map((one) => <option key={one} value={one}>{m.incidents.vaultWays[one]}</option>)}</Select>}</Field>
          {vault === 'keep' ? null : (
            <Field label={m.incidents.archivePath} {...(purges ? { aside: m.common.optional } : {})}>{(wiring) => <Input {...wiring} code value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
          )}
          {vault === 'keep' ? null : <div><Button icon="file" onClick={choose}>{m.media.chooseSave}</Button></div>}
          {purges && fourEyes ? (
            <>
              <Field label={m.paper.second} note={m.paper.secondNote}>{(wiring) => <Input {...wiring} value={second} maxLength={64} onChange={(event) => setSecond(event.target.value)} />}</Field>
              <PassphraseField label={m.paper.passphrase} field={passphrase} />
            </>
          ) : null}
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
