// The four steps of making a medium.
import { useId, useState } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import type { Output } from '../../../electron/api/contract.ts';
import { IMAGE_FORMATS } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useTransport } from '../../desk.tsx';
import { AGENT_MODES } from '../../../electron/core/codes.ts';
import { LANGUAGES } from '../../format.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Input, Segments, Select, TextArea } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import textStyles from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { DriversField } from './drivers-field.tsx';
import { DiskStep } from './disk-step.tsx';
import { hostnamesIn, mayHaveTwoLoaders, suggestedName, withBase, type Draft, type Scope } from './medium-draft.ts';
import styles from './media.module.css';

interface StepProps { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void; readonly onDone: () => void }

export function BaseStep({ draft, onChange, onDone }: StepProps) {
  const m = useMessages();
  const api = useApi();
  const transport = useTransport();
  const [path, setPath] = useState(draft.base?.path ?? '');
  const act = useAct();
  const inspect = async (at: string, manualOnly = false): Promise<void> => {
    onChange(withBase(draft, await api.call('media.inspectBase', { path: at, manualOnly })));
    onDone();
  };
  const doesForManual = act.failure instanceof RemoteError && act.failure.code === 'base-lacks-files' && act.failure.facts['manualOnly'] === true;
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
      <div><Button look="primary" type="submit" disabled={path.trim() === '' || act.busy}>{act.busy ? m.media.readingBase : m.media.readBase}</Button>{doesForManual ? <> <Button onClick={() => act.run(() => inspect(path.trim(), true))}>{m.media.makeManual}</Button></> : null}</div>
    </form>
  );
}

const LEAST_WORDS = 3;

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
  const sites = (useAnswer('paper.sites', {}).data ?? []).flatMap(({ site, hosts }) => (site === null ? [] : [{ site, hosts }]));
  const [site, setSite] = useState(draft.scope?.kind === 'site' ? draft.scope.site : '');
  const chosenSite = site === '' ? sites[0]?.site ?? '' : site;
  const scope = ((): Scope | null => {
    switch (kind) {
      case 'all': return { kind };
      case 'wave': return chosen === '' ? null : { kind, wave: chosen };
      case 'site': return chosenSite === '' ? null : { kind, site: chosenSite };
      case 'hosts': return names.length === 0 ? null : { kind, hostnames: [...names] };
    }
  })();
  const [offWave, setOffWave] = useState(0);
  const isReady = scope !== null && (draft.override.trim() === '' || draft.override.trim().length >= LEAST_WORDS);
  const preview = (): void => act.run(async () => {
    if (scope === null) return;
    const isOverridden = draft.override.trim() !== '';
    const seen = await api.call('media.previewScope', { scope, overrideWaves: isOverridden, ...(draft.mode === 'manual' ? { order: { mode: draft.mode, technicians: [], ...(incidentId === null ? {} : { incidentId }) } } : {}) });
    const waiting = seen.leftOut.filter(({ reason }) => reason === 'wave-not-opened').length;
    onChange({ preview: seen, scope, incidentId });
    // Hosts of a wave nobody has opened stay off, unless whoever builds it says why not: asked once they are seen.
    if (waiting > 0 && !isOverridden && offWave !== waiting) return setOffWave(waiting);
    onDone();
  });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (!act.busy && isReady) preview(); }}>
      <Check type="radio" name={group} label={m.media.scopeEvery} checked={kind === 'all'} onChange={() => setKind('all')} />
      <Check type="radio" name={group} label={m.media.scopeList} checked={kind === 'hosts'} onChange={() => setKind('hosts')} />
      {waves.length === 0 ? null : <Check type="radio" name={group} label={m.waves.one} checked={kind === 'wave'} onChange={() => setKind('wave')} />}
      {sites.length === 0 ? null : <Check type="radio" name={group} label={m.stick.site} checked={kind === 'site'} onChange={() => setKind('site')} />}
      {kind !== 'site' ? null : <Field label={m.stick.site}>{(wiring) => <Select {...wiring} value={chosenSite} onChange={(event) => setSite(event.target.value)}>{sites.map((one) => <option key={one.site} value={one.site}>{m.stick.siteOption(one.site, one.hosts)}</option>)}</Select>}</Field>}
      {kind !== 'wave' ? null : <Field label={m.waves.name}>{(wiring) => <Select {...wiring} value={chosen} onChange={(event) => setWave(event.target.value)}>{waves.map(({ name, openedAt, hosts }) => <option key={name} value={name}>{m.waves.option(name, hosts, openedAt !== null)}</option>)}</Select>}</Field>}
      {kind !== 'hosts' ? null : <Field label={m.media.hostnames} aside={m.media.hostnamesCount(names.length)} note={m.media.hostnamesNote}>{(wiring) => <TextArea {...wiring} code rows={6} value={text} onChange={(event) => setText(event.target.value)} />}</Field>}
      {isAsked ? <Field label={m.incidents.one} note={m.incidents.forMedium}>{(wiring) => <Select {...wiring} value={String(incidentId ?? '')} onChange={(event) => onChange({ incidentId: Number(event.target.value) })}>{incidents.map(({ incidentId: id, name }) => <option key={id} value={id}>{name}</option>)}</Select>}</Field> : null}
      {offWave === 0 ? null : <><Notice kind="warning">{m.waves.offMedia(offWave)}</Notice><Field label={m.waves.offMediaOverride} aside={m.common.optional} note={m.waves.overrideNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={2000} value={draft.override} onChange={(event) => onChange({ override: event.target.value })} />}</Field></>}
      <Failure failure={act.failure} />
      <div><Button look="primary" type="submit" disabled={act.busy || !isReady}>{act.busy ? m.media.reading : m.common.next}</Button></div>
    </form>
  );
}

