// Results of media: attempt records from a folder, from files, or out of an image. The same record twice changes nothing.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { PAGE_SIZE, Pager } from '../../parts/pager.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { attemptReasonWords } from '../../messages/attempt-reason.ts';
import { errorSentence } from '../../messages/errors.ts';
import { placeHash } from '../../place.ts';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { windowsSentence } from '../media/windows-sentence.ts';
import { AcceptCode } from './accept-code.tsx';
import { TakeIn } from './take-in.tsx';
import styles from './imports.module.css';

export function Results({ canImport, offset }: { readonly canImport: boolean; readonly offset: number }) {
  const m = useMessages();
  const api = useApi();
  const [report, setReport] = useState<Output<'attempts.import'> | null>(null);
  const act = useAct();
  const run = (paths: readonly string[]): void => act.run(async () => setReport(await api.call('attempts.import', { paths: [...paths] })));
  const whyNot = canImport ? null : m.common.needsRole(`${m.words.role.helpdesk}, ${m.words.role.technician} ${m.common.or} ${m.words.role.supervisor}`);
  return (
    <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.imports.results}>
      <TakeIn purpose="results" act={m.imports.chooseResults} lead={m.imports.dropResults} pathAct={m.imports.readPath} disabled={!canImport || act.busy} whyNot={whyNot} onPaths={run} />
      <AcceptCode canImport={canImport} whyNot={whyNot} />
      {act.failure === null ? null : <div className={styles['pad']}><Failure failure={act.failure} /></div>}
      {report === null ? null : <Report report={report} />}
      <Attempts offset={offset} />
    </div>
  );
}

function Report({ report }: { readonly report: Output<'attempts.import'> }) {
  const m = useMessages();
  const language = useLanguage();
  return (
    <section className={styles['section']} aria-live="polite">
      <div className={styles['pad']}><Notice kind={report.claims > 0 || report.rejected > 0 ? 'warning' : 'done'}>{m.imports.attemptsSum(report.imported, report.unchanged, report.rejected, report.claims)}</Notice></div>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.imports.file}</th><th scope="col">{m.imports.result}</th><th scope="col">{m.imports.host}</th><th scope="col">{m.imports.outcome}</th><th scope="col">{m.imports.proof}</th><th scope="col">{m.imports.state}</th></tr></thead>
        <tbody>
          {report.files.map((file, index) => (
            <tr key={`${index}-${file.path}`}>
              <th scope="row" className={table['grow']} title={file.path}>{file.path.split(/[/\\]/).at(-1)}</th>
              <td>{m.imports.status[file.status]}</td><td className={text['code']}>{file.hostname}</td>
              <td>{file.outcome !== null ? m.words.attemptOutcome[file.outcome] : file.reason === null ? '' : (attemptReasonWords(m.words, file.reason) ?? reasonOf(file.reason, language))}</td>
              <td className={file.proof === 'claim' ? text['danger'] : text['soft']}>{file.proof === null ? '' : m.words.attemptProof[file.proof]}{file.outcome === null || file.reason === null ? '' : `: ${attemptReasonWords(m.words, file.reason) ?? file.reason}`}</td>
              <td>{file.hostState === null ? null : <StateMark state={file.hostState} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A reason is a code of the errors, or said as it is. */
function reasonOf(reason: string, language: 'en' | 'de'): string {
  const sentence = errorSentence(language, { code: reason, facts: {} });
  return reason === 'internal' || sentence !== errorSentence(language, { code: 'internal', facts: {} }) ? sentence : reason;
}

function Attempts({ offset }: { readonly offset: number }) {
  const m = useMessages();
  const format = useFormat();
  const { data, error, refetch } = useAnswer('attempts.list', { offset, limit: PAGE_SIZE }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={4} />;
  if (data.total === 0) return <Empty title={m.imports.noAttempts} ways={[{ label: m.screens.media, href: placeHash('media') }]}>{m.imports.noAttemptsLead}</Empty>;
  return (
    <section className={styles['section']}>
      <div className={styles['sectionHead']}><SectionHead title={m.imports.attempts} aside={m.imports.attemptsOrder} end={format.number(data.total)} /></div>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.imports.host}</th><th scope="col">{m.imports.outcome}</th><th scope="col">{m.imports.proof}</th><th scope="col">{m.imports.medium}</th><th scope="col" className={classNames(table['num'], table['wide'])}>{m.imports.removed}</th><th scope="col" className={table['num']}>{m.imports.when}</th></tr></thead>
        <tbody>
          {data.rows.map((attempt) => (
            <tr key={attempt.attemptId}>
              <th scope="row" className={text['code']}>{attempt.hostname ?? attempt.computerName ?? m.common.unknown}</th>
              <td className={table['grow']}>{m.words.attemptOutcome[attempt.outcome]}{attempt.blockedReason === null ? '' : `, ${m.common.within(m.words.blockedReason[attempt.blockedReason])}`}{attempt.windows.length === 0 ? null : <div className={classNames(text['small'], text['muted'])}>{windowsSentence(attempt.windows, m)}</div>}</td>
              <td className={attempt.proof === 'claim' ? text['danger'] : text['soft']}>{m.words.attemptProof[attempt.proof]}</td><td className={text['code']}>{attempt.mediaId}</td>
              <td className={classNames(table['num'], table['wide'])}>{format.number(attempt.removed)}</td><td className={classNames(table['num'], text['muted'])}>{format.short(attempt.finishedAt ?? attempt.importedAt, Date.now())}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager offset={offset} total={data.total} onGo={(from) => stayAt('imports', { view: 'results', from: from === 0 ? null : String(from) })} />
    </section>
  );
}
