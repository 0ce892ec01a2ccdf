// One act on the hosts that are selected, or on every host the filter finds; and the list as a file. How many are meant stands on the button, and the desk refuses another number.
import { useId, useState } from 'react';
import type { Input as In } from '../../../electron/api/contract.ts';
import { BLOCKED_REASONS, type BlockedReason } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check, Field, Input, Select } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { askFor, narrowedTo, type HostFilter } from './host-filter.ts';

const ACTS = ['tag', 'untag', 'assign', 'wave', 'block'] as const;
type Act = (typeof ACTS)[number];
const PAGE = 500;

interface ActOnManyProps {
  readonly filter: HostFilter;
  /** As many as the filter finds. */
  readonly total: number;
  /** Picked one by one; none: all that the filter finds are meant. */
  readonly selected: ReadonlySet<number>;
  readonly onDone: () => void;
}

export function ActOnMany({ filter, total, selected, onDone }: ActOnManyProps) {
  const m = useMessages();
  const [open, setOpen] = useState(false);
  const may = useMay();
  const mayAct = total > 0 && may('hosts.tag');
  const label = selected.size === 0 ? m.manyHosts.act : m.manyHosts.actOnSelected(selected.size);
  useCommands([{ id: 'act-on-many', label, keys: 'A', bar: m.manyHosts.actKey, enabled: mayAct, run: () => setOpen(true) }]);
  if (!mayAct) return null;
  return (
    <>
      <Button look={selected.size === 0 ? 'outlined' : 'primary'} onClick={() => setOpen(true)}>{label}</Button>
      {open ? <ActDialogOnMany filter={filter} selected={[...selected]} total={selected.size === 0 ? total : selected.size} onClose={() => setOpen(false)} onDone={onDone} /> : null}
    </>
  );
}

interface ActDialogOnManyProps { readonly filter: HostFilter; readonly selected: readonly number[]; readonly total: number; readonly onClose: () => void; readonly onDone: () => void }

