// Changing the keys of the desk when somebody has left: one question, progress, and the new recovery sheet in front of everything.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useOperator } from '../../desk.tsx';
import { useShowSheet } from '../../gate/sheet-in-sight.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check } from '../../parts/field.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';

type Progress = Extract<Output<'vault.rekey'>, { kind: 'progress' }>;

/** Closing the dialog while it runs stops it: the desk is as it was. */
export function ChangeKeys({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const showSheet = useShowSheet();
  const { name } = useOperator();
  const act = useAct();
  const stop = useRef(new AbortController());
  const [wantSheet, setWantSheet] = useState(true);
  const [progress, setProgress] = useState<Progress | null>(null);
  const change = (): void => act.run(async () => {
    stop.current = new AbortController();
    for await (const event of api.stream('vault.rekey', { recoverySheet: wantSheet }, stop.current.signal)) {
      if (event.kind === 'progress') setProgress(event);
      if (event.kind !== 'done') continue;
      onClose();
      toast({ text: m.operators.keysChanged(event.operators.length) });
      if (event.recoverySheet !== null) showSheet({ ...event.recoverySheet, operatorName: name });
    }
  });
  const close = (): void => {
    stop.current.abort();
    onClose();
  };
  return (
    <ActDialog title={m.operators.changeKeysTitle} lead={m.operators.changeKeysLead} act={m.operators.changeKeys} danger busy={act.busy} failure={act.failure} onAct={change} onClose={close}>
      <Check label={m.operators.changeKeysSheet} checked={wantSheet} disabled={act.busy} onChange={(event) => setWantSheet(event.target.checked)} />
      <p className={text['muted']}>{m.operators.changeKeysSheetNote} {m.operators.changeKeysMeanwhile}</p>
      {progress === null || !act.busy ? null : (
        <div role="status">
          <ProgressBar part={progress.done} whole={progress.of} label={m.operators.rekeySteps[progress.step]} />
          <p>{m.operators.rekeySteps[progress.step]}: {format.percent(progress.done, progress.of)}</p>
        </div>
      )}
    </ActDialog>
  );
}
