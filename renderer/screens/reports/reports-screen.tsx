// Reports: choose what for, in which language and form, for which instant, and take the file away.
import { useState } from 'react';
import { REPORT_FORMATS, REPORT_KINDS, type ReportFormat, type ReportKind } from '../../../electron/core/codes.ts';
import { useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input, Segments } from '../../parts/field.tsx';
import { Failure } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { saveBytes, saveText } from '../../save-table.ts';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import list from '../list-screen.module.css';
import styles from './reports-screen.module.css';

export function ReportsScreen() {
  const m = useMessages();
  const ownLanguage = useLanguage();
  const api = useApi();
  const may = useMay();
  const toast = useToast();
  const act = useAct();
  const [kind, setKind] = useState<ReportKind>('situation');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [language, setLanguage] = useState(ownLanguage);
  const [asOf, setAsOf] = useState('');
  const allowed = may('reports.make');
  const make = (): void => act.run(async () => {
    const report = await api.call('reports.make', { kind, format, language, ...(asOf === '' ? {} : { asOf: new Date(asOf).toISOString() }) });
    if (report.encoding === 'base64') saveBytes(report.name, Uint8Array.from(atob(report.content), (sign) => sign.charCodeAt(0)), report.type);
    else saveText(report.name, report.content, report.type);
    toast({ text: m.reports.made(report.name) });
  });
  return (
    <>
      <PageHead title={m.screens.reports}>
        <Button look="primary" disabled={!allowed || act.busy} onClick={make}>{m.reports.make}</Button>
      </PageHead>
      <form className={classNames(text['scroll'], list['list'])} onSubmit={(event) => { event.preventDefault(); if (allowed && !act.busy) make(); }}>
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
            <Failure failure={act.failure} />
            <p className={classNames(text['small'], text['muted'])}>{allowed ? m.reports.note : m.common.needsRole(`${m.words.role.supervisor} ${m.common.or} ${m.words.role.auditor}`)}</p>
          </div>
        </div>
      </form>
    </>
  );
}
