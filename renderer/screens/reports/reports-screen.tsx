// Reports: choose what for, in which language and form, for which instant, and take the file away.
import { useState } from 'react';
import { REPORT_FORMATS, REPORT_KINDS, type ReportFormat, type ReportKind } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input, Segments, Select } from '../../parts/field.tsx';
import { Failure } from '../../parts/notice.tsx';
import { PageActs } from '../../parts/page-acts.tsx';
import { PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { useMakeReport } from '../../use-make-report.ts';
import list from '../list-screen.module.css';
import styles from './reports-screen.module.css';

export function ReportsScreen() {
  const m = useMessages();
  const ownLanguage = useLanguage();
  const may = useMay();
  const report = useMakeReport();
  const [kind, setKind] = useState<ReportKind>('situation');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [language, setLanguage] = useState(ownLanguage);
  const [asOf, setAsOf] = useState('');
  const [of, setOf] = useState('');
  const incidentsAnswer = useAnswer('incidents.list', {}, { keep: true });
  const wavesAnswer = useAnswer('waves.list', {}, { keep: true });
  const incidents = incidentsAnswer.data ?? [];
  const waves = wavesAnswer.data?.waves ?? [];
  const complete = incidentsAnswer.data !== undefined && wavesAnswer.data !== undefined;
  const listFailure = incidentsAnswer.error ?? wavesAnswer.error;
  const askAgain = (): void => { for (const one of [incidentsAnswer, wavesAnswer]) if (one.error !== null) void one.refetch(); };
  const scopes = [...incidents.map(({ name }) => ({ value: `incident:${name}`, label: `${m.incidents.one}: ${name}` })), ...waves.map(({ name }) => ({ value: `wave:${name}`, label: `${m.course.wave}: ${name}` }))];
  const allowed = may('reports.make');
  const make = (): void => report.make({ kind, format, language, ...(asOf === '' ? {} : { asOf: new Date(asOf).toISOString() }), ...(of.startsWith('incident:') ? { incident: of.slice(9) } : of.startsWith('wave:') ? { wave: of.slice(5) } : {}) });
  return (
    <>
      <PageHead title={m.screens.reports}>
        <PageActs acts={[{ id: 'make-report', label: m.reports.make, keys: 'R', primary: true, enabled: allowed && !report.busy, run: make }]} />
      </PageHead>
      <form className={classNames(text['scroll'], list['list'])} onSubmit={(event) => { event.preventDefault(); if (allowed && !report.busy) make(); }}>
        <div className={styles['reports']}>
          <fieldset className={styles['kinds']}>
            <legend>{m.reports.kind}</legend>
            {REPORT_KINDS.map((code) => (
              <label key={code} className={styles['kind']}>
                <input type="radio" name="kind" value={code} checked={kind === code} onChange={() => setKind(code)} />
                <span><b>{m.reports.kinds[code]}</b><span className={text['soft']}>{m.reports.leads[code]}</span></span>
              </label>
            ))}
          </fieldset>
          <div className={styles['choices']}>
            <Segments label={m.reports.format} value={format} options={REPORT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))} onChange={setFormat} />
            <Segments label={m.reports.language} value={language} options={[{ value: 'en', label: 'English' }, { value: 'de', label: 'Deutsch' }]} onChange={setLanguage} />
            <Field label={m.reports.asOf} aside={m.common.optional} note={m.reports.asOfNote}>{(wiring) => <Input {...wiring} type="datetime-local" value={asOf} onChange={(event) => setAsOf(event.target.value)} />}</Field>
            <Field label={m.reports.of} {...(complete || listFailure !== null ? {} : { aside: <span role="status">{m.common.loading}</span> })}>{(wiring) => <Select {...wiring} value={of} onChange={(event) => setOf(event.target.value)}><option value="">{m.reports.wholeDesk}</option>{scopes.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</Select>}</Field>
            <Failure failure={listFailure} onRetry={askAgain} />
            <Failure failure={report.failure} />
            {report.step === null ? null : <p role="status" className={styles['step']}><span>{m.reports.steps[report.step]}</span><Button onClick={report.cancel}>{m.common.cancel}</Button></p>}
            <p className={classNames(text['small'], text['muted'])}>{allowed ? m.reports.note : m.common.needsRole(`${m.words.role.supervisor} ${m.common.or} ${m.words.role.auditor}`)}</p>
          </div>
        </div>
      </form>
    </>
  );
}
