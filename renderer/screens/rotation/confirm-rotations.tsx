// A supervisor says that chosen recovery passwords are no longer valid, and how they know.
import { useState } from 'react';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';

const LEAST_WORDS = 3;

export function ConfirmRotations({ keyRecordIds, lapsPasswordIds, onDone, onClose }: { readonly keyRecordIds: readonly number[]; readonly lapsPasswordIds: readonly number[]; readonly onDone: () => void; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [statement, setStatement] = useState('');
  const confirm = (): void => act.run(async () => {
    const { confirmed } = await api.call('rotations.confirm', { keyRecordIds: [...keyRecordIds], lapsPasswordIds: [...lapsPasswordIds], statement: statement.trim() });
    onDone();
    onClose();
    toast({ text: m.rotation.confirmed(confirmed) });
  });
  return (
    <ActDialog title={m.rotation.confirmTitle(keyRecordIds.length + lapsPasswordIds.length)} lead={m.rotation.confirmLead} act={m.rotation.confirm} canAct={statement.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose} onAct={confirm}>
      <Field label={m.rotation.statement} note={m.rotation.statementNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={2000} value={statement} onChange={(event) => setStatement(event.target.value)} />}</Field>
    </ActDialog>
  );
}
