// Above the page: that what stands there is old, from when it is, and a way to ask again.
import { failureSentence } from '../messages/index.ts';
import { Notice, Retry } from '../parts/notice.tsx';
import { useFormat, useLanguage, useMessages } from '../preferences.tsx';
import { useOldAnswers } from '../old-answers.ts';
import styles from './frame.module.css';

export function OldNotice() {
  const m = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const old = useOldAnswers();
  if (old === null) return null;
  return <div className={styles['old']}><Notice kind="danger">{m.frame.old(format.timeWithSeconds(new Date(old.since).toISOString()))} {failureSentence(language, old.failure)} <Retry onRetry={old.askAgain} /></Notice></div>;
}
