// Key records and hosts: one import at a time with its progress, its report file by file, and the earlier ones.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { PAGE_SIZE, Pager } from '../../parts/pager.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { Conflicts, FileReports, filesOf, ManyFiles, whyRejected, type FileReport } from './file-reports.tsx';
import { Mapper, type Mapping, type UnknownTable } from './mapper.tsx';
import { TakeIn } from './take-in.tsx';
import { UndoImport } from './undo-import.tsx';
import styles from './imports.module.css';

/** Of more, one after the other says nothing any more. */
const MANY_FILES = 100;

type Progress = Extract<Output<'imports.run'>, { kind: 'progress' }>;

export function Intake({ canImport, importId, offset }: { readonly canImport: boolean; readonly importId: number | null; readonly offset: number }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const stop = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const [reports, setReports] = useState<readonly FileReport[]>([]);
  const [cancelled, setCancelled] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const [unknown, setUnknown] = useState<{ readonly paths: readonly string[]; readonly tables: readonly UnknownTable[] } | null>(null);
  const [looking, setLooking] = useState(false);
  /** What is not recognised is asked for before anything is taken in. */
  const look = (paths: readonly string[]): void => {
    setLooking(true);
    void (async () => {
      const tables = await api.call('imports.preview', { paths: [...paths] }).catch(() => []); // the import says what is wrong with a path
      setLooking(false);
      const asked = tables.filter(({ table }) => table.standing === 'unknown');
      if (asked.length === 0) run(paths, []);
      else setUnknown({ paths, tables: asked });
    })();
  };
  const run = (paths: readonly string[], mappings: readonly Mapping[]): void => {
    setUnknown(null);
    const control = new AbortController();
    stop.current = control;
    setRunning(true);
    setProgress(null);
    setReports([]);
    setCancelled(false);
    setFailure(null);
    stayAt('imports', {});
    void (async () => {
      try {
        for await (const event of api.stream('imports.run', { paths: [...paths], mappings: [...mappings] }, control.signal)) {
          if (event.kind === 'progress') setProgress(event);
          else if (event.kind === 'file') setReports((before) => [...before, event.report]);
          else { setReports(event.files); setCancelled(event.cancelled); stayAt('imports', { import: String(event.importId) }); }
        }
        if (control.signal.aborted) setCancelled(true);
      } catch (error) {
        if (control.signal.aborted) setCancelled(true);
        else setFailure(error);
      }
      setRunning(false);
    })();
  };
  useCommands([{ id: 'cancel-import', label: m.imports.cancelRun, keys: 'Escape', bar: m.common.cancel, enabled: running, run: () => stop.current?.abort() }]);
  return (
    <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.imports.files}>
      {running ? (
        <section className={styles['running']} aria-live="polite">
          <SectionHead title={progress === null ? m.imports.reading : progress.fileNumber === 0 ? m.imports.counting(progress.files) : m.imports.running(progress.file, progress.fileNumber, progress.files)} end={<Button onClick={() => stop.current?.abort()}>{m.imports.cancelRun}</Button>} />
          <p className={text['soft']}>{progress === null || progress.fileNumber === 0 ? '' : progress.files > MANY_FILES ? m.imports.progressOfMany(progress.rows, progress.imported, progress.rejected) : m.imports.progress(format.size(progress.bytesRead), format.size(progress.sizeBytes), progress.rows, progress.rejected)}</p>
          {progress !== null && progress.files > MANY_FILES ? <ProgressBar part={progress.fileNumber} whole={progress.files} label={m.imports.reading} /> : <ProgressBar part={progress?.bytesRead ?? 0} whole={progress?.sizeBytes ?? 0} label={m.imports.reading} />}
        </section>
      ) : unknown !== null ? <Mapper tables={unknown.tables} onDone={(mappings) => run(unknown.paths, mappings)} onCancel={() => setUnknown(null)} /> : looking ? <p className={classNames(styles['pad'], text['soft'])} aria-live="polite">{m.mapping.looking}</p> : <TakeIn purpose="intake" act={m.imports.choose} lead={m.imports.dropLead} pathAct={m.imports.addPath} disabled={!canImport} whyNot={canImport ? null : m.common.needsRole(`${m.words.role.helpdesk}, ${m.words.role.technician} ${m.common.or} ${m.words.role.supervisor}`)} onPaths={look} />}
      {cancelled ? <div className={styles['pad']}><Notice kind="warning">{m.imports.cancelled}</Notice></div> : null}
      {failure === null ? null : <div className={styles['pad']}><Failure failure={failure} /></div>}
      {importId !== null && !running ? <OneImport importId={importId} /> : reports.length > 0 && !(running && progress !== null && progress.files > MANY_FILES) ? <FileReports files={reports} /> : null}
      <Earlier chosen={importId} offset={offset} />
    </div>
  );
}

