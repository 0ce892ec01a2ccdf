// The answers of a supervisor to a question about hosts, each with a reason that goes on record.
import { useLayoutEffect, useRef, useState } from 'react';
import { useApi } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Segments, TextArea } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from './matching.module.css';

interface NamedHost { readonly hostId: number; readonly hostname: string }
export type Wish =
  | { readonly kind: 'join' | 'apart'; readonly hosts: readonly [NamedHost, NamedHost] }
  | { readonly kind: 'one'; readonly host: NamedHost }
  | { readonly kind: 'undo'; readonly decisionId: number; readonly hostname: string };

/** The shortest reason that says something. */
const LEAST_WORDS = 3;

export function Answer({ wish, onClose }: { readonly wish: Wish; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [reason, setReason] = useState('');
  const [kept, setKept] = useState(wish.kind === 'join' ? wish.hosts[0].hostId : 0);
  const field = useRef<HTMLTextAreaElement>(null);
  // A dialog that opens gives the focus to the first thing in it, and what is typed would go nowhere.
  useLayoutEffect(() => field.current?.focus(), []);
  const words = wordsOf();
  const answer = (): void => act.run(async () => {
    const given = reason.trim();
    switch (wish.kind) {
      case 'join': {
        const [one, other] = wish.hosts;
        await api.call('hosts.join', { hostId: kept, otherHostId: kept === one.hostId ? other.hostId : one.hostId, reason: given });
        break;
      }
      case 'apart': await api.call('hosts.keepApart', { hostId: wish.hosts[0].hostId, otherHostId: wish.hosts[1].hostId, reason: given }); break;
      case 'one': await api.call('hosts.takeAsOne', { hostId: wish.host.hostId, reason: given }); break;
      case 'undo': await api.call('hosts.undoDecision', { decisionId: wish.decisionId, reason: given });
    }
    onClose();
    toast({ text: m.matching.answered });
  });
  return (
    <ActDialog title={words.title} lead={words.lead} act={words.act} canAct={reason.trim().length >= LEAST_WORDS} busy={act.busy} failure={act.failure} onClose={onClose} onAct={answer}>
      {wish.kind !== 'join' ? null : <p className={styles['keep']}><Segments label={m.matching.keep} value={String(kept)} options={wish.hosts.map(({ hostId, hostname }) => ({ value: String(hostId), label: m.matching.keepName(hostname) }))} onChange={(value) => setKept(Number(value))} /></p>}
      <Field label={m.matching.reason} note={m.matching.reasonNote}>{(wiring) => <TextArea {...wiring} ref={field} rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </ActDialog>
  );

  function wordsOf(): { readonly title: string; readonly lead: string; readonly act: string } {
    switch (wish.kind) {
      case 'join': {
        const [one, other] = kept === wish.hosts[1].hostId ? [wish.hosts[1], wish.hosts[0]] : wish.hosts;
        return { title: m.matching.joinAct(wish.hosts[0].hostname, wish.hosts[1].hostname), lead: m.matching.joinLead(one.hostname, other.hostname), act: m.matching.join };
      }
      case 'apart': return { title: m.matching.apartAct(wish.hosts[0].hostname, wish.hosts[1].hostname), lead: m.matching.apartLead, act: m.matching.apart };
      case 'one': return { title: m.matching.oneAct(wish.host.hostname), lead: m.matching.oneLead, act: m.matching.one };
      case 'undo': return { title: m.matching.undoAct(wish.hostname), lead: m.matching.undoLead, act: m.matching.undo };
    }
  }
}
