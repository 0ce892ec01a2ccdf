// A timeline: time, shape or dot, fact, source. Oldest first, the date only where it changes.
import type { ReactNode } from 'react';
import type { HostState } from '../../electron/core/codes.ts';
import { classNames } from './class-names.ts';
import { Glyph } from './icon.tsx';
import styles from './timeline.module.css';

export interface TimelineLine { readonly id: string; readonly time: string; readonly state: HostState | null; readonly fact: ReactNode; readonly source?: ReactNode }

export function Timeline({ lines, short = false }: { readonly lines: readonly TimelineLine[]; readonly short?: boolean }) {
  return (
    <ol className={classNames(styles['timeline'], short && styles['short'])}>
      {lines.map((line) => (
        <li key={line.id}>
          <time>{line.time}</time>{line.state === null ? <span className={styles['dot']} /> : <Glyph state={line.state} />}
          <div><p>{line.fact}</p>{line.source === undefined || line.source === null || line.source === '' ? null : <p>{line.source}</p>}</div>
        </li>
      ))}
    </ol>
  );
}
