// Opens a wave: the evidence first, and where it does not suffice, a reason.
import { useState } from 'react';
import { useAnswer, useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import type { Wave } from './waves-screen.tsx';

const LEAST_WORDS = 3;

export function OpenWave({ wave, onClose }: { readonly wave: Wave; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [reason, setReason] = useState('');
  const { data: gate } = useAnswer('waves.gate', { waveId: wave.waveId });
  const against = gate !== undefined && !gate.met;
  const open = (): void => act.run(async () => {
    const { opened } = await api.call('waves.open', { waveId: wave.waveId, ...(against ? { override: reason.trim() } : {}) });
    if (!opened) return; // the gate has closed meanwhile: it is asked anew and shown
    onClose();
    toast({ text: m.waves.isOpen(wave.name) });
  });
  return (
    <ActDialog title={m.waves.openTitle(wave.name)} lead={m.waves.openLead(wave.hosts)} act={m.waves.openAct(wave.name)} danger={against} canAct={gate !== undefined && (!against || reason.trim().length >= LEAST_WORDS)} busy={act.busy} failure={act.failure} onClose={onClose} onAct={open}>
      {gate === undefined ? null : gate.after === null ? <Notice>{m.waves.isCanary}</Notice> : (
        <>
          <Facts facts={[
            [m.waves.after, gate.after], [m.waves.verified, m.waves.verifiedOf(gate.verified, gate.hosts, format.number(Math.round(gate.neededShare * 100)))], [m.waves.unexpected, format.number(gate.unexpected)],
          ]} />
          <Notice kind={gate.met ? 'done' : 'warning'}>{gate.met ? m.waves.gateMet : gate.opened ? m.waves.gateNotMet : m.waves.beforeNotOpened(gate.after)}</Notice>
        </>
      )}
      {against ? <Field label={m.waves.override} note={m.waves.overrideNote}>{(wiring) => <TextArea {...wiring} rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field> : null}
    </ActDialog>
  );
}
