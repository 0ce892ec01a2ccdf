// The writing of an image: what is done, how fast, how long; then the passcodes, shown once.
import { useEffect, useState, type ReactNode } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import { useApi, useTransport } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { PageFoot, PageHead } from '../../parts/page.tsx';
import { ProgressBar, Steps, type StepLine } from '../../parts/progress.tsx';
import { SecretFrame } from '../../parts/secret.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages, usePreferences } from '../../preferences.tsx';
import { saveText } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { goTo } from '../../use-place.ts';
import { LeftOut } from './left-out.tsx';
import { passcodeGroups, targetName, type Draft } from './medium-draft.ts';
import type { MediumBuild } from './use-medium-build.ts';
import styles from './media.module.css';

/** What goes onto a disk is made ready first and read back last; an image is read back while it is written. */
const STEP_NAMES = ['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify'] as const;
/** Before that, a rate says nothing. */
const RATE_AFTER_MS = 500;

export function WriteMedium({ draft, build, carries }: { readonly draft: Draft; readonly build: MediumBuild; readonly carries: ReactNode }) {
  const m = useMessages();
  const format = useFormat();
  const transport = useTransport();
  const [noted, setNoted] = useState<ReadonlySet<string>>(new Set());
  const name = targetName(draft) ?? '';
  const onDisk = draft.target === 'disk';
  const isManual = draft.mode === 'manual';
  const { state } = build;
  const { built, of } = state;
  const isDone = state.status === 'done';
  const done = isDone ? built.at(-1) ?? null : null;
  const slots = built.flatMap(({ medium, passcodes }) => passcodes.map(({ technician, passcode }, index) => ({ key: `${medium.mediaId} ${technician}`, mediaId: medium.mediaId, technician, passcode, index })));
  const failure = state.status === 'failed' ? state.failure : null;
  const progress = state.status === 'writing' || state.status === 'failed' ? state.progress : null;

  const secretInSight = slots.length > 0;
  useEffect(() => {
    if (!secretInSight) return;
    void transport.protectScreen(true).catch(() => false);
    return () => { void transport.protectScreen(false).catch(() => false); };
  }, [secretInSight, transport]);

  const allNoted = slots.every(({ key }) => noted.has(key));
  const note = (key: string): void => setNoted((before) => new Set([...before, key]));
  const nextToNote = slots.find(({ key }) => !noted.has(key))?.key;
  useCommands([{ id: 'noted', label: m.media.noted, keys: 'Space', bar: m.media.noted, enabled: nextToNote !== undefined, run: () => { if (nextToNote !== undefined) note(nextToNote); } }]);

  const api = useApi();
  const { preferences: { language } } = usePreferences();
  const saving = useAct();
  const saveLabels = (): void => saving.run(async () => {
    const mediaIds = built.map(({ medium }) => medium.mediaId);
    saveText(`${mediaIds.join(' ')}.html`, (await api.call('media.label', { mediaIds, language })).html, 'text/html;charset=utf-8');
  });

  const names = STEP_NAMES.filter((step) => (onDisk || (step !== 'prepare' && step !== 'verify')) && !(isManual && step === 'seal'));
  const label = (step: (typeof STEP_NAMES)[number]): string => (step === 'write' && !onDisk ? m.media.writingImage : m.media.steps[step]);
  const at = progress === null ? 0 : names.indexOf(progress.step);
  const steps: readonly StepLine[] = names.map((step, index): StepLine => ({
    id: step, label: label(step), state: done !== null || index < at ? 'done' : index === at && failure === null ? 'now' : 'next',
    detail: done === null && index === at && progress !== null && progress.totalBytes > 0 ? m.media.stepBytes(format.size(progress.doneBytes), format.size(progress.totalBytes)) : '',
  }));
  const elapsedMs = state.status === 'writing' ? Date.now() - state.stepBegan.at : 0;
  const rate = state.status !== 'writing' || progress === null || elapsedMs < RATE_AFTER_MS ? 0 : ((progress.doneBytes - state.stepBegan.doneBytes) / elapsedMs) * 1000;
  const leftMs = progress === null || rate <= 0 ? null : ((progress.totalBytes - progress.doneBytes) / rate) * 1000;
  return (
    <>
      <PageHead title={m.media.makeTitle} meta={m.media.step(4)} />
      <div className={styles['make']} tabIndex={0} role="region" aria-label={m.media.makeTitle}>
        <div className={text['scroll']} tabIndex={0} role="region" aria-label={m.media.writing(name)}>
          {slots.length === 0 ? null : (
            <div className={styles['secret']}>
              <SecretFrame title={m.media.passcodes} end={<span className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{m.media.notStored}</span>}>
                <ul className={styles['slots']}>
                  {slots.map(({ key, mediaId, technician, passcode, index }) => (
                    <li key={key}>
                      <span className={styles['who']}><b>{technician}</b><span className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{of > 1 ? mediaId : m.media.slot(index + 1)}</span></span>
                      <span className={styles['passcode']}>{passcodeGroups(passcode).map((group, place) => <span key={place}>{group}</span>)}</span>
                      {noted.has(key) ? <span className={styles['notedMark']}><Icon name="check" />{m.media.isNoted}</span> : <Button onClick={() => note(key)}>{m.media.noted}</Button>}
                    </li>
                  ))}
                </ul>
                <p className={styles['secretNote']}>{m.media.passcodeNote}</p>
              </SecretFrame>
            </div>
          )}
          <div className={styles['writing']}>
            <h2 className={styles['writingHead']}>{isDone ? m.media.written(name) : (failure === null ? m.media.writing : m.media.unfinished)(of > 1 ? m.stick.nth(built.length + 1, of, name) : name)}</h2>
            {done !== null || failure !== null ? null : (
              <>
                <div className={styles['figures']}>
                  <span className={styles['figure']}>{progress === null || progress.totalBytes === 0 ? 0 : Math.floor((progress.doneBytes / progress.totalBytes) * 100)}<span className={styles['unit']}> %</span></span>
                  <span className={text['soft']}>{progress === null ? '' : label(progress.step)}{rate > 0 ? `, ${m.media.rate(format.size(rate))}` : ''}{leftMs === null ? '' : `, ${m.media.left(format.countdown(leftMs))}`}</span>
                </div>
                <ProgressBar part={progress?.doneBytes ?? 0} whole={progress?.totalBytes ?? 0} label={m.media.writing(name)} />
              </>
            )}
            <Steps steps={steps} />
            <Failure failure={failure ?? saving.failure} />
            {failure instanceof RemoteError && failure.code === 'cancelled' ? <Notice>{onDisk ? m.stick.cancelled : m.media.cancelled}</Notice> : null}
            {done === null && failure === null && !(isManual && !onDisk) ? <Notice>{onDisk ? m.stick.pulled : m.media.nothingReadable}</Notice> : null}
            {done !== null && onDisk ? <Notice kind="done">{m.stick.done}</Notice> : null}
            {done !== null && isManual ? <Notice>{m.words.mediumModeMeans.manual}</Notice> : null}
            {built.some(({ medium }) => medium.withoutPasscode) ? <Notice kind="warning">{m.stick.noPasscode}</Notice> : null}
            {done === null ? null : <p className={text['muted']}>{m.media.sha}: <span className={`${text['code'] ?? ''} ${text['anywhere'] ?? ''}`}>{done.manifestSha256}</span></p>}
          </div>
          {done === null || (isManual && done.leftOutCount === 0) ? null : <div className={styles['after']}><LeftOut all={done.leftOutCount} hosts={done.leftOut} /></div>}
        </div>
        {carries}
      </div>
      <PageFoot acts={<>
        {built.length > 0 && (done !== null || failure !== null) ? <Button disabled={saving.busy} onClick={saveLabels}>{m.mediumActs.labels(built.length)}</Button> : null}
        {done !== null ? <Button look="primary" disabled={!allNoted} title={allNoted ? undefined : m.media.notedFirst} onClick={() => goTo('media', { medium: done.medium.mediaId })}>{m.media.finish(done.medium.mediaId)}</Button>
          : failure !== null ? <Button look="primary" disabled={!allNoted} title={allNoted ? undefined : m.media.notedFirst} onClick={build.forget}>{m.common.back}</Button>
            : <Button onClick={build.cancel}>{m.media.cancelWriting}</Button>}
      </>}>
        {slots.length === 0 ? '' : m.media.notedCount(noted.size, slots.length)}
      </PageFoot>
    </>
  );
}
