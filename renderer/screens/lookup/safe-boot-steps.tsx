// The way into a host without a key, step by step as it is said to whoever sits before it.
import { useMessages } from '../../preferences.tsx';
import styles from './panel.module.css';

export function SafeBootSteps() {
  const m = useMessages();
  return (
    <details className={styles['steps']}>
      <summary>{m.laps.stepsTitle}</summary>
      <ol>{m.laps.steps.map((step, index) => <li key={index}>{step}</li>)}</ol>
    </details>
  );
}
