// The report of an import, file by file: what came in, every row that did not, and why; and conflicts, of which nothing is overwritten.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { errorSentence } from '../../messages/errors.ts';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import type { Messages } from '../../messages/index.ts';
import { useAct } from '../../use-act.ts';
import { ListSays } from './list-says.tsx';
import { namesApart } from './names-of-files.ts';
import styles from './imports.module.css';

export type FileReport = Output<'imports.get'>['files'][number];

/** @param isWhole Whether nothing of the files can be missing: an import that was cancelled, or goes on, has not read them all to their ends. */
export function FileReports({ files, isWhole }: { readonly files: readonly FileReport[]; readonly isWhole: boolean }) {
  const m = useMessages();
  return <section className={styles['section']} aria-label={m.imports.done}>{files.map((file, index) => <FileReportOf key={`${index}-${file.path}`} file={file} name={nameAmong(file, files)} isWhole={isWhole} />)}</section>;
}

/** Two exports of two sites are often called the same. */
const nameAmong = (file: FileReport, files: readonly FileReport[]): string =>
  (files.filter(({ name }) => name === file.name).length > 1 ? (namesApart(files.map(({ path }) => path)).get(file.path) ?? file.name) : file.name);

type Kinds = Output<'imports.get'>['kinds'];

/** Of very many files: how many of which kind and what came of them, then those that somebody has to look at, page by page. */
export function ManyFiles({ importId, files, fileCount, remarkableCount, kinds, isWhole }: { readonly importId: number; readonly files: readonly FileReport[]; readonly fileCount: number; readonly remarkableCount: number; readonly kinds: Kinds; readonly isWhole: boolean }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const act = useAct();
  const [further, setFurther] = useState<readonly FileReport[]>([]);
  const shown = [...files, ...further];
  const more = (): void => act.run(async () => { setFurther([...further, ...(await api.call('imports.files', { importId, onlyRemarkable: true, offset: shown.length, limit: PAGE }))]); });
  return (
    <section className={styles['section']} aria-label={m.imports.done}>
      <div className={styles['sectionHead']}><SectionHead title={m.imports.filesByKind} end={m.imports.filesCount(fileCount)} /></div>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.imports.kind}</th>{[m.imports.fileColumn, m.imports.rows, m.imports.imported, m.imports.newHosts, m.imports.unchanged, m.imports.conflicts, m.imports.rejected].map((title) => <th key={title} scope="col" className={table['num']}>{title}</th>)}</tr></thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind.kind}>
              <th scope="row" className={table['grow']}>{m.words.intakeKind[kind.kind] ?? kind.kind}</th>
              {[kind.files, kind.rows, kind.imported, kind.hosts, kind.unchanged, kind.conflicts, kind.rejected].map((figure, index) => <td key={index} className={table['num']}>{format.number(figure)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles['sectionHead']}><SectionHead title={m.imports.remarkable} end={format.number(remarkableCount)} /></div>
      {remarkableCount === 0 && isWhole ? <p className={classNames(styles['pad'], text['muted'])}>{m.imports.nothingRemarkable}</p> : null}
      {shown.map((file, index) => <FileReportOf key={`${index}-${file.path}`} file={file} name={nameAmong(file, shown)} isWhole={isWhole} />)}
      {shown.length < remarkableCount ? <div className={styles['pad']}><Button onClick={more} disabled={act.busy}>{m.imports.moreFiles(Math.min(PAGE, remarkableCount - shown.length))}</Button><Failure failure={act.failure} /></div> : null}
    </section>
  );
}

const PAGE = 100;

function FileReportOf({ file, name, isWhole }: { readonly file: FileReport; readonly name: string; readonly isWhole: boolean }) {
  const m = useMessages();
  const format = useFormat();
  const figures: readonly (readonly [string, number, boolean])[] = [
    [m.imports.rows, file.rows, false], [m.imports.imported, file.imported, false], [m.imports.newHosts, file.hosts, false], [m.imports.unchanged, file.unchanged, false], [m.imports.conflicts, file.conflicts, file.conflicts > 0], ...(file.listed === 0 ? [] : [[m.imports.listed, file.listed, false] as const]), [m.imports.rejected, file.rejectedCount, file.rejectedCount > 0],
  ];
  return (
    <article className={styles['report']}>
      <SectionHead title={name} aside={m.words.intakeKind[file.kind] ?? file.kind} />
      {file.rows === 0 && isNotRead(file.error) ? null : <dl className={styles['figures']}>{figures.map(([label, value, marked]) => <div key={label}><dt>{label}</dt><dd className={classNames(marked && styles['marked'])}>{format.number(value)}</dd></div>)}</dl>}
      {file.laps.imported + file.laps.unchanged + file.laps.conflicts === 0 ? null : <p className={text['soft']}>{m.laps.figures(file.laps.imported, file.laps.unchanged, file.laps.conflicts)}</p>}
      {file.error === null ? null : <ErrorInFile file={file} error={file.error} />}
      {file.list === null ? null : <ListSays importFileId={file.importFileId} list={file.list} />}
      {file.listed === 0 ? null : <Notice>{m.imports.listedNote(file.listed)}</Notice>}
      {file.laps.encrypted === 0 ? null : <Notice kind="warning">{m.laps.encrypted(file.laps.encrypted)}</Notice>}
      {file.notes.filter((note) => note !== file.error?.facts['why']).map((note) => <Notice key={note} kind="warning">{asSentence(m.words.intakeNote[note] ?? note)}</Notice>)}
      {file.rejectedCount === 0 ? (isWhole && file.error === null && file.notes.length === 0 && file.conflicts + file.laps.conflicts === 0 ? <p className={text['muted']}>{m.imports.allIn}</p> : null) : (
        <details className={styles['rejected']} open={file.rejectedCount <= 12}>
          <summary>{m.imports.rejectedRows}<span className={text['muted']}> {file.rejected.length < file.rejectedCount ? m.imports.rejectedShown(file.rejected.length, file.rejectedCount) : format.number(file.rejectedCount)}</span></summary>
          <table className={table['table']}>
            <thead><tr><th scope="col" className={table['num']}>{m.imports.row}</th><th scope="col">{m.imports.why}</th></tr></thead>
            <tbody>{file.rejected.map((row, index) => <tr key={index}><td className={table['num']}>{format.number(row.row)}</td><td className={classNames(table['grow'], table['wrap'])}>{whyRejected(row, m)}</td></tr>)}</tbody>
          </table>
        </details>
      )}
    </article>
  );
}

