// A short help page for the screen one is on, with the keys that work there.
import { useOfferedCommands } from '../keys/commands.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { KeyCaps } from '../parts/key-caps.tsx';
import type { Screen } from '../place.ts';
import { useMessages } from '../preferences.tsx';
import styles from './help-page.module.css';

export function HelpPage({ screen, onClose }: { readonly screen: Screen; readonly onClose: () => void }) {
  const m = useMessages();
  const { commands } = useOfferedCommands();
  return (
    <Dialog title={m.frame.helpFor(m.screens[screen])} onClose={onClose} wide>
      <div className={styles['body']}>
        {m.help[screen].map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
        <h3>{m.frame.helpKeys}</h3>
        <dl className={styles['keys']}>
          {commands.filter((command) => command.keys !== undefined).map((command) => <div key={command.id}><dt><KeyCaps keys={command.keys ?? ''} /></dt><dd>{command.label}</dd></div>)}
        </dl>
      </div>
      <div className={styles['acts']}><Button onClick={onClose} autoFocus>{m.common.close}</Button></div>
    </Dialog>
  );
}
