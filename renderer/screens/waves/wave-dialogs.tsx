// Adds a wave, puts hosts into one by rule or by hand, and keeps hosts from being powered on.
import { useState } from 'react';
import { useAnswer, useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check, Field, Input, Select, TextArea } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { hostnamesIn } from '../media/medium-draft.ts';
import { useUndoAssign } from './use-undo-assign.ts';
import type { Wave } from './waves-screen.tsx';

const RULES = ['site', 'organizational-unit', 'tag', 'operating-system', 'name', 'hosts'] as const;
type RuleKind = (typeof RULES)[number];
const LEAST_WORDS = 3;

export function AddWave({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const incidents = (useAnswer('incidents.list', {}).data ?? []).filter(({ closedAt }) => closedAt === null);
  const [name, setName] = useState('');
  const [begins, setBegins] = useState('');
  const [ends, setEnds] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const incidentId = chosen ?? incidents[0]?.incidentId;
  const add = (): void => act.run(async () => {
    const { waveId } = await api.call('waves.create', { name: name.trim(), ...(incidentId === undefined ? {} : { incidentId }), ...(begins === '' ? {} : { beginsAt: new Date(begins).toISOString() }), ...(ends === '' ? {} : { endsAt: new Date(ends).toISOString() }) });
    onClose();
    toast({ text: m.waves.added(name.trim()), undo: () => api.call('waves.remove', { waveId }) });
  });
  return (
    <ActDialog title={m.waves.add} lead={m.waves.addLead} act={m.waves.add} canAct={name.trim() !== ''} busy={act.busy} failure={act.failure} onClose={onClose} onAct={add}>
      <Field label={m.waves.name}>{(wiring) => <Input {...wiring} autoFocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label={m.waves.begins} aside={m.common.optional}>{(wiring) => <Input {...wiring} type="datetime-local" value={begins} onChange={(event) => setBegins(event.target.value)} />}</Field>
      <Field label={m.waves.ends} aside={m.common.optional}>{(wiring) => <Input {...wiring} type="datetime-local" min={begins} value={ends} onChange={(event) => setEnds(event.target.value)} />}</Field>
      {incidents.length < 2 ? null : (
        <Field label={m.incidents.one}>{(wiring) => <Select {...wiring} value={String(incidentId ?? '')} onChange={(event) => setChosen(Number(event.target.value))}>{incidents.map((incident) => <option key={incident.incidentId} value={incident.incidentId}>{incident.name}</option>)}</Select>}</Field>
      )}
    </ActDialog>
  );
}

export function AssignHosts({ wave, onClose }: { readonly wave: Wave; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const undoOf = useUndoAssign();
  const act = useAct();
  const [kind, setKind] = useState<RuleKind>('site');
  const [value, setValue] = useState('');
  const [takesOver, setTakesOver] = useState(false);
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const hostnames = hostnamesIn(value);
  const canAct = kind === 'hosts' ? hostnames.length > 0 : value.trim() !== '';
  const assign = (): void => act.run(async () => {
    const answer = await api.call('waves.assign', { waveId: wave.waveId, rule: kind === 'hosts' ? { kind, hostnames: [...hostnames] } : { kind, value: value.trim() }, onlyFree: !takesOver });
    toast({ text: m.waves.assigned(answer.assigned, answer.moved, answer.stayed), ...undoOf(answer) });
    if (answer.unknown.length === 0) onClose();
    else setUnknown(answer.unknown);
  });
  return (
    <ActDialog title={m.waves.assignTitle(wave.name)} lead={m.waves.assignLead} act={m.waves.assign} canAct={canAct} busy={act.busy} failure={act.failure} onClose={onClose} onAct={assign}>
      <Field label={m.waves.rule}>{(wiring) => <Select {...wiring} autoFocus value={kind} onChange={(event) => { setKind(RULES.find((rule) => rule === event.target.value) ?? kind); setUnknown([]); }}>{RULES.map((rule) => <option key={rule} value={rule}>{m.waves.rules[rule]}</option>)}</Select>}</Field>
      <Field label={m.waves.ruleValue[kind]} note={m.waves.ruleNote[kind]}>
        {(wiring) => (kind === 'hosts' ? <TextArea {...wiring} code rows={6} value={value} onChange={(event) => setValue(event.target.value)} /> : <Input {...wiring} maxLength={1000} value={value} onChange={(event) => setValue(event.target.value)} />)}
      </Field>
      <Check label={m.waves.takeOver} checked={takesOver} onChange={(event) => setTakesOver(event.target.checked)} />
      {unknown.length === 0 ? null : <Notice kind="warning">{m.waves.unknown(unknown.length)} {unknown.slice(0, 20).join(', ')}</Notice>}
    </ActDialog>
  );
}

export function KeepOff({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const already = new Set(useAnswer('waves.list', {}).data?.keptOff.map(({ hostname }) => hostname));
  const act = useAct();
  const [names, setNames] = useState('');
  const [reason, setReason] = useState('');
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const hostnames = hostnamesIn(names);
  const keep = (): void => act.run(async () => {
    const answer = await api.call('waves.keepOff', { hostnames: [...hostnames], reason: reason.trim() });
    const added = hostnames.filter((name) => !already.has(name.toUpperCase()));
    toast({ text: m.waves.isKeptOff(answer.changed), ...(added.length === 0 ? {} : { undo: () => api.call('waves.keepOff', { hostnames: added, reason: null }) }) });
    if (answer.unknown.length === 0) onClose();
    else setUnknown(answer.unknown);
  });
  return (
    <ActDialog title={m.waves.keepOffTitle} lead={m.waves.keepOffLead} act={m.waves.keepOffAct(hostnames.length)} canAct={hostnames.length > 0 && reason.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose} onAct={keep}>
      <Field label={m.media.hostnames} note={m.media.hostnamesNote}>{(wiring) => <TextArea {...wiring} autoFocus code rows={4} value={names} onChange={(event) => { setNames(event.target.value); setUnknown([]); }} />}</Field>
      <Field label={m.waves.reason}>{(wiring) => <Input {...wiring} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      {unknown.length === 0 ? null : <Notice kind="warning">{m.waves.unknown(unknown.length)} {unknown.slice(0, 20).join(', ')}</Notice>}
    </ActDialog>
  );
}
