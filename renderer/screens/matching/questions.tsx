// Questions about hosts: two names that share an ID, one name whose IDs contradict each other. A supervisor joins, keeps apart, or takes for one; each can be taken back.
import { useLayoutEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { focusPage } from '../../parts/give-focus.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { Facts, SectionHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { stayAt } from '../../use-place.ts';
import styles from './matching.module.css';
import { idFacts } from './id-facts.tsx';
import { Answer, type Wish } from './question-dialogs.tsx';

type Question = Output<'hosts.questions'>['rows'][number];
type HostInQuestion = Question['hosts'][number];

export function Questions({ place }: { readonly place: Place }) {
  const m = useMessages();
  const [wish, setWish] = useState<Wish | null>(null);
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('hosts.questions', { offset, limit: PAGE_SIZE }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={6} />;
  return (
    <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.matching.questions}>
      {data.total === 0 ? <Empty title={m.matching.noQuestions}>{m.matching.noQuestionsLead}</Empty> : (
        <>
          {data.rows.map((question) => <OneQuestion key={question.hosts.map(({ hostId }) => hostId).join(' ')} question={question} onWish={setWish} />)}
          <Pager offset={offset} total={data.total} onGo={(from) => stayAt('matching', { view: 'questions', from: from === 0 ? null : String(from) })} />
        </>
      )}
      <Decisions onWish={setWish} />
      {wish === null ? null : <Answer wish={wish} onClose={() => setWish(null)} />}
    </div>
  );
}

function OneQuestion({ question: { guess, hosts }, onWish }: { readonly question: Question; readonly onWish: (wish: Wish) => void }) {
  const m = useMessages();
  const may = useMay();
  const [one, other] = hosts;
  const section = useRef<HTMLElement>(null);
  // Answered, it goes away with the button that had the focus.
  useLayoutEffect(() => {
    const own = section.current;
    return () => { if (own?.contains(document.activeElement) === true) queueMicrotask(focusPage); };
  }, []);
  if (one === undefined) return null;
  const names = hosts.map(({ hostname }) => hostname).join(' · ');
  return (
    <section ref={section} className={styles['conflict']} aria-label={names}>
      <div className={styles['head']}><SectionHead title={names} aside={m.words.hostGuess[guess]} /></div>
      <div className={styles['rivals']}>{hosts.map((host) => <HostSide key={host.hostId} host={host} />)}</div>
      {!may('hosts.join') ? <p className={classNames(styles['acts'], text['muted'])}>{m.matching.supervisorDecides}</p> : (
        <div className={styles['acts']}>
          {other === undefined ? <Button aria-label={m.matching.oneAct(one.hostname)} onClick={() => onWish({ kind: 'one', host: one })}>{m.matching.one}</Button> : (
            <>
              <Button aria-label={m.matching.joinAct(one.hostname, other.hostname)} onClick={() => onWish({ kind: 'join', hosts: [one, other] })}>{m.matching.join}</Button>
              <Button aria-label={m.matching.apartAct(one.hostname, other.hostname)} onClick={() => onWish({ kind: 'apart', hosts: [one, other] })}>{m.matching.apart}</Button>
            </>
          )}
        </div>
      )}
    </section>
  );
}

function HostSide({ host }: { readonly host: HostInQuestion }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <article className={styles['rival']} aria-label={host.hostname}>
      <p className={styles['signs']}><a className={text['code']} href={placeHash('hosts', { host: String(host.hostId) })}>{host.hostname}</a><StateMark state={host.state} /></p>
      <Facts facts={[
        ...idFacts(host.ids, m),
        [m.hosts.site, host.site],
        [m.hosts.keyRecords, host.keyRecords === 0 ? m.hosts.noKey : format.number(host.keyRecords)],
        [m.hosts.lastSeen, host.lastSeenAt === null ? null : format.dateTime(host.lastSeenAt)],
      ]} />
    </article>
  );
}

function Decisions({ onWish }: { readonly onWish: (wish: Wish) => void }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const { data } = useAnswer('hosts.decisions', { offset: 0, limit: PAGE_SIZE }, { keep: true });
  if (data === undefined || data.total === 0) return null;
  return (
    <section className={styles['conflict']}>
      <div className={styles['head']}><SectionHead title={m.matching.decisions} end={data.rows.length < data.total ? m.common.of(data.rows.length, data.total) : format.number(data.total)} /></div>
      <table className={table['table']}>
        <thead><tr><th scope="col">{m.matching.decision}</th><th scope="col">{m.hosts.host}</th><th scope="col">{m.matching.reason}</th><th scope="col">{m.imports.when}</th><th scope="col"><span className={text['hiddenText']}>{m.waves.acts}</span></th></tr></thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.decisionId}>
              <td>{m.words.hostDecision[row.kind]}</td><th scope="row" className={text['code']}>{[row.hostname, row.otherHostname].filter((name) => name !== null).join(' · ')}</th>
              <td className={classNames(table['grow'], table['wrap'])}>{row.reason} <span className={text['muted']}>({row.operator})</span></td><td className={text['muted']}>{format.short(row.at, Date.now())}</td>
              <td>{row.undoneAt !== null ? <span className={text['muted']}>{m.matching.undone(row.undoneBy ?? '')}</span> : may('hosts.undoDecision') ? <Button look="quiet" aria-label={m.matching.undoAct(row.hostname)} onClick={() => onWish({ kind: 'undo', decisionId: row.decisionId, hostname: row.hostname })}>{m.matching.undo}</Button> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
