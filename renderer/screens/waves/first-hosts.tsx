// Hosts to bring back before all others, with what says so; one press makes a wave of those that are in none, before every wave that is not opened.
import { useAnswer, useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failure } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { usePages } from '../../parts/pager.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { MESSAGES } from '../../messages/index.ts';
import { placeHash } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from '../list-screen.module.css';
import { useUndoAssign } from './use-undo-assign.ts';
import type { Wave } from './waves-screen.tsx';

/** In whatever language it was made. */
const FIRST_NAMES: readonly string[] = Object.values(MESSAGES).map(({ waves }) => waves.firstName);

/** @param waves As they are: a new one goes before those that are not opened; hosts that came to light later join the one there is. */
export function FirstHosts({ waves }: { readonly waves: readonly Wave[] }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const undoOf = useUndoAssign();
  const act = useAct();
  const hosts = useAnswer('waves.suggest', {}, { keep: true }).data ?? [];
  const inSight = usePages(hosts);
  const free = hosts.filter(({ wave }) => wave === null);
  const make = (): void => act.run(async () => {
    const there = waves.find(({ name }) => FIRST_NAMES.includes(name));
    const wave = there ?? await api.call('waves.create', { name: m.waves.firstName });
    const answer = await api.call('waves.assign', { waveId: wave.waveId, rule: { kind: 'hosts', hostnames: free.map(({ hostname }) => hostname) } });
    if (there === undefined && waves.some(({ openedAt }) => openedAt === null)) for (let place = wave.place; place > 1; place -= 1) if (await api.call('waves.moveUp', { waveId: wave.waveId }).then(() => false, () => true)) break; // what is opened keeps its place
    toast({ text: m.waves.assigned(answer.assigned, answer.moved, answer.stayed), ...undoOf(answer) });
  });
  if (hosts.length === 0) return null;
  return (
    <section>
      <div className={styles['sectionHead']}><SectionHead title={m.waves.first} aside={m.waves.firstNote(hosts.length)} end={free.length === 0 ? undefined : <Button disabled={act.busy} onClick={make}>{m.waves.firstAct(free.length)}</Button>} /></div>
      <Failure failure={act.failure} />
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.hosts.host}</th><th scope="col">{m.hosts.state}</th><th scope="col">{m.waves.evidence}</th><th scope="col">{m.waves.name}</th></tr></thead>
        <tbody>{inSight.rows.map(({ hostId, hostname, state, evidence, found, wave }) => (
          <tr key={hostId}>
            <th scope="row" className={text['code']}><a href={placeHash('hosts', { host: String(hostId) })}>{hostname}</a></th><td><StateMark state={state} /></td>
            <td className={classNames(table['grow'], table['wrap'], table['read'])}>{m.words.firstEvidence[evidence]} <span className={text['muted']}>({found})</span></td><td>{wave ?? <span className={text['muted']}>{m.course.noWave}</span>}</td>
          </tr>
        ))}</tbody>
      </table>{inSight.pager}
    </section>
  );
}
