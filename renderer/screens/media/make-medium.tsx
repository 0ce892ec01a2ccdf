// Make a medium: base, scope, technicians, image file; then the writing, and the passcodes shown once.
import { useState, type ReactNode } from 'react';
import { useAnswer, useMay } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Icon } from '../../parts/icon.tsx';
import { Empty } from '../../parts/notice.tsx';
import { Facts, PageFoot, PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { goTo } from '../../use-place.ts';
import type { Place } from '../../place.ts';
import { BaseStep, PeopleStep, ScopeStep, WriteStep } from './make-steps.tsx';
import { RenewStep } from './renew-step.tsx';
import { EraseDialog } from './disk-step.tsx';
import { LoaderLines } from './loader-lines.tsx';
import { endOfDay, fileNameOf, STEPS, targetName, type Draft, type StepName } from './medium-draft.ts';
import { useMediumBuild } from './use-medium-build.ts';
import { WriteMedium } from './write-medium.tsx';
import styles from './media.module.css';

export function MakeMedium({ place }: { readonly place: Place }) {
  const renews = place.at['renew'] ?? null;
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const language = useLanguage();
  const [draft, setDraft] = useState<Draft>({ base: null, scope: null, preview: null, override: '', incidentId: null, technicians: [], expiresOn: '', language, mode: 'repair', keepCopies: false, target: renews === null ? 'image' : 'disk', disks: [], renewal: renews, withoutPasscode: null, format: 'image', twoLoaders: false, drivers: null, out: '', overwrite: false });
  const [isAsking, setIsAsking] = useState(false);
  const steps: readonly StepName[] = renews === null ? STEPS : STEPS.filter((name) => name !== 'base');
  const [step, setStep] = useState<StepName>(steps[0] ?? 'base');
  const build = useMediumBuild();
  const writing = build.state.status !== 'not-begun';
  const { data: operators } = useAnswer('operators.list', {});
  const change = (changes: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const at = steps.indexOf(step);
  const isManual = draft.mode === 'manual';
  const complete = (draft.base !== null || renews !== null) && draft.scope !== null && (isManual || draft.technicians.length > 0) && targetName(draft) !== null && draft.drivers?.found !== null;
  useCommands(writing ? [] : [
    { id: 'previous-step', label: m.common.back, keys: 'Ctrl+ArrowLeft', bar: m.common.back, enabled: at > 0, run: () => setStep(steps[at - 1] ?? step) },
    { id: 'leave', label: m.common.cancel, keys: 'Escape', run: () => goTo('media') },
  ]);
  if (!may('media.build')) return <><PageHead title={m.media.makeTitle} /><Empty title={m.common.needsRole(`${m.words.role.technician} ${m.common.or} ${m.words.role.helpdesk}`)} /></>;

  const [first] = draft.disks;
  const expiresAt = endOfDay(draft.expiresOn);
  const carries = (
    <aside className={classNames(styles['carries'], text['scroll'])} aria-label={m.media.carries}>
      <h2 className={text['sideTitle']}>{m.media.carries}</h2>
      <Facts facts={[
        [m.media.base, renews !== null ? null : draft.base === null ? <Missing /> : m.words.baseKind[draft.base.kind]],
        [m.media.architecture, draft.base === null ? null : m.words.architecture[draft.base.architecture]],
        [m.media.hosts, draft.preview === null ? <Missing /> : format.number(draft.preview.hosts)],
        [m.media.keyRecords, draft.preview === null ? null : format.number(draft.preview.keyRecords)],
        [m.media.leftOut, draft.preview === null ? null : format.number(draft.preview.leftOutCount)],
        [m.media.technicians, isManual ? null : draft.technicians.length === 0 ? <Missing /> : draft.technicians.join(', ')],
        [m.loaders.drivers, draft.drivers?.found == null ? null : `${format.number(draft.drivers.found.drivers.length)}, ${format.size(draft.drivers.found.sizeBytes)}`],
        [m.media.expires, expiresAt === null ? m.media.never : format.dateTime(expiresAt)],
        [m.media.mode, renews !== null ? null : m.words.mediumMode[draft.mode]],
        [m.media.language, isManual ? null : m.words.language[draft.language]],
        [draft.target === 'disk' ? m.stick.disk : m.media.image, targetName(draft) ?? <Missing />],
      ]} />
    </aside>
  );
  if (writing) return <WriteMedium draft={draft} build={build} carries={carries} />;

  const writeLabel = draft.target === 'image' ? (draft.out.trim() === '' ? m.media.writeImage : m.media.writeTo(fileNameOf(draft.out.trim())))
    : renews !== null ? m.stick.renewAct(renews) : first === undefined ? m.stick.disk : draft.disks.length > 1 ? m.stick.eraseSeveral(draft.disks.length) : m.stick.erase(first.name ?? m.words.diskBus[first.bus], format.size(first.sizeBytes));
  const done = (name: StepName): void => setStep(steps[steps.indexOf(name) + 1] ?? name);
  const bodies: Readonly<Record<StepName, { readonly title: string; readonly lead: string; readonly summary: ReactNode; readonly body: ReactNode }>> = {
    base: {
      title: m.media.base, lead: m.media.baseLead,
      summary: draft.base === null ? null : <><p>{m.media.baseFacts(fileNameOf(draft.base.path), draft.base.imageIndex)}</p><p className={classNames(text['small'], text['muted'])}>{[m.words.baseKind[draft.base.kind], m.words.architecture[draft.base.architecture], draft.base.imageName, draft.base.windowsBuild === null ? '' : m.media.build(draft.base.windowsBuild), format.size(draft.base.sizeBytes)].filter((part) => part !== '').join(', ')}</p><LoaderLines loaders={draft.base.loaders} findings={draft.base.findings} /></>,
      body: <BaseStep draft={draft} onChange={change} onDone={() => done('base')} />,
    },
    scope: {
      title: m.media.scope, lead: isManual ? m.media.manualScopeLead : m.media.scopeLead,
      summary: draft.preview === null ? null : <><p>{m.media.scopeFacts(draft.preview.hosts)}</p><p className={classNames(text['small'], text['muted'])}>{m.media.scopeCarried(draft.preview.keyRecords, draft.preview.leftOutCount)}</p>{draft.override.trim() === '' ? null : <p className={text['small']}>{m.waves.overridden(draft.override.trim())}</p>}</>,
      body: <ScopeStep draft={draft} onChange={change} onDone={() => done('scope')} />,
    },
    people: {
      title: isManual ? m.words.mediumMode.manual : m.media.people, lead: isManual ? m.words.mediumModeMeans.manual : m.media.peopleLead,
      summary: isManual ? (step === 'write' ? <p>{m.words.mediumModeMeans.manual}</p> : null) : draft.technicians.length === 0 ? null : <p>{draft.technicians.join(', ')}</p>,
      body: <PeopleStep draft={draft} onChange={change} onDone={() => done('people')} operators={operators ?? []} />,
    },
    write: renews === null ? { title: m.media.write, lead: m.media.writeLead, summary: null, body: <WriteStep draft={draft} onChange={change} /> }
      : { title: m.stick.disk, lead: m.stick.renewLead(renews), summary: null, body: <RenewStep draft={draft} onChange={change} mediaId={renews} /> },
  };
  return (
    <>
      <PageHead title={renews === null ? m.media.makeTitle : m.stick.renewTitle(renews)} meta={renews === null ? m.media.step(at + 1) : ''} />
      <div className={styles['make']}>
        <div className={text['scroll']}>
          {steps.map((name, index) => {
            const now = name === step;
            const isDone = !now && bodies[name].summary !== null;
            return (
              <section key={name} className={classNames(styles['step'], now ? styles['now'] : isDone ? styles['done'] : styles['next'])} aria-current={now ? 'step' : undefined}>
                <span className={styles['stepNumber']}>{isDone ? <Icon name="check" /> : index + 1}</span>
                <div><h2>{bodies[name].title}</h2>{isDone ? bodies[name].summary : <p className={classNames(text['small'], text['muted'])}>{bodies[name].lead}</p>}{now ? <div className={styles['stepBody']}>{bodies[name].body}</div> : null}</div>
                {isDone ? <Button look="quiet" aria-label={`${bodies[name].title}: ${m.common.change}`} onClick={() => setStep(name)}>{m.common.change}</Button> : <span />}
              </section>
            );
          })}
        </div>
        {carries}
      </div>
      <PageFoot acts={<><Button onClick={() => goTo('media')}>{m.common.cancel}</Button><Button look="primary" disabled={!complete || step !== 'write'} onClick={() => (draft.target === 'disk' && renews === null ? setIsAsking(true) : build.begin(draft))}>{writeLabel}</Button></>}>
        {draft.target === 'disk' ? draft.disks.map(({ id }) => id).join(', ') : draft.out.trim()}
      </PageFoot>
      {isAsking && draft.disks.length > 0 ? <EraseDialog disks={draft.disks} onClose={() => setIsAsking(false)} onErase={() => { setIsAsking(false); build.begin(draft); }} /> : null}
    </>
  );
}

function Missing() {
  return <span className={text['muted']}>{useMessages().media.notYet}</span>;
}
