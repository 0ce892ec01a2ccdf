// The page for callers, taken away as a file to open, print or send.
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { saveText } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import styles from './hits.module.css';

export function Instructions() {
  const m = useMessages();
  const language = useLanguage();
  const api = useApi();
  const act = useAct();
  const save = (): void => act.run(async () => { saveText(`bitlocker-${language}.html`, (await api.call('instructions.get', { language })).html, 'text/html;charset=utf-8'); });
  return (
    <p className={styles['take']}>
      <Button icon="print" disabled={act.busy} onClick={save}>{m.lookup.instructions}</Button><span className={text['muted']}>{m.lookup.instructionsNote}</span>
      <Failure failure={act.failure} />
    </p>
  );
}
