// Settings: of this window, saved as they are changed; facts of the desk; a backup.
import { useState } from 'react';
import { useApi, useDeskState, useMay, useTransport } from '../../desk.tsx';
import { LANGUAGES } from '../../format.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Input, Segments } from '../../parts/field.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts, PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { THEMES, useFormat, useMessages, usePreferences } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { PolicySettings } from './policies.tsx';
import styles from '../list-screen.module.css';

const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const;

export function SettingsScreen() {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const { preferences, change } = usePreferences();
  const { data: state } = useDeskState();
  return (
    <>
      <PageHead title={m.screens.settings} />
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.settings}>
        <h2 className={styles['group']}>{m.settings.window}</h2>
        <div className={styles['setting']}>
          <div><h3>{m.settings.language}</h3><p>{m.settings.languageNote}</p></div>
          <div><Segments label={m.settings.language} value={preferences.language} options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))} onChange={(language) => change({ language })} /></div>
        </div>
        <div className={styles['setting']}>
          <div><h3>{m.settings.theme}</h3></div>
          <div><Segments label={m.settings.theme} value={preferences.theme} options={THEMES.map((theme) => ({ value: theme, label: m.settings.themes[theme] }))} onChange={(theme) => change({ theme })} /></div>
        </div>
        <div className={styles['setting']}>
          <div><h3>{m.settings.singleKeys}</h3><p>{m.settings.singleKeysNote}</p></div>
          <div><Segments label={m.settings.singleKeys} value={preferences.singleKeys ? 'on' : 'off'} options={[{ value: 'on', label: m.settings.on }, { value: 'off', label: m.settings.off }]} onChange={(value) => change({ singleKeys: value === 'on' })} /></div>
        </div>
        <h2 className={styles['group']}>{m.settings.desk}</h2>
        {state === undefined ? null : (
          <div className={styles['section']}>
            <Facts facts={[
              [m.settings.folder, <span className={text['code']}>{state.folder}</span>],
              [m.settings.version, state.version],
              [m.settings.runtime, m.settings.runtimes[state.runtime]],
              [m.settings.idle, m.settings.minutes(Math.round(state.idleCloseAfterMs / 60_000))],
            ]} />
            <div><Button onClick={() => void api.call('vault.close', {})} icon="vault-closed">{m.settings.closeNow}</Button></div>
          </div>
        )}
        <PolicySettings />
        {may('desk.backup') ? <><h2 className={styles['group']}>{m.settings.backup}</h2><Backup /></> : null}
      </div>
    </>
  );
}

function Backup() {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const [made, setMade] = useState<{ readonly sizeBytes: number; readonly auditHead: string } | null>(null);
  const act = useAct();
  const choose = (): void => act.run(async () => {
    const chosen = await transport.pickSavePath(`bluelift-${new Date().toISOString().slice(0, 10)}.backup`);
    if (chosen !== null) setPath(chosen);
  });
  return (
    <section className={styles['section']}>
      <p className={text['soft']}>{m.settings.backupLead}</p>
      <form className={styles['row']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !act.busy) act.run(async () => setMade(await api.call('desk.backup', { path: path.trim() }))); }}>
        <Field label={m.settings.backupPath}>{(wiring) => <Input {...wiring} code value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
        <Button icon="file" onClick={choose}>{m.media.chooseSave}</Button>
        <Button type="submit" disabled={path.trim() === '' || act.busy}>{m.settings.backupAct}</Button>
      </form>
      <Failure failure={act.failure} />
      {made === null ? null : <Notice kind="done">{m.settings.backupDone(format.size(made.sizeBytes))}. {m.settings.head} <span className={text['code']}>{made.auditHead}</span></Notice>}
    </section>
  );
}
