// Rotation: every disclosed recovery password until it is replaced. The supervisor hands a script over, imports what is new, and says so where no evidence can come.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { ROTATION_STATES, type RotationState } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Check, Segments } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageActs } from '../../parts/page-acts.tsx';
import { PageHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import styles from '../list-screen.module.css';
import { ConfirmRotations } from './confirm-rotations.tsx';
import { HandOver } from './hand-over.tsx';
import { RequestRotations } from './request-rotations.tsx';

type Rotation = Output<'rotations.list'>['rows'][number];

export function RotationScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const offset = pageAt(place);
  const state = ROTATION_STATES.find((known) => known === place.at['state']) ?? 'due';
  const { data, error, refetch, isPlaceholderData } = useAnswer('rotations.list', { states: [state], offset, limit: PAGE_SIZE }, { keep: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'hand-over' | 'request' | 'confirm' | null>(null);
  const count = (wanted: RotationState): number => data?.states.find((group) => group.state === wanted)?.count ?? 0;
  /** What was in sight of another state, or that there was nothing, says nothing of this one. */
  const shown = isPlaceholderData && data?.rows[0]?.state !== state ? undefined : data;
  const open = (shown?.rows ?? []).filter((row) => row.state !== 'confirmed');
  const marked = open.filter((row) => chosen.has(idOf(row)));
  const mayConfirm = may('rotations.confirm');
  const toggle = (id: string): void => setChosen((before) => { const after = new Set(before); if (!after.delete(id)) after.add(id); return after; });
  const close = (): void => setDialog(null);
  return (
    <>
      <PageHead title={m.screens.rotation} meta={data === undefined ? '' : m.rotation.open(count('due') + count('asked'))}>
        <PageActs acts={[
          ...(mayConfirm && state !== 'confirmed' ? [{ id: 'confirm', label: m.rotation.confirm, keys: 'C', enabled: marked.length > 0, title: marked.length === 0 ? m.rotation.confirmNone : undefined, run: () => setDialog('confirm') }] : []),
          ...(may('rotations.request') ? [{ id: 'request', label: m.rotationLive.open, keys: 'I', enabled: count('due') + count('asked') > 0, run: () => setDialog('request') }] : []),
          ...(may('rotations.handOver') ? [{ id: 'hand-over', label: m.rotation.handOver, keys: 'H', primary: true, enabled: count('due') + count('asked') > 0, run: () => setDialog('hand-over') }] : []),
        ]} />
      </PageHead>
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.rotation}>
        <div className={styles['pad']}>
          <Segments label={m.rotation.state} value={state} options={ROTATION_STATES.map((value) => ({ value, label: data === undefined ? m.words.rotationState[value] : `${m.words.rotationState[value]} ${format.number(count(value))}` }))} onChange={(value) => { setChosen(new Set()); stayAt('rotation', { state: value }); }} />
        </div>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : shown === undefined ? <Loading rows={14} /> : shown.total === 0 ? <Empty title={m.rotation.none[state]} ways={may('disclosures.list') ? [{ label: m.screens.disclosures, href: placeHash('disclosures') }] : []}>{m.rotation.noneLead[state]}</Empty> : (
          <>
            <table className={table['table']}>
              <thead><tr>
                <th scope="col">{m.rotation.keyId}</th><th scope="col">{m.rotation.host}</th><th scope="col">{m.rotation.risk}</th><th scope="col">{m.rotation.since}</th><th scope="col">{m.rotation.course}</th>
              </tr></thead>
              <tbody>
                {shown.rows.map((row) => (
                  <tr key={idOf(row)} aria-selected={chosen.has(idOf(row)) ? true : undefined}>
                    <th scope="row"><KeyId row={row} check={mayConfirm && row.state !== 'confirmed' ? { checked: chosen.has(idOf(row)), onChange: () => toggle(idOf(row)) } : null} /></th>
                    <td className={text['code']}>{row.hostname}</td><td className={classNames(row.risk === 'lost' && text['danger'])}>{m.words.rotationRisk[row.risk]}</td>
                    <td className={text['muted']}>{format.short(row.dueAt, Date.now())}</td><td className={classNames(table['grow'], table['wrap'], text['soft'])}><Course row={row} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Pager offset={offset} total={shown.total} onGo={(from) => stayAt('rotation', { state, from: from === 0 ? null : String(from) })} />
          </>
        )}
      </div>
      {dialog === 'request' ? <RequestRotations due={count('due')} asked={count('asked')} onClose={close} /> : null}
      {dialog === 'hand-over' ? <HandOver due={count('due')} asked={count('asked')} onClose={close} /> : null}
      {dialog === 'confirm' ? <ConfirmRotations keyRecordIds={marked.flatMap(({ keyRecordId }) => keyRecordId ?? [])} lapsPasswordIds={marked.flatMap(({ lapsPasswordId }) => lapsPasswordId ?? [])} onDone={() => setChosen(new Set())} onClose={close} /> : null}
    </>
  );
}

/** Of a record or of a LAPS password: their numbers are of two tables. */
const idOf = ({ keyRecordId, lapsPasswordId }: Rotation): string => (keyRecordId === null ? `laps ${lapsPasswordId}` : `key ${keyRecordId}`);

function KeyId({ row, check }: { readonly row: Rotation; readonly check: { readonly checked: boolean; readonly onChange: () => void } | null }) {
  const m = useMessages();
  const id = <span className={text['code']} title={row.keyProtectorId ?? undefined}>{row.lapsPasswordId !== null ? m.laps.of(row.account) : (row.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId)}</span>;
  return check === null ? id : <Check label={id} {...check} />;
}

/** Who was asked and when; what confirmed it. */
function Course({ row }: { readonly row: Rotation }) {
  const m = useMessages();
  const format = useFormat();
  if (row.state === 'confirmed') return <>{row.confirmedHow === 'evidence' && row.lapsPasswordId !== null ? m.laps.evidence(format.short(row.confirmedAt ?? '', Date.now())) : row.confirmedHow === 'evidence' ? m.rotation.byEvidence(row.evidence?.slice(0, 8) ?? '', format.short(row.confirmedAt ?? '', Date.now())) : m.rotation.byStatement(row.confirmedBy ?? '', row.statement ?? '')}</>;
  const target = (['intune', 'configmgr', 'manage-bde'] as const).find((known) => known === row.askedOf);
  return row.askedAt === null ? null : <>{m.rotation.askedOf(row.askedOf === 'graph' ? m.rotationLive.byGraph : target === undefined ? '' : m.words.rotationTarget[target], row.askedBy ?? '', format.short(row.askedAt, Date.now()))}</>;
}
