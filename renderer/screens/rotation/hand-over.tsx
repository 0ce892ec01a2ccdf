// Hands rotations over: choose who carries them out, take the script away. What is in it counts as asked.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { ROTATION_TARGETS, type RotationTarget } from '../../../electron/core/codes.ts';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check, Field, Select } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { saveText } from '../../save-table.ts';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';

export function HandOver({ due, asked, onClose }: { readonly due: number; readonly asked: number; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [target, setTarget] = useState<RotationTarget>('intune');
  const [again, setAgain] = useState(due === 0);
  const [nothing, setNothing] = useState<Output<'rotations.handOver'> | null>(null);
  const handOver = (): void => act.run(async () => {
    const answer = await api.call('rotations.handOver', { target, again });
    if (answer.script === null) return setNothing(answer);
    saveText(`rotation-${target}.ps1`, answer.script, 'text/plain;charset=utf-8');
    onClose();
    toast({ text: m.rotation.handedOver(answer.keyRecords + answer.lapsPasswords, answer.remaining) });
  });
  const missing = (nothing?.leftOut ?? []).map(({ reason, count }) => `${m.words.rotationNotHandedOver[reason]}: ${count}`).join('; ');
  return (
    <ActDialog title={m.rotation.handOverTitle} lead={m.rotation.handOverLead} act={m.rotation.handOverAct} canAct={due > 0 || again} busy={act.busy} failure={act.failure} onClose={onClose} onAct={handOver}>
      <Field label={m.rotation.target} note={m.rotation.targetNote[target]} error={nothing === null ? null : `${m.rotation.nothing} ${missing}`}>
        {(wiring) => (
          <Select {...wiring} autoFocus value={target} onChange={(event) => { setNothing(null); setTarget(ROTATION_TARGETS.find((code) => code === event.target.value) ?? target); }}>
            {ROTATION_TARGETS.map((code) => <option key={code} value={code}>{m.words.rotationTarget[code]}</option>)}
          </Select>
        )}
      </Field>
      <Check label={m.rotation.again(asked)} checked={again} onChange={(event) => setAgain(event.target.checked)} />
    </ActDialog>
  );
}
