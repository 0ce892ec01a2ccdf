// The key bar at the foot: which keys work here. Its right end holds one fact of the screen.
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useOfferedCommands } from '../keys/commands.tsx';
import { KeyCaps } from '../parts/key-caps.tsx';
import styles from './key-bar.module.css';

const END_ID = 'key-bar-end';

export function KeyBar() {
  const { commands } = useOfferedCommands();
  return (
    <footer className={styles['bar']}>
      {commands.filter((command) => command.bar !== undefined && command.keys !== undefined && command.enabled !== false)
        .map((command) => <span key={command.id} className={styles['key']}><KeyCaps keys={command.keys ?? ''} />{command.bar}</span>)}
      <span className={styles['end']} id={END_ID} />
    </footer>
  );
}

/** Puts a fact at the right end of the key bar. */
export function KeyBarEnd({ children }: { readonly children: ReactNode }) {
  const [end, setEnd] = useState<HTMLElement | null>(null);
  useEffect(() => setEnd(document.getElementById(END_ID)), []);
  return end === null ? null : createPortal(children, end);
}
