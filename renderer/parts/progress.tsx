// Progress: a bar of 6 px whose width is an SVG attribute, the steps with what each one did, and the bar of the host states.
import type { ReactNode } from 'react';
import type { HostState } from '../../electron/core/codes.ts';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './progress.module.css';

export function ProgressBar({ part, whole, label }: { readonly part: number; readonly whole: number; readonly label: string }) {
  const percent = whole <= 0 ? 0 : Math.min(100, (part / whole) * 100);
  return <svg className={styles['progress']} role="img" aria-label={`${label}: ${Math.floor(percent)} %`}><rect width={`${percent.toFixed(2)}%`} height="100%" /></svg>;
}

export interface StepLine { readonly id: string; readonly label: ReactNode; readonly detail?: ReactNode; readonly state: 'done' | 'now' | 'next' }

export function Steps({ steps }: { readonly steps: readonly StepLine[] }) {
  return (
    <ol className={styles['steps']}>
      {steps.map((step) => (
        <li key={step.id} className={styles[step.state]} aria-current={step.state === 'now' ? 'step' : undefined}>
          <Icon name={step.state === 'done' ? 'check' : step.state === 'now' ? 'right' : 'minus'} /><span>{step.label}</span><span className={styles['detail']}>{step.detail}</span>
        </li>
      ))}
    </ol>
  );
}

/** Hosts by state as one bar, a gap of 1 px between. Repaired is hatched, verified solid: they never look alike. The numbers stand beside it as text. */
export function StateBar({ counts, small = false }: { readonly counts: readonly { readonly state: HostState; readonly count: number }[]; readonly small?: boolean }) {
  const whole = counts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return (
    <svg className={classNames(styles['bar'], small && styles['barSmall'])} aria-hidden="true">
      {whole === 0 ? null : counts.filter(({ count }) => count > 0).map(({ state, count }) => {
        const at = `${((before / whole) * 100).toFixed(2)}%`;
        const first = before === 0;
        before += count;
        return <g key={state}><rect className={styles['part']} data-state={state} x={at} width={`${((count / whole) * 100).toFixed(2)}%`} height="100%" />{first ? null : <rect className={styles['gap']} x={at} width="1" height="100%" />}</g>;
      })}
    </svg>
  );
}
