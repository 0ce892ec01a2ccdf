// The four steps of making a medium.
import { useId, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useTransport } from '../../desk.tsx';
import { LANGUAGES } from '../../format.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Input, Segments, Select, TextArea } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import textStyles from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { DiskStep } from './disk-step.tsx';
import { hostnamesIn, type Draft, type Scope } from './medium-draft.ts';
import styles from './media.module.css';

interface StepProps { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void; readonly onDone: () => void }

const SUGGESTED_NAME = 'bluelift.img';

export function BaseStep({ draft, onChange, onDone }: StepProps) {
  const m = useMessages();
  const api = useApi();
  const transport = useTransport();
  const [path, setPath] = useState(draft.base?.path ?? '');
  const act = useAct();
  const inspect = async (at: string): Promise<void> => {
    onChange({ base: await api.call('media.inspectBase', { path: at }) });
    onDone();
  };
  const choose = (): void => act.run(async () => {
    const [file] = await transport.pickFiles({ multiple: false, purpose: 'base' });
    if (file === undefined) return;
    setPath(file.path);
    await inspect(file.path);
  });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !act.busy) act.run(() => inspect(path.trim())); }}>
      <div className={styles['row']}>
        <Field label={m.media.base} aside={m.media.orPath}>{(wiring) => <Input {...wiring} code autoFocus value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
        <Button icon="file" disabled={act.busy} onClick={choose}>{m.media.chooseFile}</Button>
      </div>
      <Failure failure={act.failure} />
      <div><Button look="primary" type="submit" disabled={path.trim() === '' || act.busy}>{act.busy ? m.media.readingBase : m.media.readBase}</Button></div>
    </form>
  );
}

export function ScopeStep({ draft, onChange, onDone }: StepProps) {
  const m = useMessages();
  const api = useApi();
  const [kind, setKind] = useState<Scope['kind']>(draft.scope?.kind ?? 'all');
  const [text, setText] = useState(draft.scope?.kind === 'hosts' ? draft.scope.hostnames.join('\n') : '');
  const group = useId();
  const act = useAct();
  const names = hostnamesIn(text);
  const waves = useAnswer('waves.list', {}).data?.waves ?? [];
  const incidents = (useAnswer('incidents.list', {}).data ?? []).filter(({ closedAt }) => closedAt === null);
  const isAsked = kind !== 'wave' && incidents.length > 1;
  const incidentId = isAsked ? draft.incidentId ?? incidents[0]?.incidentId ?? null : null;
  const [wave, setWave] = useState(draft.scope?.kind === 'wave' ? draft.scope.wave : '');
  const chosen = wave === '' ? waves[0]?.name ?? '' : wave;
  const isReady = kind === 'all' || (kind === 'wave' ? chosen !== '' : names.length > 0);
  const preview = (): void => act.run(async () => {
    const scope: Scope = kind === 'all' ? { kind } : kind === 'wave' ? { kind, wave: chosen } : { kind, hostnames: [...names] };
    onChange({ preview: await api.call('media.previewScope', { scope }), scope, incidentId });
    onDone();
  });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (!act.busy && isReady) preview(); }}>
      <Check type="radio" name={group} label={m.media.scopeEvery} checked={kind === 'all'} onChange={() => setKind('all')} />
      <Check type="radio" name={group} label={m.media.scopeList} checked={kind === 'hosts'} onChange={() => setKind('hosts')} />
      {waves.length === 0 ? null : <Check type="radio" name={group} label={m.waves.one} checked={kind === 'wave'} onChange={() => setKind('wave')} />}
      {kind !== 'wave' ? null : <Field label={m.waves.name}>{(wiring) => <Select {...wiring} value={chosen} onChange={(event) => setWave(event.target.value)}>{waves.map(({ name, openedAt, hosts }) => <option key={name} value={name}>{m.waves.option(name, hosts, openedAt !== null)}</option>)}</Select>}</Field>}
      {kind !== 'hosts' ? null : <Field label={m.media.hostnames} aside={m.media.hostnamesCount(names.length)} note={m.media.hostnamesNote}>{(wiring) => <TextArea {...wiring} code rows={6} value={text} onChange={(event) => setText(event.target.value)} />}</Field>}
      {isAsked ? <Field label={m.incidents.one} note={m.incidents.forMedium}>{(wiring) => <Select {...wiring} value={String(incidentId ?? '')} onChange={(event) => onChange({ incidentId: Number(event.target.value) })}>{incidents.map(({ incidentId: id, name }) => <option key={id} value={id}>{name}</option>)}</Select>}</Field> : null}
      <Failure failure={act.failure} />
      <div><Button look="primary" type="submit" disabled={act.busy || !isReady}>{act.busy ? m.media.reading : m.common.next}</Button></div>
    </form>
  );
}

export function PeopleStep({ draft, onChange, onDone, operators }: StepProps & { readonly operators: Output<'operators.list'> }) {
  const m = useMessages();
  const names = operators.filter((operator) => operator.status === 'active' && operator.roles.includes('technician')).map((operator) => operator.name);
  const choose = (name: string, on: boolean): void => onChange({ technicians: on ? [...draft.technicians, name] : draft.technicians.filter((other) => other !== name) });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (draft.technicians.length > 0) onDone(); }}>
      <div className={styles['people']}>{names.map((name) => <Check key={name} label={name} checked={draft.technicians.includes(name)} onChange={(event) => choose(name, event.target.checked)} />)}</div>
      <div className={styles['two']}>
        <Field label={m.media.expiresOn} aside={m.common.optional} note={m.media.expiresNote}>{(wiring) => <Input {...wiring} type="date" value={draft.expiresOn} onChange={(event) => onChange({ expiresOn: event.target.value })} />}</Field>
        <div><Field label={m.media.languageOfAgent}>{(wiring) => <span id={wiring.id}><Segments label={m.media.languageOfAgent} value={draft.language} options={LANGUAGES.map((language) => ({ value: language, label: m.words.language[language] }))} onChange={(language) => onChange({ language })} /></span>}</Field></div>
      </div>
      <div><Button look="primary" type="submit" disabled={draft.technicians.length === 0}>{m.common.next}</Button></div>
    </form>
  );
}

export function WriteStep({ draft, onChange }: Omit<StepProps, 'onDone'>) {
  const m = useMessages();
  const transport = useTransport();
  const act = useAct();
  const choose = (): void => act.run(async () => {
    const path = await transport.pickSavePath(SUGGESTED_NAME);
    if (path !== null) onChange({ out: path });
  });
  return (
    <div className={styles['stepForm']}>
      <div><Segments label={m.stick.target} value={draft.target} options={[{ value: 'image', label: m.stick.image }, { value: 'disk', label: m.stick.disk }]} onChange={(target) => onChange({ target })} /></div>
      {draft.target === 'disk' ? <><p className={textStyles['soft']}>{m.stick.lead}</p><DiskStep draft={draft} onChange={onChange} /></> : (
        <>
          <div className={styles['row']}>
            <Field label={m.media.savePath}>{(wiring) => <Input {...wiring} code autoFocus value={draft.out} onChange={(event) => onChange({ out: event.target.value })} />}</Field>
            <Button icon="file" onClick={choose}>{m.media.chooseSave}</Button>
          </div>
          <Failure failure={act.failure} />
          <Check label={m.media.overwrite} checked={draft.overwrite} onChange={(event) => onChange({ overwrite: event.target.checked })} />
          {draft.overwrite ? <Notice kind="warning">{m.media.overwriteWarning}</Notice> : null}
        </>
      )}
    </div>
  );
}
