// Live sources: a directory or a tenant, chosen, signed in to, read. The report is that of any import.
import { useLayoutEffect, useRef } from 'react';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Segments } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import { DirectoryForm } from './directory-form.tsx';
import { TenantForm } from './tenant-form.tsx';
import { TenantWaits } from './tenant-waits.tsx';
import { useSourceImport, type SourceImport } from './use-source-import.ts';
import imports from './imports.module.css';
import styles from './sources.module.css';

export type SourceKind = 'directory' | 'tenant';

export function Sources({ kind, whyNot }: { readonly kind: SourceKind; readonly whyNot: string | null }) {
  const m = useMessages();
  const source = useSourceImport();
  // While it runs, its form is closed and has lost the focus: afterwards the next try begins with what it lacks, the password where one was given away.
  const page = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!source.running && (source.failure !== null || source.cancelled)) page.current?.querySelector<HTMLElement>('form input[type=password]:not(:disabled), form button[type=submit]:not(:disabled)')?.focus();
  }, [source.running, source.failure, source.cancelled]);
  useCommands([{ id: 'cancel-import', label: m.imports.cancelRun, keys: 'Escape', bar: m.common.cancel, enabled: source.running, run: source.stop }]);
  return (
    <div ref={page} className={classNames(text['scroll'], imports['page'])} tabIndex={0} role="region" aria-label={m.sources.title}>
      {source.running ? <Running source={source} /> : (
        <div className={styles['choice']}><Segments label={m.sources.title} value={kind} options={[{ value: 'directory', label: m.sources.directory }, { value: 'tenant', label: m.sources.tenant }]} onChange={(value) => stayAt('imports', { view: 'sources', source: value === 'directory' ? null : value })} /></div>
      )}
      {whyNot === null ? null : <div className={imports['pad']}><Notice>{whyNot}</Notice></div>}
      {source.cancelled ? <div className={imports['pad']}><Notice kind="warning">{m.imports.cancelled}</Notice></div> : null}
      {source.failure === null ? null : <div className={imports['pad']}><Failure failure={source.failure} /></div>}
      <div hidden={source.running}>{kind === 'directory' ? <DirectoryForm disabled={whyNot !== null} source={source} /> : <TenantForm disabled={whyNot !== null} source={source} />}</div>
    </div>
  );
}

function Running({ source: { code, listed, progress, stop, waiting } }: { readonly source: SourceImport }) {
  const m = useMessages();
  return (
    <section className={imports['running']} aria-live="polite">
      <SectionHead title={code === null ? m.sources.reading : m.sources.waitingForPerson} end={<Button onClick={stop}>{m.imports.cancelRun}</Button>} />
      {code === null ? <p className={text['soft']}>{progress === null ? m.sources.signingIn : m.sources.progress(progress.rows, progress.imported)}</p> : (
        <div className={styles['code']}>
          <p>{m.sources.enterCode(code.url)}</p>
          <strong>{code.userCode}</strong>
        </div>
      )}
      <TenantWaits until={waiting?.until ?? null} />
      {listed === null ? null : <p className={text['soft']}>{m.sources.listed(listed.devices, listed.keys, listed.known, listed.toRead)}</p>}
    </section>
  );
}