export function PeopleStep({ draft, onChange, onDone, operators }: StepProps & { readonly operators: Output<'operators.list'> }) {
  const m = useMessages();
  const names = operators.filter((operator) => operator.status === 'active' && operator.roles.includes('technician')).map((operator) => operator.name);
  const [order] = useAnswer('media.orders', {}).data ?? [];
  const isManual = draft.mode === 'manual';
  const canGoOn = isManual || draft.technicians.length > 0;
  const choose = (name: string, on: boolean): void => onChange({ technicians: on ? [...draft.technicians, name] : draft.technicians.filter((other) => other !== name) });
  return (
    <form className={styles['stepForm']} onSubmit={(event) => { event.preventDefault(); if (canGoOn) onDone(); }}>
      {isManual ? null : <div className={styles['people']}>{names.map((name) => <Check key={name} label={name} checked={draft.technicians.includes(name)} onChange={(event) => choose(name, event.target.checked)} />)}</div>}
      <div className={styles['two']}>
        <Field label={m.media.expiresOn} aside={m.common.optional} note={isManual ? undefined : m.media.expiresNote}>{(wiring) => <Input {...wiring} type="date" value={draft.expiresOn} onChange={(event) => onChange({ expiresOn: event.target.value })} />}</Field>
        {isManual ? null : <div><Field label={m.media.languageOfAgent}>{(wiring) => <span id={wiring.id}><Segments label={m.media.languageOfAgent} value={draft.language} options={LANGUAGES.map((language) => ({ value: language, label: m.words.language[language] }))} onChange={(language) => onChange({ language })} /></span>}</Field></div>}
      </div>
      {order === undefined || isManual ? null : <Check label={m.stick.withoutPasscode(order.orderId, order.orderedBy)} {...(draft.withoutPasscode === null ? {} : { note: m.stick.noPasscode })} checked={draft.withoutPasscode !== null} onChange={(event) => onChange({ withoutPasscode: event.target.checked ? order.orderId : null })} />}
      {draft.renewal !== null || isManual ? null : <>
      <div><Field label={m.media.mode} note={m.words.mediumModeMeans[draft.mode]}>{(wiring) => <span id={wiring.id}><Segments label={m.media.mode} value={draft.mode} options={AGENT_MODES.map((mode) => ({ value: mode, label: m.words.mediumMode[mode] }))} onChange={(mode) => onChange({ mode })} /></span>}</Field></div>
      <Check label={m.media.keepCopies} note={m.media.keepCopiesNote} checked={draft.keepCopies} disabled={draft.mode === 'inspect'} onChange={(event) => onChange({ keepCopies: event.target.checked })} />
      </>}
      <div><Button look="primary" type="submit" disabled={!canGoOn}>{m.common.next}</Button></div>
    </form>
  );
}

export function WriteStep({ draft, onChange }: Omit<StepProps, 'onDone'>) {
  const m = useMessages();
  const transport = useTransport();
  const act = useAct();
  const choose = (): void => act.run(async () => {
    const path = await transport.pickSavePath(suggestedName(draft.format));
    if (path !== null) onChange({ out: path });
  });
  return (
    <div className={styles['stepForm']}>
      <div><Segments label={m.stick.target} value={draft.target} options={[{ value: 'image', label: m.stick.image }, { value: 'disk', label: m.stick.disk }]} onChange={(target) => onChange({ target })} /></div>
      {draft.target === 'disk' ? <><p className={textStyles['soft']}>{m.stick.lead}</p><DiskStep draft={draft} onChange={onChange} /></> : (
        <>
          <Field label={m.loaders.format} note={draft.format === 'iso' || draft.format === 'pxe' ? m.loaders.takesNothing[draft.format] : undefined}>{(wiring) => <Select {...wiring} value={draft.format} onChange={(event) => onChange({ format: IMAGE_FORMATS.find((format) => format === event.target.value) ?? 'image' })}>{IMAGE_FORMATS.map((format) => <option key={format} value={format}>{m.loaders.formats[format]}</option>)}</Select>}</Field>
          <div className={styles['row']}>
            <Field label={draft.format === 'pxe' ? m.loaders.folderPath : m.media.savePath}>{(wiring) => <Input {...wiring} code autoFocus value={draft.out} onChange={(event) => onChange({ out: event.target.value })} />}</Field>
            <Button icon="file" onClick={choose}>{m.media.chooseSave}</Button>
          </div>
          <Failure failure={act.failure} />
          <Check label={m.media.overwrite} checked={draft.overwrite} onChange={(event) => onChange({ overwrite: event.target.checked })} />
          {draft.overwrite ? <Notice kind="warning">{m.media.overwriteWarning}</Notice> : null}
        </>
      )}
      <DriversField draft={draft} onChange={onChange} />
      {mayHaveTwoLoaders(draft) ? <div><Check label={m.loaders.two} checked={draft.twoLoaders} onChange={(event) => onChange({ twoLoaders: event.target.checked })} /><p className={textStyles['soft']}>{m.loaders.twoNote}</p></div> : null}
    </div>
  );
}
