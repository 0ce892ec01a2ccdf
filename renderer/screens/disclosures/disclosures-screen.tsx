// Disclosures: who, when, which key ID, for which host, why, and how.
import { DISCLOSURE_REASONS } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import styles from '../list-screen.module.css';

export function DisclosuresScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('disclosures.list', { offset, limit: PAGE_SIZE }, { keep: true });
  const { data: unusual } = useAnswer('disclosures.unusual', {}, { keep: true });
  const reason = (code: string): string => { const known = DISCLOSURE_REASONS.find((candidate) => candidate === code); return known === undefined ? code : m.words.disclosureReason[known]; };
  return (
    <>
      <PageHead title={m.screens.disclosures} meta={data === undefined ? '' : m.disclosures.count(data.total)} />
      {(unusual ?? []).map((rate) => <div key={`${rate.operator} ${rate.at}`} className={styles['pad']}><Notice kind="warning">{m.disclosures.unusual(rate.operator, rate.count, rate.minutes, format.short(rate.at, Date.now()))}</Notice></div>)}
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.disclosures}>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={14} /> : data.total === 0 ? <Empty title={m.disclosures.none} ways={may('keys.lookUp') ? [{ label: m.screens.lookup, href: placeHash('lookup') }] : []}>{m.disclosures.noneLead}</Empty> : (
          <>
            <table className={table['table']}>
              <thead><tr><th scope="col">{m.disclosures.when}</th><th scope="col">{m.disclosures.keyId}</th><th scope="col">{m.disclosures.host}</th><th scope="col">{m.disclosures.reason}</th><th scope="col">{m.disclosures.ticket}</th><th scope="col">{m.disclosures.way}</th><th scope="col">{m.disclosures.operator}</th></tr></thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.disclosureId}>
                    <td className={text['muted']}>{format.short(row.at, Date.now())}</td>
                    <th scope="row">{row.mediaId !== null ? <a href={placeHash('media', { medium: row.mediaId })}>{m.disclosures.onMedium(row.mediaId, row.keyRecords)}</a> : <span className={text['code']} title={row.keyProtectorId ?? undefined}>{row.laps ? m.laps.one : (row.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId)}</span>}</th>
                    <td className={text['code']}>{row.hostname}</td><td className={classNames(table['grow'], table['wrap'])}>{reason(row.reason)}</td><td className={text['code']}>{row.ticket}</td><td>{m.words.disclosureWay[row.way]}</td><td>{row.operator}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Pager offset={offset} total={data.total} onGo={(from) => stayAt('disclosures', { from: from === 0 ? null : String(from) })} />
          </>
        )}
      </div>
    </>
  );
}
