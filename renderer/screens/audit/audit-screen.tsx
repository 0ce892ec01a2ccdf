// Audit: who did what, entry by entry, newest first; the chain is verified by reading all of it again, against a head from outside if there is one.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { actWords } from '../../messages/act-words.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import type { Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { auditDetails } from './audit-details.ts';
import styles from '../list-screen.module.css';

const HEAD = /^\d+:[0-9a-f]{64}$/;

export function AuditScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('audit.list', { offset, limit: PAGE_SIZE }, { keep: true });
  const [head, setHead] = useState('');
  const [verified, setVerified] = useState<Output<'audit.verify'> | null>(null);
  const act = useAct();
  const given = head.trim().toLowerCase();
  const headIsWrong = given !== '' && !HEAD.test(given);
  const verify = (): void => act.run(async () => setVerified(await api.call('audit.verify', given === '' ? {} : { head: given })));
  return (
    <>
      <PageHead title={m.screens.audit} meta={data === undefined ? '' : m.audit.count(data.total)}><Button look="primary" disabled={act.busy || headIsWrong} onClick={verify}>{act.busy ? m.audit.verifying : m.audit.verify}</Button></PageHead>
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.audit}>
        <section className={styles['section']}>
          <form className={styles['row']} onSubmit={(event) => { event.preventDefault(); if (!headIsWrong) verify(); }}>
            <Field label={m.audit.against} aside={m.common.optional} note={m.audit.againstNote} error={headIsWrong ? m.audit.badHead : null}>{(wiring) => <Input {...wiring} code value={head} onChange={(event) => setHead(event.target.value)} />}</Field>
          </form>
          {data === undefined ? null : <p className={classNames(text['small'], text['muted'])}>{m.audit.head} <span className={classNames(text['code'], text['anywhere'])}>{data.head}</span></p>}
          <Failure failure={act.failure} />
          {verified === null ? null : (
            <div role="status"><Notice kind={verified.intact && verified.headFound !== false ? 'done' : 'danger'}>
              {verified.intact ? m.audit.intact(verified.entries) : m.audit.broken(verified.firstBroken ?? 0)}. {verified.headFound === null ? '' : verified.headFound ? m.audit.headFound : m.audit.headMissing}
            </Notice></div>
          )}
        </section>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={14} /> : data.total === 0 ? <Empty title={m.audit.none} /> : (
          <>
            <table className={table['table']}>
              <thead><tr><th scope="col" className={table['num']}>{m.audit.number}</th><th scope="col">{m.audit.when}</th><th scope="col">{m.audit.operator}</th><th scope="col">{m.audit.act}</th><th scope="col">{m.audit.subject}</th><th scope="col">{m.audit.details}</th></tr></thead>
              <tbody>
                {data.rows.map((entry) => (
                  <tr key={entry.number}>
                    <th scope="row" className={table['num']}>{format.number(entry.number)}</th><td className={text['muted']}>{format.date(entry.at)} {format.timeWithSeconds(entry.at)}</td><td>{entry.operator}</td>
                    <td title={entry.act}>{actWords(entry.act, m)}</td><td className={classNames(text['code'], styles['mono'])} title={entry.subject ?? undefined}>{entry.subject}</td><td className={classNames(table['grow'], text['soft'])} title={auditDetails(entry.details, null)}>{auditDetails(entry.details, m)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Pager offset={offset} total={data.total} onGo={(from) => stayAt('audit', { from: from === 0 ? null : String(from) })} />
          </>
        )}
      </div>
    </>
  );
}
