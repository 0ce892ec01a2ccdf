// Key records and hosts: one import at a time with its progress, its report file by file, and the earlier ones.
import { useLayoutEffect, useRef } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { focusPage } from '../../parts/give-focus.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { PAGE_SIZE, Pager } from '../../parts/pager.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { Conflicts, FileReports, ManyFiles, whyRejected } from './file-reports.tsx';
import { useImports } from './imports-context.ts';
import { Mapper } from './mapper.tsx';
import { filesOf, namesApart } from './names-of-files.ts';
import { TakeIn } from './take-in.tsx';
import { UndoImport } from './undo-import.tsx';
import styles from './imports.module.css';

/** Of more, one after the other says nothing any more. */
const MANY_FILES = 100;

export function Intake({ canImport, importId, offset }: { readonly canImport: boolean; readonly importId: number | null; readonly offset: number }) {
  const m = useMessages();
  const format = useFormat();
  const { files: { running, progress, reports, cancelled, failure, unknown, looking, look, run, forget, stop } } = useImports();
  // What was pressed goes away with each step: the focus then stays on the page.
  const step = useRef({ running, unknown, looking });
  useLayoutEffect(() => {
    const before = step.current;
    step.current = { running, unknown, looking };
    if (before.running !== running || before.unknown !== unknown || before.looking !== looking) focusPage();
  }, [running, unknown, looking]);
  useCommands([{ id: 'cancel-import', label: m.imports.cancelRun, keys: 'Escape', bar: m.common.cancel, enabled: running, run: stop }]);
  return (
    <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.imports.files}>
      {running ? (
        <section className={styles['running']} aria-live="polite">
          <SectionHead title={progress === null ? m.imports.reading : progress.fileNumber === 0 ? m.imports.counting(progress.files) : m.imports.running(progress.file, progress.fileNumber, progress.files)} end={<Button onClick={stop}>{m.imports.cancelRun}</Button>} />
          <p className={text['soft']}>{progress === null || progress.fileNumber === 0 ? '' : progress.files > MANY_FILES ? m.imports.progressOfMany(progress.rows, progress.imported, progress.rejected) : m.imports.progress(format.size(progress.bytesRead), format.size(progress.sizeBytes), progress.rows, progress.rejected)}</p>
          {progress !== null && progress.files > MANY_FILES ? <ProgressBar part={progress.fileNumber} whole={progress.files} label={m.imports.reading} /> : <ProgressBar part={progress?.bytesRead ?? 0} whole={progress?.sizeBytes ?? 0} label={m.imports.reading} />}
        </section>
      ) : unknown !== null ? <Mapper tables={unknown.tables} onDone={(mappings) => run(unknown.paths, mappings)} onCancel={forget} /> : looking ? <p className={classNames(styles['pad'], text['soft'])} aria-live="polite">{m.mapping.looking}</p> : <TakeIn purpose="intake" act={m.imports.choose} lead={m.imports.dropLead} pathAct={m.imports.addPath} disabled={!canImport} whyNot={canImport ? null : m.common.needsRole(`${m.words.role.helpdesk}, ${m.words.role.technician} ${m.common.or} ${m.words.role.supervisor}`)} onPaths={look} />}
      {cancelled && importId === null ? <div className={styles['pad']}><Notice kind="warning">{m.imports.cancelled}</Notice></div> : null}
      {failure === null || importId !== null ? null : <div className={styles['pad']}><Failure failure={failure} /></div>}
      {importId !== null && !running ? <OneImport importId={importId} /> : reports.length > 0 && !(running && progress !== null && progress.files > MANY_FILES) ? <FileReports files={reports} isWhole /> : null}
      <Earlier chosen={importId} offset={offset} />
    </div>
  );
}

function OneImport({ importId }: { readonly importId: number }) {
  const m = useMessages();
  const { data, error, refetch } = useAnswer('imports.get', { importId });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={3} />;
  const { summary, conflicts, files, fileCount, remarkableCount, kinds } = data;
  const isWhole = summary.finishedAt !== null && !summary.cancelled;
  return (
    <>
      {summary.cancelled ? <div className={styles['pad']}><Notice kind="warning">{m.imports.cancelled}</Notice></div> : summary.finishedAt === null ? <div className={styles['pad']}><Notice>{m.imports.stillReading}</Notice></div> : null}
      {fileCount > files.length ? <ManyFiles key={importId} importId={importId} files={files} fileCount={fileCount} remarkableCount={remarkableCount} kinds={kinds} isWhole={isWhole} /> : <FileReports files={files} isWhole={isWhole} />}
      <HandBack importId={importId} rejected={summary.rejected} />
      <Conflicts conflicts={conflicts} />
      {summary.finishedAt === null ? null : <><WhatIsMissing /><UndoImport summary={summary} /></>}
    </>
  );
}

/** That every row came in does not say that every host has its key. */
function WhatIsMissing() {
  const m = useMessages();
  const ways: readonly (readonly [label: string, href: string])[] = [
    [m.coverage.title, placeHash('overview', {}, 'coverage')], [m.matching.hostsWithoutKey, placeHash('matching', { view: 'hosts' })], [m.matching.keysWithoutHost, placeHash('matching', { view: 'keys' })], [m.matching.questions, placeHash('matching', { view: 'questions' })],
  ];
  return <p className={classNames(styles['pad'], styles['ways'])}><span className={text['soft']}>{m.imports.missing}</span>{ways.map(([label, href]) => <a key={href} href={href}>{label}</a>)}</p>;
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
    const names = namesApart(rows.map(({ path }) => path));
    saveTable(`rejected-rows-${importId}.csv`, [m.imports.file, m.imports.row, m.imports.why], rows.map((row) => [names.get(row.path) ?? row.path, row.row, whyRejected(row, m)]));
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
              <td className={table['grow']} title={filesOf(one, m)}>{filesOf(one, m)}{one.cancelled ? `, ${m.imports.stopped}` : one.finishedAt === null ? `, ${m.imports.runs}` : ''}{one.undone === null ? '' : `; ${m.imports.undone(format.short(one.undone.at, Date.now()), one.undone.by)}`}</td>
              <td className={table['num']}>{format.number(one.imported)}</td><td className={classNames(table['num'], text['muted'])}>{format.number(one.unchanged)}</td><td className={table['num']}>{format.number(one.conflicts)}</td><td className={table['num']}>{format.number(one.rejected)}</td><td>{one.operator}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total === undefined ? null : <Pager offset={offset} total={total} onGo={(from) => stayAt('imports', { import: chosen === null ? null : String(chosen), from: from === 0 ? null : String(from) })} />}
    </section>
  );
}
