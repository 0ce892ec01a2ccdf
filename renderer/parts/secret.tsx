// The magenta frame: whatever can be read in it is secret and must not stay. Nothing else is magenta.
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import styles from './secret.module.css';

export function SecretFrame({ title, end, children, level = 2 }: { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode; readonly level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles['secret']} aria-label={title}>
      <header className={styles['head']}><Icon name="key" /><Heading>{title}</Heading>{end === undefined ? null : <span className={styles['end']}>{end}</span>}</header>
      {children}
    </section>
  );
}

/** Goes down without blinking and without changing colour; the time beside it is in figures. */
export function Ring({ part, whole }: { readonly part: number; readonly whole: number }) {
  const left = whole <= 0 ? 0 : Math.max(0, Math.min(120, (part / whole) * 120));
  return (
    <svg className={styles['ring']} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" /><circle className={styles['left']} cx="16" cy="16" r="14" pathLength={120} strokeDasharray={`${left.toFixed(1)} 120`} transform="rotate(-90 16 16)" />
    </svg>
  );
}