function OneImport({ importId }: { readonly importId: number }) {
  const m = useMessages();
  const { data, error, refetch } = useAnswer('imports.get', { importId });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={3} />;
  return <>{data.summary.cancelled ? <div className={styles['pad']}><Notice kind="warning">{m.imports.cancelled}</Notice></div> : null}{data.fileCount > data.files.length ? <ManyFiles key={importId} importId={importId} files={data.files} fileCount={data.fileCount} remarkableCount={data.remarkableCount} kinds={data.kinds} /> : <FileReports files={data.files} />}<HandBack importId={importId} rejected={data.summary.rejected} /><Conflicts conflicts={data.conflicts} /><UndoImport summary={data.summary} /></>;
}

/** The rejected rows as a file for whoever exported them: file, row and reason, never a value. */
function HandBack({ importId, rejected }: { readonly importId: number; readonly rejected: number }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  if (rejected === 0) return null;
  const save = (): void => act.run(async () => {
    const rows: Output<'imports.rejections'>['rows'] = [];
    for (let total = rejected; rows.length < total;) {
      const page = await api.call('imports.rejections', { importId, offset: rows.length, limit: 10_000 });
      if (page.rows.length === 0) break;
      rows.push(...page.rows);
      total = page.total;
    }
    saveTable(`rejected-rows-${importId}.csv`, [m.imports.file, m.imports.row, m.imports.why], rows.map((row) => [row.path.replace(/^.*[\\/]/, ''), row.row, whyRejected(row, m)]));
  });
  return <div className={styles['pad']}><Button onClick={save} disabled={act.busy}>{m.imports.handBack(rejected)}</Button> <span className={text['soft']}>{m.imports.handBackNote}</span><Failure failure={act.failure} /></div>;
}

function Earlier({ chosen, offset }: { readonly chosen: number | null; readonly offset: number }) {
  const m = useMessages();
  const format = useFormat();
  const { data, error, refetch } = useAnswer('imports.list', { offset, limit: PAGE_SIZE }, { keep: true });
  const total = useAnswer('status.get', {}, { keep: true }).data?.imports;
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={4} />;
  if (data.length === 0 && offset === 0) return <Empty title={m.imports.none}>{m.imports.noneLead}</Empty>;
  return (
    <section className={styles['section']}>
      <div className={styles['sectionHead']}><SectionHead title={m.imports.earlier} end={total === undefined ? undefined : format.number(total)} /></div>
      <table className={table['table']}>
        <thead><tr>
          <th scope="col">{m.imports.when}</th><th scope="col">{m.imports.file}</th><th scope="col" className={table['num']}>{m.imports.imported}</th><th scope="col" className={table['num']}>{m.imports.unchanged}</th><th scope="col" className={table['num']}>{m.imports.conflicts}</th><th scope="col" className={table['num']}>{m.imports.rejected}</th><th scope="col">{m.imports.by}</th>
        </tr></thead>
        <tbody>
          {data.map((one) => (
            <tr key={one.importId} aria-selected={one.importId === chosen ? true : undefined}>
              <th scope="row"><button type="button" className={table['open']} onClick={() => stayAt('imports', { import: String(one.importId), from: offset === 0 ? null : String(offset) })}>{format.short(one.startedAt, Date.now())}</button></th>
              <td className={table['grow']} title={filesOf(one, m)}>{filesOf(one, m)}{one.cancelled ? `, ${m.imports.stopped}` : ''}{one.undone === null ? '' : `; ${m.imports.undone(format.short(one.undone.at, Date.now()), one.undone.by)}`}</td>
              <td className={table['num']}>{format.number(one.imported)}</td><td className={classNames(table['num'], text['muted'])}>{format.number(one.unchanged)}</td><td className={table['num']}>{format.number(one.conflicts)}</td><td className={table['num']}>{format.number(one.rejected)}</td><td>{one.operator}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total === undefined ? null : <Pager offset={offset} total={total} onGo={(from) => stayAt('imports', { import: chosen === null ? null : String(chosen), from: from === 0 ? null : String(from) })} />}
    </section>
  );
}
