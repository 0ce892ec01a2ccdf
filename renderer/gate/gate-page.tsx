// The page in front of the screens: one column, the mark above it, language and theme within reach.
import type { ReactNode } from 'react';
import { LANGUAGES } from '../format.ts';
import { DemoMark } from '../frame/demo-mark.tsx';
import { Mark } from '../frame/mark.tsx';
import { Segments } from '../parts/field.tsx';
import { useMessages, usePreferences } from '../preferences.tsx';
import styles from './gate-page.module.css';

export function GatePage({ title, lead, demo, children }: { readonly title: string; readonly lead?: ReactNode; readonly demo: boolean; readonly children: ReactNode }) {
  const m = useMessages();
  const { preferences, change } = usePreferences();
  return (
    <div className={styles['gate']}>
      <main className={styles['column']}>
        <header className={styles['head']}><Mark />{demo ? <DemoMark wide /> : null}
          <span className={styles['language']}><Segments label={m.frame.language} value={preferences.language} options={LANGUAGES.map((language) => ({ value: language, label: language.toUpperCase() }))} onChange={(language) => change({ language })} /></span>
        </header>
        <p className={styles['about']}>{m.frame.about}</p>
        <h1 className={styles['title']}>{title}</h1>
        {lead === undefined ? null : <p className={styles['lead']}>{lead}</p>}
        {children}
      </main>
    </div>
  );
}