/** The words stand after others in the command line's report, and alone here. */
const asSentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** It is something else than a hand-over, or not there. */
const isNotRead = (error: FileReport['error']): boolean => error !== null && (error.code === 'file-not-recognised' || error.code === 'file-not-found');

function ErrorInFile({ file, error }: { readonly file: FileReport; readonly error: NonNullable<FileReport['error']> }) {
  const m = useMessages();
  const language = useLanguage();
  // The file's name stands above; the place a browser's file was received at is nobody's, and gone.
  const { path, ...others } = error.facts;
  const sentence = errorSentence(language, { code: error.code, facts: error.code === 'file-not-found' || path !== file.path ? error.facts : others });
  if (isNotRead(error)) return <Notice kind="warning">{sentence}</Notice>;
  return <Notice kind="danger">{m.imports.errorInFile}{error.row === null ? '' : `, ${m.imports.atRow(error.row)}`}: {sentence}</Notice>;
}

/** "groups 3, 7 can not be right": the numbers of the groups, never what is in them. */
export function whyRejected(row: { readonly reason: string; readonly groups?: readonly number[] | undefined }, m: Messages): string {
  const reason = m.words.rejectReason[row.reason] ?? row.reason;
  const groups = row.groups ?? [];
  return groups.length === 0 ? reason : `${m.imports.badGroups(groups.join(', '), groups.length > 1)}: ${reason}`;
}

export function Conflicts({ conflicts }: { readonly conflicts: Output<'imports.get'>['conflicts'] }) {
  const m = useMessages();
  const format = useFormat();
  if (conflicts.length === 0) return null;
  return (
    <section className={styles['section']}>
      <div className={styles['sectionHead']}><SectionHead title={m.imports.conflictsTitle} end={format.number(conflicts.length)} /></div>
      <div className={styles['pad']}><Notice kind="warning">{m.imports.conflictsLead} <a href={placeHash('matching', { view: 'conflicts' })}>{m.matching.compare}</a></Notice></div>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.imports.keyId}</th><th scope="col">{m.imports.host}</th><th scope="col" className={styles['side']}>{m.imports.kept}</th><th scope="col" className={styles['side']}>{m.imports.other}</th></tr></thead>
        <tbody>
          {conflicts.map((conflict, index) => (
            <tr key={index}>
              <th scope="row" className={text['code']} title={conflict.keyProtectorId ?? undefined}>{conflict.keyProtectorId === null ? m.lookup.noKeyId : <a href={placeHash('matching', { view: 'conflicts', id: conflict.keyProtectorId })}>{conflict.keyProtectorId.slice(0, 8)}</a>}</th>
              <td className={text['code']}>{conflict.hostname ?? ''}</td>
              <td className={classNames(styles['side'], table['wrap'])}><Side source={conflict.keptSource} row={conflict.keptRow} createdAt={conflict.keptCreatedAt} hostname={conflict.keptHostname} tested={conflict.keptTested} /></td>
              <td className={classNames(styles['side'], table['wrap'])}><Side source={conflict.otherSource} row={conflict.otherRow} createdAt={conflict.otherCreatedAt} hostname={conflict.otherHostname} tested={conflict.otherTested} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One side of a conflict: where it stands, of when, of whom, and whether it has opened a volume. Never a digit of it. */
function Side({ source, row, createdAt, hostname, tested }: { readonly source: string; readonly row: number; readonly createdAt: string | null; readonly hostname: string | null; readonly tested: boolean }) {
  const m = useMessages();
  const format = useFormat();
  return <>{source}, {m.imports.atRow(row)}<br /><span className={text['soft']}>{[createdAt === null ? m.coverage.undated : `${m.lookup.created} ${format.dateTime(createdAt)}`, hostname, tested ? m.coverage.testedNote : null].filter((part) => part !== null).join(', ')}</span></>;
}
