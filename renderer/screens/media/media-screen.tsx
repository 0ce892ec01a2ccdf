// The register of media: what was made, for whom, what it carries, what came back. One medium opens at the side.
import type { KeyboardEvent } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { hasExpired } from '../../../electron/core/media/expiry.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { Facts, PageHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { goTo, stayAt } from '../../use-place.ts';
import { moveChoice } from '../lookup/candidates.ts';
import { AttemptLines } from './attempt-lines.tsx';
import { LeftOut } from './left-out.tsx';
import { groupedHash, recipeLabel, scopeLabel } from './medium-labels.ts';
import { MediumActs } from './medium-acts.tsx';
import { DriverlessModels, OrdersWithoutPasscode } from './register-notes.tsx';
import { ReturnedSticks } from './returned-sticks.tsx';
import styles from './media.module.css';

export function MediaScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('media.list', { offset, limit: PAGE_SIZE }, { keep: true });
  const chosen = place.at['medium'] ?? null;
  const open = (mediaId: string | null): void => stayAt('media', { medium: mediaId, from: offset === 0 ? null : String(offset) });
  const canMake = may('media.build');
  const move = (step: 1 | -1): void => { const next = moveChoice((data?.rows ?? []).map(({ mediaId }) => mediaId), chosen, (one, other) => one === other, step); if (next !== null) open(next); };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  };
  const hasRows = (data?.rows.length ?? 0) > 0;
  useCommands([
    { id: 'move', label: m.hosts.moveKey, keys: 'ArrowUp ArrowDown', bar: m.hosts.moveKey, enabled: hasRows },
    { id: 'medium-down', label: m.hosts.moveKey, keys: 'ArrowDown', enabled: hasRows, run: () => move(1) },
    { id: 'medium-up', label: m.hosts.moveKey, keys: 'ArrowUp', enabled: hasRows, run: () => move(-1) },
    ...(canMake ? [{ id: 'make', label: m.media.make, run: () => goTo('media', {}, 'make') }] : []),
    ...(may('media.inspect') ? [{ id: 'inspect', label: m.media.inspect, run: () => goTo('media', {}, 'inspect') }] : []),
    { id: 'close-panel', label: m.common.close, keys: 'Escape', enabled: chosen !== null, run: () => open(null) },
  ]);
  return (
    <>
      <PageHead title={m.screens.media} meta={data === undefined ? '' : m.media.count(data.total)}>
        {may('media.inspect') ? <Button onClick={() => goTo('media', {}, 'inspect')}>{m.media.inspect}</Button> : null}
        <Button look="primary" disabled={!canMake} title={canMake ? undefined : m.common.needsRole(`${m.words.role.technician} ${m.common.or} ${m.words.role.helpdesk}`)} onClick={() => goTo('media', {}, 'make')}>{m.media.make}</Button>
      </PageHead>
      <ReturnedSticks />
      <div className={classNames(styles['register'], chosen !== null && styles['withPanel'])}>
        <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.media.register} onKeyDown={press}>
          {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading /> : data.total === 0 ? (
            <Empty title={m.media.empty} ways={canMake ? [{ label: m.media.make, href: placeHash('media', {}, 'make') }] : []}>{m.media.emptyLead}</Empty>
          ) : (
            <>
              <table className={table['table']}>
                <thead><tr>
                  <th scope="col">{m.media.medium}</th><th scope="col">{m.media.state}</th><th scope="col" className={chosen === null ? undefined : table['wide']}>{m.mediumActs.holder}</th><th scope="col">{m.media.technicians}</th><th scope="col" className={table['num']}>{m.media.hosts}</th><th scope="col" className={table['num']}>{m.media.keyRecords}</th>
                  <th scope="col" className={classNames(table['num'], chosen !== null && table['wide'])}>{m.media.leftOut}</th><th scope="col" className={classNames(table['num'], chosen !== null && table['wide'])}>{m.media.results}</th><th scope="col" className={classNames(table['num'], table['wide'])}>{m.media.expires}</th><th scope="col" className={table['num']}>{m.media.built}</th>
                </tr></thead>
                <tbody>
                  {data.rows.map((medium) => (
                    <tr key={medium.mediaId} aria-selected={medium.mediaId === chosen ? true : undefined} ref={(row) => { if (medium.mediaId === chosen) row?.scrollIntoView({ block: 'nearest' }); }}>
                      <th scope="row" className={text['code']}><button type="button" className={table['open']} onClick={() => open(medium.mediaId)}>{medium.mediaId}</button></th>
                      <td>{m.words.mediaState[medium.state]}<Expired medium={medium} /></td>
                      <td className={chosen === null ? undefined : table['wide']}>{medium.holder}</td>
                      <td className={table['grow']}>{medium.mode === 'manual' ? <span className={text['muted']}>{m.words.mediumMode.manual}</span> : medium.technicians.join(', ')}</td>
                      <td className={table['num']}>{format.number(medium.hosts)}</td>
                      <td className={table['num']}>{format.number(medium.keyRecords)}</td>
                      <td className={classNames(table['num'], text['muted'], chosen !== null && table['wide'])}>{format.number(medium.leftOut)}</td>
                      <td className={classNames(table['num'], text['muted'], chosen !== null && table['wide'])}>{format.number(medium.results)}</td>
                      <td className={classNames(table['num'], text['muted'], table['wide'])}>{medium.expiresAt === null ? m.media.never : format.date(medium.expiresAt)}</td>
                      <td className={classNames(table['num'], text['muted'])}>{format.short(medium.builtAt, Date.now())}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <Pager offset={offset} total={data.total} onGo={(from) => stayAt('media', { medium: chosen, from: from === 0 ? null : String(from) })} />
            </>
          )}
        </div>
        {chosen === null ? null : <MediumPanel key={chosen} mediaId={chosen} onClose={() => open(null)} />}
      </div>
      <OrdersWithoutPasscode />
      <DriverlessModels />
    </>
  );
}

/** Past its expiry it is not handed over any more: renewed, wiped or got back. */
function Expired({ medium }: { readonly medium: Output<'media.get'>['medium'] }) {
  const m = useMessages();
  return hasExpired(medium, Date.now()) ? <span className={text['danger']}>, {m.course.expired}</span> : null;
}

/** When it ended at the host, as its line says. */
const lastAt = ({ finishedAt, importedAt }: Output<'media.get'>['attempts'][number]): string => finishedAt ?? importedAt;

function MediumPanel({ mediaId, onClose }: { readonly mediaId: string; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const { data, error, refetch } = useAnswer('media.get', { mediaId });
  const medium = data?.medium;
  return (
    <aside className={styles['panel']} aria-label={mediaId}>
      <header className={styles['panelHead']}><h2>{mediaId}</h2>{medium === undefined ? null : <span className={text['muted']}>{m.words.mediaState[medium.state]}<Expired medium={medium} /></span>}<span className={styles['end']}><Button look="quiet" aria-label={m.common.close} onClick={onClose}><Icon name="close" /></Button></span></header>
      <div className={classNames(text['scroll'], styles['panelBody'])} tabIndex={0} role="region" aria-label={mediaId}>
        <Failure failure={error} onRetry={() => void refetch()} />
        {data === undefined || medium === undefined ? null : (
          <>
            <Facts facts={[
              [m.media.scope, scopeLabel(medium.scope, m)],
              [m.media.hosts, medium.leftOut === 0 ? format.number(medium.hosts) : m.media.hostsOn(medium.hosts, medium.leftOut)],
              [m.media.keyRecords, format.number(medium.keyRecords)],
              [m.media.technicians, medium.mode === 'manual' ? null : medium.technicians.join(', ')],
              [m.mediumActs.holder, medium.holder],
              [m.stick.disk, medium.disk === null ? null : [medium.disk.name, medium.disk.serial].filter((part) => part !== null).join(', ')],
              [m.stick.renewalOf, medium.renewalOf],
              [m.mediumActs.since(m.words.mediaState[medium.state]), medium.state === 'built' ? null : format.dateTime(medium.stateAt)],
              [m.media.built, `${format.dateTime(medium.builtAt)}, ${medium.builtBy}`],
              [m.media.expires, medium.expiresAt === null ? m.media.never : format.dateTime(medium.expiresAt)],
              [m.media.recipe, recipeLabel(medium.recipe, m)],
              [m.media.mode, m.words.mediumMode[medium.mode]],
              [m.media.language, m.words.language[medium.language]],
              [m.media.architecture, m.words.architecture[medium.architecture]],
              [m.media.payload, <span className={text['code']}>{groupedHash(medium.payload)}</span>],
              [m.loaders.title, medium.loaders.length === 0 ? null : medium.loaders.map((loader) => m.loaders.short(loader)).join('; ')],
              [m.media.image, `${medium.imageName}, ${format.size(medium.imageSizeBytes)}`],
            ]} />
            {medium.withoutPasscode ? <Notice kind="warning">{m.stick.noPasscode}</Notice> : null}
            {medium.mode === 'manual' ? <Notice>{m.words.mediumModeMeans.manual}</Notice> : <section><h3 className={text['sideTitle']}>{m.media.attempts}</h3><AttemptLines attempts={data.attempts.toSorted((one, other) => lastAt(other).localeCompare(lastAt(one)))} /></section>}
            {medium.mode === 'manual' && medium.leftOut === 0 ? null : <section><LeftOut all={medium.leftOut} hosts={data.leftOut} /></section>}
          </>
        )}
      </div>
      {medium === undefined ? null : <MediumActs medium={medium} />}
    </aside>
  );
}
