// A result code read out at the host, for a stick that can not come back: a slip is named as one, the host is asked for where the code does not say it.
import { useState } from 'react';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Input as TextInput } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import type { Messages } from '../../messages/index.ts';
import { useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import styles from './imports.module.css';

type Taken = Output<'attempts.accept'>;

export function AcceptCode({ canImport, whyNot }: { readonly canImport: boolean; readonly whyNot: string | null }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const [mediaId, setMediaId] = useState('');
  const [code, setCode] = useState('');
  const [hostname, setHostname] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const isAskingForHost = taken?.status === 'host-needed' || taken?.status === 'not-of-this-medium' || hostname !== '';
  const accept = (): void => act.run(async () => {
    const order: Input<'attempts.accept'> = { mediaId: mediaId.trim(), code };
    if (hostname.trim() !== '') order.hostname = hostname.trim();
    const answer = await api.call('attempts.accept', order);
    setTaken(answer);
    if (answer.status === 'accepted' || answer.status === 'unchanged') { setCode(''); setHostname(''); }
  });
  return (
    <form className={styles['takeIn']} aria-label={m.codes.title} onSubmit={(event) => { event.preventDefault(); if (canImport && !act.busy) accept(); }}>
      <SectionHead title={m.codes.title} />
      <p className={text['soft']}>{m.codes.lead}</p>
      <div className={styles['path']}>
        <Field label={m.codes.medium}>{(wiring) => <TextInput {...wiring} code value={mediaId} placeholder="M-0001" onChange={(event) => setMediaId(event.target.value)} />}</Field>
        <Field label={m.codes.code} aside={m.codes.codeNote}>{(wiring) => <TextInput {...wiring} code autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />}</Field>
        {isAskingForHost ? <Field label={m.codes.host}>{(wiring) => <TextInput {...wiring} code autoFocus value={hostname} onChange={(event) => setHostname(event.target.value)} />}</Field> : null}
        <Button type="submit" disabled={!canImport || act.busy || mediaId.trim() === '' || code.trim() === ''} title={whyNot ?? undefined}>{m.codes.accept}</Button>
      </div>
      <Failure failure={act.failure} />
      <div aria-live="polite">{taken === null || act.failure !== null ? null : <Notice kind={taken.status === 'accepted' && taken.proof !== 'claim' || taken.status === 'unchanged' ? 'done' : 'warning'}>{sentenceOf(taken, mediaId.trim().toUpperCase(), m)}</Notice>}</div>
    </form>
  );
}

function sentenceOf(taken: Taken, medium: string, m: Messages): string {
  switch (taken.status) {
    case 'slip': return taken.reason === 'length' ? m.codes.slip.length(taken.characters) : taken.reason === 'letters' ? m.codes.slip.letters(taken.positions.join(', ')) : m.codes.slip.check;
    case 'not-of-this-medium': return m.codes.foreign(medium);
    case 'host-needed': return m.codes.needsHost(wordOf(taken, m));
    case 'unchanged': return m.codes.known(taken.hostname ?? m.common.unknown, wordOf(taken, m));
    case 'accepted': {
      const sentence = m.codes.taken(taken.hostname ?? m.common.unknown, wordOf(taken, m), taken.hostState === null ? m.common.unknown : m.words.hostState[taken.hostState]);
      return taken.proof === 'claim' ? `${sentence} ${m.codes.claim}` : sentence;
    }
  }
}

const wordOf = ({ outcome, blockedReason }: Pick<Extract<Taken, { status: 'accepted' | 'unchanged' }>, 'outcome' | 'blockedReason'>, m: Messages): string =>
  `${m.words.attemptOutcome[outcome]}${blockedReason === null ? '' : `, ${m.common.within(m.words.blockedReason[blockedReason])}`}`;
