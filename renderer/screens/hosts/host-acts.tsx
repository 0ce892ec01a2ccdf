// The dialogs for what an operator does to a host: set verified with evidence, block with a reason, unblock, close, open again.
import { useRef, useState } from 'react';
import { BLOCKED_REASONS, CLOSED_AS, type BlockedReason, type ClosedAs } from '../../../electron/core/codes.ts';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Select, TextArea } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import type { HostRow } from './host-line.tsx';

export type HostActName = 'verify' | 'block' | 'unblock' | 'close' | 'reopen';
interface ActProps { readonly host: HostRow; readonly onClose: () => void }

/** The shortest evidence or reason that says something. */
const LEAST_WORDS = 3;

export function HostAct({ act, ...rest }: ActProps & { readonly act: HostActName }) {
  switch (act) {
    case 'verify': return <Verify {...rest} />;
    case 'block': return <Block {...rest} />;
    case 'unblock': return <Unblock {...rest} />;
    case 'close': return <Close {...rest} />;
    case 'reopen': return <Reopen {...rest} />;
  }
}

function Verify({ host, onClose }: ActProps) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const [evidence, setEvidence] = useState('');
  const act = useAct();
  const { hostname, hostId } = host;
  return (
    <ActDialog title={m.hosts.verifyTitle(hostname)} lead={m.hosts.verifyLead} act={m.hosts.verifyTitle(hostname)} canAct={evidence.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose}
      onAct={() => act.run(async () => { await api.call('hosts.verify', { hostId, evidence: evidence.trim() }); onClose(); toast({ text: m.hosts.verified(hostname) }); })}>
      <Field label={m.hosts.evidence} note={m.hosts.evidenceNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={2000} value={evidence} onChange={(event) => setEvidence(event.target.value)} />}</Field>
    </ActDialog>
  );
}

function Block({ host, onClose }: ActProps) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const [reason, setReason] = useState<BlockedReason | ''>('');
  const note = useRef<HTMLTextAreaElement>(null);
  const act = useAct();
  const { hostname, hostId } = host;
  const block = (): void => act.run(async () => {
    if (reason === '') return;
    const text = note.current?.value.trim() ?? '';
    await api.call('hosts.block', { hostId, reason, ...(text === '' ? {} : { note: text }) });
    onClose();
    toast({ text: m.hosts.blocked(hostname, m.words.blockedReason[reason]), undo: () => api.call('hosts.unblock', { hostId }) });
  });
  return (
    <ActDialog title={m.hosts.blockTitle(hostname)} lead={m.hosts.blockLead} act={m.hosts.blockAct(hostname)} canAct={reason !== ''} busy={act.busy} failure={act.failure} onClose={onClose} onAct={block}>
      <Field label={m.hosts.reason} note={reason === '' ? undefined : m.words.blockedHint[reason]}>
        {(wiring) => (
          <Select {...wiring} autoFocus value={reason} onChange={(event) => setReason(BLOCKED_REASONS.find((code) => code === event.target.value) ?? '')}>
            <option value="" disabled hidden />
            {BLOCKED_REASONS.map((code) => <option key={code} value={code}>{m.words.blockedReason[code]}</option>)}
          </Select>
        )}
      </Field>
      <Field label={m.hosts.note} aside={m.common.optional}>{(wiring) => <TextArea {...wiring} ref={note} rows={2} maxLength={2000} />}</Field>
    </ActDialog>
  );
}

function Unblock({ host, onClose }: ActProps) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const note = useRef<HTMLTextAreaElement>(null);
  const act = useAct();
  const { hostname, hostId, blockedReason } = host;
  const unblock = (): void => act.run(async () => {
    const text = note.current?.value.trim() ?? '';
    await api.call('hosts.unblock', { hostId, ...(text === '' ? {} : { note: text }) });
    onClose();
    toast({ text: m.hosts.unblocked(hostname), ...(blockedReason === null ? {} : { undo: () => api.call('hosts.block', { hostId, reason: blockedReason }) }) });
  });
  return (
    <ActDialog title={m.hosts.unblockTitle(hostname)} lead={blockedReason === null ? m.hosts.blockLead : m.words.blockedReason[blockedReason]} act={m.hosts.unblockAct(hostname)} busy={act.busy} failure={act.failure} onClose={onClose} onAct={unblock}>
      <Field label={m.hosts.note} aside={m.common.optional}>{(wiring) => <TextArea {...wiring} ref={note} autoFocus rows={2} maxLength={2000} />}</Field>
    </ActDialog>
  );
}

function Close({ host, onClose }: ActProps) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const [as, setAs] = useState<ClosedAs>('reimaged');
  const [note, setNote] = useState('');
  const act = useAct();
  const { hostname, hostId } = host;
  return (
    <ActDialog title={m.hosts.closeTitle(hostname)} lead={m.hosts.closeLead} act={m.hosts.closeAct(hostname)} danger canAct={note.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose}
      onAct={() => act.run(async () => { await api.call('hosts.close', { hostId, as, note: note.trim() }); onClose(); toast({ text: m.hosts.closed(hostname) }); })}>
      <Field label={m.hosts.closeAs}>
        {(wiring) => <Select {...wiring} value={as} onChange={(event) => setAs(CLOSED_AS.find((code) => code === event.target.value) ?? as)}>{CLOSED_AS.map((code) => <option key={code} value={code}>{m.words.closedAs[code]}</option>)}</Select>}
      </Field>
      <Field label={m.hosts.note} note={m.hosts.closeNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </ActDialog>
  );
}

function Reopen({ host, onClose }: ActProps) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const [note, setNote] = useState('');
  const act = useAct();
  const { hostname, hostId } = host;
  return (
    <ActDialog title={m.hosts.reopenTitle(hostname)} lead={m.hosts.reopenLead} act={m.hosts.reopenTitle(hostname)} canAct={note.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose}
      onAct={() => act.run(async () => { await api.call('hosts.reopen', { hostId, note: note.trim() }); onClose(); toast({ text: m.hosts.reopened(hostname) }); })}>
      <Field label={m.hosts.reason} note={m.hosts.reopenNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </ActDialog>
  );
}
