// Joins a host with another one that is known by name: a renaming nobody's lists show. The open host is the one that stays.
import { useState } from 'react';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input, TextArea } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';

/** The shortest reason that says something. */
const LEAST_WORDS = 3;
/** More names than begin with one another. */
const ENOUGH = 500;

export function JoinByName({ host, onClose }: { readonly host: { readonly hostId: number; readonly hostname: string }; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [unknown, setUnknown] = useState<string | null>(null);
  const wanted = name.trim();
  const join = (): void => act.run(async () => {
    const { rows } = await api.call('hosts.list', { query: wanted, sort: 'hostname', descending: false, limit: ENOUGH });
    const other = rows.find(({ hostname }) => hostname.toLowerCase() === wanted.toLowerCase());
    if (other === undefined || other.hostId === host.hostId) return setUnknown(wanted);
    await api.call('hosts.join', { hostId: host.hostId, otherHostId: other.hostId, reason: reason.trim() });
    onClose();
    toast({ text: m.matching.answered });
  });
  return (
    <ActDialog title={m.matching.joinWithTitle(host.hostname)} lead={m.matching.joinLead(host.hostname, wanted === '' ? m.matching.theOther : wanted)} act={m.matching.join} canAct={wanted !== '' && reason.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose} onAct={join}>
      <Field label={m.matching.otherName} error={unknown !== null && unknown === wanted ? m.matching.noOther(unknown) : null}>{(wiring) => <Input {...wiring} autoFocus code maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field label={m.matching.reason} note={m.matching.reasonNote}>{(wiring) => <TextArea {...wiring} rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </ActDialog>
  );
}
