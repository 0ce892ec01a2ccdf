// Undoes an import: what only it brought in goes, and what stays is listed with the reason.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { filesOf } from './names-of-files.ts';
import styles from './imports.module.css';

/** The rest is counted. */
const MOST_SHOWN = 50;

type Report = Extract<Output<'imports.undo'>, { kind: 'done' }>;
type Progress = Extract<Output<'imports.undo'>, { kind: 'progress' }>;

export function UndoImport({ summary }: { readonly summary: Output<'imports.get'>['summary'] }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Report | null>(null);
  const [brokenOff, setBrokenOff] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const control = useRef<AbortController | null>(null);
  const act = useAct();
  // Whoever looks elsewhere meanwhile has not taken back what they asked for: it goes on.
  const undo = (): void => act.run(async () => {
    const stop = new AbortController();
    control.current = stop;
    setDone(null);
    setBrokenOff(false);
    try {
      for await (const event of api.stream('imports.undo', { importId: summary.importId }, stop.signal)) {
        if (event.kind === 'progress') setProgress(event);
        else if (!event.cancelled) setDone(event);
      }
    } finally {
      setProgress(null);
    }
    if (stop.signal.aborted) setBrokenOff(true);
    setAsking(false);
  });
  const leave = (): void => {
    if (act.busy) control.current?.abort();
    else setAsking(false);
  };
  const canUndo = summary.undone === null && may('imports.undo');
  if (summary.undone === null && done === null && !canUndo) return null;
  return (
    <div className={styles['pad']}>
      {summary.undone === null ? null : <Notice>{m.imports.undone(format.dateTime(summary.undone.at), summary.undone.by)}</Notice>}
      {done === null ? null : (
        <Notice kind="done">
          {m.imports.tookBack(done.keyRecordsRemoved, done.hostsRemoved)}{done.lapsPasswordsRemoved === 0 ? '' : ` ${m.laps.removed(done.lapsPasswordsRemoved)}`}
          {done.stayed.length === 0 ? null : <> {m.imports.stayed(done.keyRecordsStayed, done.hostsStayed)} {done.stayed.slice(0, MOST_SHOWN).map((one, index) => <span key={index}><span className={text['code']}>{one.hostname ?? one.keyProtectorId?.slice(0, 8)}</span> ({m.words.stayedBecause[one.because] ?? one.because}) </span>)}</>}
        </Notice>
      )}
      {brokenOff && summary.undone === null ? <div className={styles['above']}><Notice kind="warning">{m.imports.undoBrokenOff}</Notice></div> : null}
      {canUndo ? <Button onClick={() => setAsking(true)}>{m.imports.undo}</Button> : null}
      {asking ? (
        <ActDialog title={m.imports.undoTitle} lead={m.imports.undoLead} act={m.imports.undoAct(filesOf(summary, m))} danger busy={act.busy} failure={act.failure} onAct={undo} onClose={leave}>
          {progress === null ? undefined : (
            <div className={styles['undoing']}>
              <ProgressBar part={progress.keyRecords + progress.hosts} whole={progress.ofKeyRecords + progress.ofHosts} label={m.imports.undo} />
              {progress.ofKeyRecords + progress.ofHosts === 0 ? null : <span className={text['small']}>{m.imports.undoing(progress.keyRecords, progress.ofKeyRecords, progress.hosts, progress.ofHosts)}</span>}
            </div>
          )}
        </ActDialog>
      ) : null}
    </div>
  );
}
