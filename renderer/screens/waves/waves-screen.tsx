// Waves: who is brought back in which order. A supervisor opens the next one on what the one before has come to.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageActs } from '../../parts/page-acts.tsx';
import { PageHead, SectionHead } from '../../parts/page.tsx';
import { usePages } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from '../list-screen.module.css';
import { AddWave, AssignHosts, KeepOff } from './wave-dialogs.tsx';
import { readEvidence } from './evidence.ts';
import { FirstHosts } from './first-hosts.tsx';
import { OpenWave } from './open-wave.tsx';

export type Wave = Output<'waves.list'>['waves'][number];
type Open = { readonly kind: 'add' } | { readonly kind: 'keep-off' } | { readonly kind: 'assign'; readonly wave: Wave } | { readonly kind: 'open'; readonly wave: Wave };

export function WavesScreen() {
  const m = useMessages();
  const api = useApi();
  const may = useMay();
  const act = useAct();
  const toast = useToast();
  const { data, error, refetch } = useAnswer('waves.list', {}, { keep: true });
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const maySet = may('waves.create');
  const waves = data?.waves ?? [];
  const moveUp = (wave: Wave, before: Wave | undefined): void => act.run(async () => {
    await api.call('waves.moveUp', { waveId: wave.waveId });
    if (before !== undefined) toast({ text: m.waves.movedUp(wave.name, before.name), undo: () => api.call('waves.moveUp', { waveId: before.waveId }) });
  });
  const remove = ({ waveId, name, incidentId, place, beginsAt, endsAt }: Wave): void => act.run(async () => {
    await api.call('waves.remove', { waveId });
    toast({ text: m.waves.removed(name), undo: async () => {
      let again = await api.call('waves.create', { name, incidentId, ...(beginsAt === null ? {} : { beginsAt }), ...(endsAt === null ? {} : { endsAt }) });
      for (let at = Infinity; again.place > place && again.place < at;) { at = again.place; again = await api.call('waves.moveUp', { waveId: again.waveId }); }
    } });
  });
  const next = maySet ? waves.find(({ openedAt }) => openedAt === null) : undefined;
  useCommands(next === undefined ? [] : [{ id: 'open-wave', label: m.waves.openAct(next.name), keys: 'O', bar: m.waves.openNext, run: () => setOpen({ kind: 'open', wave: next }) }]);
  const keptOff = data?.keptOff ?? [];
  const inSight = usePages(waves);
  const keptOffInSight = usePages(keptOff);
  return (
    <>
      <PageHead title={m.screens.waves} meta={data === undefined ? '' : m.waves.count(waves.length)}>
        {!maySet ? null : <PageActs acts={[
          { id: 'keep-off', label: m.waves.keepOff, keys: 'K', run: () => setOpen({ kind: 'keep-off' }) },
          { id: 'add-wave', label: m.waves.add, keys: 'N', primary: true, run: () => setOpen({ kind: 'add' }) },
        ]} />}
      </PageHead>
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.waves}>
        {act.failure === null ? null : <div className={styles['pad']}><Failure failure={act.failure} /></div>}
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={4} /> : waves.length === 0 ? <Empty title={m.waves.none} ways={maySet ? [{ label: m.waves.add, onClick: () => setOpen({ kind: 'add' }) }] : []}>{m.waves.noneLead}</Empty> : (
          <><table className={table['table']}>
            <thead><tr>
              <th scope="col" className={table['num']}>{m.waves.place}</th><th scope="col">{m.waves.name}</th><th scope="col">{m.waves.state}</th><th scope="col" className={table['num']}>{m.waves.hosts}</th>
              <th scope="col" className={table['num']}>{m.waves.down}</th><th scope="col" className={classNames(table['num'], styles['roomy'])}>{m.waves.repaired}</th><th scope="col" className={table['num']}>{m.waves.done}</th>
              <th scope="col"><span className={text['hiddenText']}>{m.waves.acts}</span></th>
            </tr></thead>
            <tbody>{inSight.rows.map((wave) => { const before = waves[waves.indexOf(wave) - 1]; return <WaveRow key={wave.waveId} wave={wave} before={before} maySet={maySet} onUp={() => moveUp(wave, before)} onRemove={() => remove(wave)} onOpen={setOpen} />; })}</tbody>
          </table>{inSight.pager}</>
        )}
        {maySet ? <FirstHosts waves={waves} /> : null}
        {keptOff.length === 0 ? null : (
          <section>
            <div className={styles['sectionHead']}><SectionHead title={m.waves.keptOff} aside={m.waves.keptOffNote} /></div>
            <table className={table['table']}>
              <thead><tr><th scope="col">{m.rotation.host}</th><th scope="col">{m.waves.reason}</th><th scope="col"><span className={text['hiddenText']}>{m.waves.acts}</span></th></tr></thead>
              <tbody>{keptOffInSight.rows.map(({ hostId, hostname, reason, operator }) => (
                <tr key={hostId}>
                  <th scope="row" className={text['code']}>{hostname}</th><td className={classNames(table['grow'], table['wrap'], table['read'])}>{reason} <span className={text['muted']}>({operator})</span></td>
                  <td className={styles['acts']}>{maySet ? <Button look="quiet" aria-label={m.waves.letOnAct(hostname)} onClick={() => act.run(async () => { await api.call('waves.keepOff', { hostnames: [hostname], reason: null }); toast({ text: m.waves.isLetOn(hostname), undo: () => api.call('waves.keepOff', { hostnames: [hostname], reason }) }); })}>{m.waves.letOn}</Button> : null}</td>
                </tr>
              ))}</tbody>
            </table>{keptOffInSight.pager}
          </section>
        )}
      </div>
      {open === null ? null : open.kind === 'add' ? <AddWave onClose={close} /> : open.kind === 'keep-off' ? <KeepOff onClose={close} /> : open.kind === 'assign' ? <AssignHosts wave={open.wave} onClose={close} /> : <OpenWave wave={open.wave} onClose={close} />}
    </>
  );
}

