// A notice stands where its cause is: one sentence, no title. Failures give a reference number and one way on.
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useLanguage, useMessages } from '../preferences.tsx';
import { failureSentence } from '../messages/index.ts';
import { classNames } from './class-names.ts';
import { focusPage } from './give-focus.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

const ICON_OF: Readonly<Record<'info' | 'warning' | 'danger' | 'done', IconName>> = { info: 'info', warning: 'warning', danger: 'warning', done: 'check' };

export function Notice({ kind = 'info', children }: { readonly kind?: 'info' | 'warning' | 'danger' | 'done'; readonly children: ReactNode }) {
  return <div className={classNames(styles['notice'], kind !== 'info' && styles[kind])} role={kind === 'danger' ? 'alert' : undefined}><Icon name={ICON_OF[kind]} /><span>{children}</span></div>;
}

/** A failed call. Nothing when there is none. */
export function Failure({ failure, onRetry }: { readonly failure: unknown; readonly onRetry?: (() => void) | undefined }) {
  const language = useLanguage();
  if (failure === null || failure === undefined) return null;
  return <Notice kind="danger">{failureSentence(language, failure)}{onRetry === undefined ? null : <> <Retry onRetry={onRetry} /></>}</Notice>;
}

/** Goes away when it is pressed; the focus then stays on the page. */
export function Retry({ onRetry }: { readonly onRetry: () => void }) {
  const m = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    return () => { if (own !== null && own === document.activeElement) queueMicrotask(focusPage); };
  }, []);
  return <button ref={button} type="button" className={styles['link']} onClick={onRetry}>{m.common.tryAgain}</button>;
}

/** Says what was looked for and offers the next stations. */
export function Empty({ title, children, ways = [] }: { readonly title: string; readonly children?: ReactNode; readonly ways?: readonly { readonly label: string; readonly href?: string; readonly onClick?: () => void }[] }) {
  return (
    <div className={styles['empty']}>
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {ways.length === 0 ? null : <ul>{ways.map((way) => <li key={way.label}>{way.href === undefined ? <button type="button" className={styles['link']} onClick={way.onClick}>{way.label}</button> : <a href={way.href}>{way.label}</a>}</li>)}</ul>}
    </div>
  );
}
