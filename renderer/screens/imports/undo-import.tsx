// Undoes an import: what only it brought in goes, and what stays is listed with the reason.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import styles from './imports.module.css';

/** The rest is counted. */
const MOST_SHOWN = 50;

export function UndoImport({ summary }: { readonly summary: Output<'imports.get'>['summary'] }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Output<'imports.undo'> | null>(null);
  const act = useAct();
  const undo = (): void => act.run(async () => {
    setDone(await api.call('imports.undo', { importId: summary.importId }));
    setAsking(false);
  });
  const canUndo = summary.undone === null && may('imports.undo');
  if (summary.undone === null && done === null && !canUndo) return null;
  return (
    <div className={styles['pad']}>
      {summary.undone === null ? null : <Notice>{m.imports.undone(format.dateTime(summary.undone.at), summary.undone.by)}</Notice>}
      {done === null ? null : (
        <Notice kind="done">
          {m.imports.tookBack(done.keyRecordsRemoved, done.hostsRemoved)}
          {done.stayed.length === 0 ? null : <> {m.imports.stayed(done.keyRecordsStayed, done.hostsStayed)} {done.stayed.slice(0, MOST_SHOWN).map((one, index) => <span key={index}><span className={text['code']}>{one.hostname ?? one.keyProtectorId?.slice(0, 8)}</span> ({m.words.stayedBecause[one.because] ?? one.because}) </span>)}</>}
        </Notice>
      )}
      {canUndo ? <Button onClick={() => setAsking(true)}>{m.imports.undo}</Button> : null}
      {asking ? <ActDialog title={m.imports.undoTitle} lead={m.imports.undoLead} act={m.imports.undoAct(summary.files.join(', '))} danger busy={act.busy} failure={act.failure} onAct={undo} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
