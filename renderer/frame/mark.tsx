import styles from './mark.module.css';

/** The mark: a keyboard's page-up on the accent. */
export function Mark() {
  return (
    <span className={styles['mark']}>
      <svg viewBox="0 0 20 20" aria-hidden="true"><rect width="20" height="20" rx="5" className={styles['ground']} /><path d="m5.75 9.75 4.25-4.25 4.25 4.25M5.75 14.25h8.5" className={styles['line']} /></svg>
      <span className={styles['word']}>Bluelift</span>
    </span>
  );
}