interface RowProps { readonly wave: Wave; readonly before: Wave | undefined; readonly maySet: boolean; readonly onUp: () => void; readonly onRemove: () => void; readonly onOpen: (open: Open) => void }

function WaveRow({ wave, before, maySet, onUp, onRemove, onOpen }: RowProps) {
  const m = useMessages();
  const format = useFormat();
  const said = (evidence: string | null): string => {
    const gate = evidence === null ? null : readEvidence(evidence);
    return gate === null ? evidence ?? '' : m.waves.evidenceSaid(gate.after, gate.verified, gate.hosts, gate.unexpected, gate.override);
  };
  const at = (instant: string | null): string | null => (instant === null ? null : format.dayTime(instant));
  const planned = wave.beginsAt === null && wave.endsAt === null ? null : m.waves.planned(at(wave.beginsAt), at(wave.endsAt));
  const mayGoUp = wave.openedAt === null && before !== undefined && before.incidentId === wave.incidentId && before.openedAt === null;
  return (
    <tr>
      <td className={classNames(table['num'], text['muted'])}>{wave.place}</td>
      <th scope="row" className={classNames(table['wrap'], styles['waveName'])}>{wave.name}{wave.canary ? <span className={text['muted']}> ({m.waves.canary})</span> : null}</th>
      <td className={classNames(table['grow'], table['wrap'], styles['evidence'])}>{wave.openedAt === null ? <><span className={text['soft']}>{m.waves.notOpened}</span>{planned === null ? null : <span className={text['muted']}>. {planned}</span>}</> : <>{m.waves.opened(wave.openedBy ?? '', format.short(wave.openedAt, Date.now()))}<span className={text['muted']}> {wave.canary ? '' : said(wave.evidence)}</span></>}</td>
      <td className={table['num']}>{format.number(wave.hosts)}</td><td className={table['num']}>{format.number(wave.down)}</td><td className={classNames(table['num'], styles['roomy'])}>{format.number(wave.repaired)}</td><td className={table['num']}>{format.number(wave.done)}</td>
      <td className={styles['acts']}>
        {!maySet ? null : (
          <>
            {mayGoUp ? <Button look="quiet" icon="up" aria-label={m.waves.upAct(wave.name)} title={m.waves.up} onClick={onUp} /> : null}
            {wave.hosts === 0 && wave.openedAt === null ? <Button look="quiet" icon="close" aria-label={m.waves.removeAct(wave.name)} title={m.waves.remove} onClick={onRemove} /> : null}
            <Button look="quiet" aria-label={m.waves.assignAct(wave.name)} onClick={() => onOpen({ kind: 'assign', wave })}>{m.waves.assign}</Button>
            {wave.openedAt === null ? <Button aria-label={m.waves.openAct(wave.name)} onClick={() => onOpen({ kind: 'open', wave })}>{m.waves.open}</Button> : null}
          </>
        )}
      </td>
    </tr>
  );
}
