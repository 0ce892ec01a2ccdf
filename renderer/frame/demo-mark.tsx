import { useMessages } from '../preferences.tsx';
import styles from './demo-mark.module.css';

/** Says on every screen that nothing here is real. */
export function DemoMark({ wide = false }: { readonly wide?: boolean }) {
  const m = useMessages();
  return <span className={wide ? `${styles['demo'] ?? ''} ${styles['wide'] ?? ''}` : styles['demo']} title={m.frame.demoNote}><b>{m.frame.demo}</b><span className={styles['note']}>{m.frame.demoNote.slice(m.frame.demo.length + 2)}</span></span>;
}
