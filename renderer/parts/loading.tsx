// Loading is shown after 200 ms, as bars in the shape of the rows to come.
import { useEffect, useState } from 'react';
import { useMessages } from '../preferences.tsx';
import styles from './loading.module.css';
import text from './text.module.css';

const SHOWN_AFTER_MS = 200;

/** Whether something has been true for 200 ms. */
function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) { setLate(false); return; }
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return waiting && late;
}

export function Loading({ rows = 8 }: { readonly rows?: number }) {
  const m = useMessages();
  if (!useLate(true)) return null;
  return (
    <div className={styles['rows']} role="status">
      <span className={text['hiddenText']}>{m.common.loading}</span>
      {Array.from({ length: rows * 3 }, (_, index) => <span key={index} className={styles['bar']} aria-hidden="true" />)}
    </div>
  );
}
