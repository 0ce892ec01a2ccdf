// A base's or a medium's loaders: who signed them, how new they are, and what that means for hosts with Secure Boot.
import type { LoaderFacts } from '../../messages/loader-line.ts';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import styles from './media.module.css';

export function LoaderLines({ loaders, findings }: LoaderFacts) {
  const m = useMessages();
  return (
    <ul className={styles['loaders']} aria-label={m.loaders.title}>
      {loaders.map((loader) => <li key={loader.name} className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{m.loaders.line(loader)}</li>)}
      {findings.map((found) => <li key={`${found.finding}${found.about ?? ''}`} className={text['small']}>{found.finding === 'both-there' ? null : <b>{m.words.diskSeverity.caution}: </b>}{m.loaders.found(found)}</li>)}
    </ul>
  );
}
