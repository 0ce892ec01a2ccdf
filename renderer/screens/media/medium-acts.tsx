// What becomes of a medium: issue it to somebody, take it back, say that it was wiped, or lost. Only what its state allows is offered.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import type { MediaState } from '../../../electron/core/codes.ts';
import { useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input, TextArea } from '../../parts/field.tsx';
import { Failure } from '../../parts/notice.tsx';
import { useMessages, usePreferences } from '../../preferences.tsx';
import { saveText } from '../../save-table.ts';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from './media.module.css';

type Medium = Output<'media.get'>['medium'];
type ActName = 'issue' | 'return' | 'wipe' | 'lose';

/** As core/media/medium-acts.ts decides; a test holds both against each other. */
export const ACTS_OF: Readonly<Record<MediaState, readonly ActName[]>> = {
  built: ['lose', 'wipe', 'issue'], issued: ['lose', 'wipe', 'issue', 'return'], returned: ['lose', 'issue', 'wipe'], lost: ['return'], wiped: ['return'],
};
const LEAST_WORDS = 3;

export function MediumActs({ medium }: { readonly medium: Medium }) {
  const m = useMessages();
  const may = useMay();
  const [act, setAct] = useState<ActName | null>(null);
  const api = useApi();
  const { preferences: { language } } = usePreferences();
  const saving = useAct();
  const saveLabel = (): void => saving.run(async () => saveText(`${medium.mediaId}.html`, (await api.call('media.label', { mediaIds: [medium.mediaId], language })).html, 'text/html;charset=utf-8'));
  const acts = ACTS_OF[medium.state].filter((name) => may(`media.${name}`));
  return (
    <>
      <footer className={styles['panelFoot']}><Failure failure={saving.failure} /><Button disabled={saving.busy} onClick={saveLabel}>{m.mediumActs.labels(1)}</Button>{acts.map((name, place) => <Button key={name} look={place === acts.length - 1 && medium.state !== 'wiped' ? 'primary' : 'outlined'} onClick={() => setAct(name)}>{m.mediumActs.act[name]}</Button>)}</footer>
      {act === null ? null : <ActOn key={act} medium={medium} act={act} onClose={() => setAct(null)} />}
    </>
  );
}

function ActOn({ medium: { mediaId, keyRecords, technicians }, act: name, onClose }: { readonly medium: Medium; readonly act: ActName; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [holder, setHolder] = useState(technicians.length === 1 ? (technicians[0] ?? '') : '');
  const [note, setNote] = useState('');
  const words = note.trim();
  const noted = words === '' ? {} : { note: words };
  const canAct = name === 'issue' ? holder.trim() !== '' : name === 'lose' ? words.length >= LEAST_WORDS : true;
  const run = (): void => act.run(async () => {
    if (name === 'issue') await api.call('media.issue', { mediaId, holder: holder.trim(), ...noted });
    else if (name === 'lose') {
      const { rotations } = await api.call('media.lose', { mediaId, note: words });
      onClose();
      return toast({ text: m.mediumActs.lost(mediaId, rotations) });
    } else await api.call(`media.${name}`, { mediaId, ...noted });
    onClose();
    toast({ text: m.mediumActs.done[name](mediaId) });
  });
  return (
    <ActDialog title={m.mediumActs.title[name](mediaId)} lead={name === 'lose' ? (keyRecords === 0 ? m.mediumActs.loseLeadEmpty : m.mediumActs.loseLead(keyRecords)) : m.mediumActs.lead[name]} act={m.mediumActs.act[name]} danger={name === 'lose'} canAct={canAct} busy={act.busy} failure={act.failure} onClose={onClose} onAct={run}>
      {name === 'issue' ? <Field label={m.mediumActs.holder} note={m.mediumActs.holderNote}>{(wiring) => <Input {...wiring} autoFocus maxLength={200} value={holder} onChange={(event) => setHolder(event.target.value)} />}</Field> : null}
      <Field label={m.mediumActs.note} {...(name === 'lose' ? { note: m.mediumActs.loseNote } : { aside: m.common.optional })}>{(wiring) => <TextArea {...wiring} autoFocus={name !== 'issue'} rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </ActDialog>
  );
}
