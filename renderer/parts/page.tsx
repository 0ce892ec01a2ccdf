// The frame of a screen's page: header with title, one line of facts and the acts; sections; facts.
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';
import text from './text.module.css';

interface PageHeadProps { readonly title: ReactNode; readonly code?: boolean; readonly chip?: ReactNode; readonly meta?: ReactNode; readonly after?: ReactNode; readonly children?: ReactNode }

export function PageHead({ title, code = false, chip, meta, after, children }: PageHeadProps) {
  return (
    <header className={styles['head']}>
      <h1 className={classNames(code && styles['code'])}>{title}</h1>{chip}
      {meta === undefined ? null : <p className={styles['meta']}>{meta}</p>}{after}
      {children === undefined ? null : <div className={styles['acts']}>{children}</div>}
    </header>
  );
}

export function PageFoot({ children, acts }: { readonly children?: ReactNode; readonly acts: ReactNode }) {
  return <footer className={styles['foot']}><span className={styles['footText']}>{children}</span><span className={styles['footActs']}>{acts}</span></footer>;
}

export function SectionHead({ title, aside, end, level = 2 }: { readonly title: string; readonly aside?: ReactNode; readonly end?: ReactNode; readonly level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={styles['sectionHead']}>
      <Heading>{title}</Heading>
      {aside === undefined ? null : <span className={classNames(styles['aside'], text['cut'])}>{aside}</span>}
      {end === undefined ? null : <span className={classNames(styles['aside'], styles['end'])}>{end}</span>}
    </div>
  );
}

/** Label and value, aligned. What is absent is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([label, value]) => (value === null || value === undefined || value === '' ? null : <div key={label}><dt>{label}</dt><dd>{value}</dd></div>))}
    </dl>
  );
}