function ActDialogOnMany({ filter, selected, total, onClose, onDone }: ActDialogOnManyProps) {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const toast = useToast();
  const act = useAct();
  const waves = useAnswer('waves.list', {}).data?.waves ?? [];
  const [seen] = useState(total); // what was on the button when it was pressed
  const [kind, setKind] = useState<Act>('tag');
  const [tag, setTag] = useState('');
  const [waveId, setWaveId] = useState<number | null>(null);
  const [technician, setTechnician] = useState('');
  // Hosts picked one by one are meant, whatever wave they are in; all of a filter may take those of an earlier wave along.
  const [takesOver, setTakesOver] = useState(selected.length > 0);
  const known = useAnswer('operators.list', {}).data?.filter(({ status, roles }) => status !== 'disabled' && roles.includes('technician')).map(({ name }) => name) ?? [];
  const listId = useId();
  const [reason, setReason] = useState<BlockedReason>('not-reachable');
  const acts = ACTS.filter((name) => name !== 'wave' || (may('waves.assign') && waves.length > 0));
  const many: Pick<In<'hosts.tag'>, 'filter' | 'expected'> = { filter: selected.length === 0 ? narrowedTo(filter) : { hostIds: [...selected] }, expected: seen };
  const run = (): void => act.run(async () => {
    const done = kind === 'block' ? await api.call('hosts.blockMany', { ...many, reason })
      : kind === 'assign' ? await api.call('hosts.assign', { ...many, technician: technician.trim() === '' ? null : technician.trim() })
        : kind === 'wave' ? await api.call('waves.assign', { waveId: waveId ?? waves[0]?.waveId ?? 0, rule: { kind: 'filter', ...many }, onlyFree: !takesOver }).then(({ assigned, undo }) => ({ changed: assigned, undo }))
          : await api.call('hosts.tag', { ...many, tag: tag.trim(), remove: kind === 'untag' });
    onClose();
    onDone();
    const { undo } = done;
    toast({ text: m.manyHosts.done(done.changed, seen), ...(done.changed === 0 ? {} : { undo: () => api.call(kind === 'wave' ? 'waves.undoAssign' : 'hosts.undoMany', { undo }).then((back) => toast({ text: m.manyHosts.undone(back.changed, back.found) })) }) });
  });
  const canAct = kind === 'block' || kind === 'wave' || (kind === 'assign' && !technician.includes(',')) || (tag.trim() !== '' && !tag.includes(','));
  return (
    <ActDialog title={m.manyHosts.title(seen)} lead={selected.length === 0 ? m.manyHosts.lead : m.manyHosts.leadSelected} act={m.manyHosts.run[kind](seen)} canAct={canAct} busy={act.busy} failure={act.failure} onClose={onClose} onAct={run}>
      <Field label={m.manyHosts.what}>{(wiring) => <Select {...wiring} autoFocus value={kind} onChange={(event) => setKind(ACTS.find((name) => name === event.target.value) ?? kind)}>{acts.map((name) => <option key={name} value={name}>{m.manyHosts.acts[name]}</option>)}</Select>}</Field>
      {kind === 'tag' || kind === 'untag' ? <Field label={m.manyHosts.tag}>{(wiring) => <Input {...wiring} maxLength={60} value={tag} onChange={(event) => setTag(event.target.value)} />}</Field>
        : kind === 'assign' ? <Field label={m.manyHosts.facet.technicians} note={m.manyHosts.assignNote}>{(wiring) => <><Input {...wiring} list={listId} maxLength={64} value={technician} onChange={(event) => setTechnician(event.target.value)} /><datalist id={listId}>{known.map((name) => <option key={name} value={name} />)}</datalist></>}</Field>
        : kind === 'wave' ? <><Field label={m.waves.name}>{(wiring) => <Select {...wiring} value={String(waveId ?? waves[0]?.waveId ?? '')} onChange={(event) => setWaveId(Number(event.target.value))}>{waves.map((wave) => <option key={wave.waveId} value={wave.waveId}>{m.waves.option(wave.name, wave.hosts, wave.openedAt !== null)}</option>)}</Select>}</Field><Check label={m.waves.takeOver} checked={takesOver} onChange={(event) => setTakesOver(event.target.checked)} /></>
          : <Field label={m.hosts.reason} note={m.manyHosts.blockNote}>{(wiring) => <Select {...wiring} value={reason} onChange={(event) => setReason(BLOCKED_REASONS.find((code) => code === event.target.value) ?? reason)}>{BLOCKED_REASONS.map((code) => <option key={code} value={code}>{m.words.blockedReason[code]}</option>)}</Select>}</Field>}
    </ActDialog>
  );
}

export function SaveHosts({ filter, total }: { readonly filter: HostFilter; readonly total: number }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const save = (): void => act.run(async () => {
    const rows: (string | number | null)[][] = [];
    for (let at = 0; at < total; at += PAGE) {
      const page = await api.call('hosts.list', askFor({ ...filter, sort: 'hostname', descending: false }, at, PAGE));
      rows.push(...page.rows.map((host) => [host.hostname, m.words.hostState[host.state], host.blockedReason !== null ? m.words.blockedReason[host.blockedReason] : host.closedAs !== null ? m.words.closedAs[host.closedAs] : null, host.stateAt, host.site, host.organizationalUnit, host.operatingSystem, host.model, host.keyRecords]));
      if (page.rows.length === 0) break;
    }
    saveTable('hosts.csv', [m.hosts.host, m.hosts.state, m.hosts.reason, m.hosts.since, m.hosts.site, m.hosts.unit, m.hosts.os, m.hosts.model, m.hosts.keyRecords], rows);
    toast({ text: m.manyHosts.saved(rows.length) });
  });
  return total === 0 ? null : <Button icon="file" disabled={act.busy} onClick={save}>{m.manyHosts.save}</Button>;
}
