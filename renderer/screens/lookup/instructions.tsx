// The page for callers, taken away as a file to open, print or send.
import { useApi } from '../../desk.tsx';
import { failureSentence } from '../../messages/index.ts';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { saveText } from '../../save-table.ts';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from './hits.module.css';

function useSaveInstructions(): () => Promise<void> {
  const language = useLanguage();
  const api = useApi();
  return async () => saveText(`bitlocker-${language}.html`, (await api.call('instructions.get', { language })).html, 'text/html;charset=utf-8');
}

export function Instructions() {
  const m = useMessages();
  const act = useAct();
  const save = useSaveInstructions();
  return (
    <p className={styles['take']}>
      <Button icon="print" disabled={act.busy} onClick={() => act.run(save)}>{m.lookup.instructions}</Button><span className={text['muted']}>{m.lookup.instructionsNote}</span>
      <Failure failure={act.failure} />
    </p>
  );
}

/** For the palette: in the middle of a call, too, whatever is in sight. What goes wrong is said in a toast. */
export function useInstructionsCommand(): { readonly id: string; readonly label: string; readonly run: () => void } {
  const m = useMessages();
  const language = useLanguage();
  const toast = useToast();
  const save = useSaveInstructions();
  return { id: 'instructions', label: m.lookup.instructions, run: () => void save().catch((failure: unknown) => toast({ failed: true, text: failureSentence(language, failure) })) };
}
