// Attempts on one medium or host: outcome, host, when, and how far the record can be trusted.
import type { Output } from '../../../electron/api/contract.ts';
import { classNames } from '../../parts/class-names.ts';
import { Glyph } from '../../parts/icon.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { recipeLabel } from './medium-labels.ts';
import { windowsSentence } from './windows-sentence.ts';
import styles from './media.module.css';

type Attempt = Output<'attempts.list'>['rows'][number];

export function AttemptLines({ attempts }: { readonly attempts: readonly Attempt[] }) {
  const m = useMessages();
  const format = useFormat();
  if (attempts.length === 0) return <p className={text['muted']}>{m.media.noAttempts}</p>;
  return (
    <ul>
      {attempts.map((attempt) => (
        <li key={attempt.attemptId} className={styles['attempt']}>
          <Glyph state={attempt.outcome === 'blocked' ? 'blocked' : attempt.outcome === 'inspected' || attempt.outcome === 'safe-boot-set' ? 'in-progress' : 'repaired'} title={m.words.attemptOutcome[attempt.outcome]} />
          <span className={text['cut']}><span className={text['code']}>{attempt.hostname ?? attempt.computerName ?? m.common.unknown}</span>{attempt.blockedReason === null ? '' : `, ${m.common.within(m.words.blockedReason[attempt.blockedReason])}`}{attempt.proof === 'signed' ? '' : <span className={attempt.proof === 'claim' ? text['danger'] : text['muted']}>, {m.common.within(m.words.attemptProof[attempt.proof])}</span>}{attempt.windows.length === 0 ? null : <span className={classNames(text['muted'], text['small'])}> {windowsSentence(attempt.windows, m)}</span>}</span>
          <span className={classNames(text['num'], text['muted'], text['small'])} title={attempt.recipe === null ? undefined : recipeLabel(attempt.recipe, m)}>{format.short(attempt.finishedAt ?? attempt.importedAt, Date.now())}</span>
        </li>
      ))}
    </ul>
  );
}
