import { useMessages } from '../../preferences.tsx';
import styles from './panel.module.css';

/** Stands where a key record will: nothing is ever chosen by itself. */
export function NothingChosen({ some }: { readonly some: boolean }) {
  const m = useMessages();
  return <section className={styles['nothing']}>{some ? <><b>{m.lookup.none}</b><p>{m.lookup.noneLead}</p></> : null}</section>;
}
