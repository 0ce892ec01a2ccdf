// The recipe editor: what is removed, tried on a folder before anybody is asked to approve it.
import { useState } from 'react';
import type { Input as In, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from '../list-screen.module.css';
import type { Recipe } from './incidents-screen.tsx';

type Draft = In<'recipes.add'>;
const SHOWN = 12;

export function RecipeEditor({ from, onClose }: { readonly from: Recipe | null; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const trial = useAct();
  const [typed, setTyped] = useState({ recipeId: from?.recipeId ?? '', title: from?.title ?? '', path: from?.path ?? '', pattern: from?.pattern ?? '', header: from?.header.match(/../g)?.join(' ') ?? '', keepFrom: from?.keepFrom?.replace('.000Z', 'Z') ?? '' });
  const [root, setRoot] = useState('');
  const [tried, setTried] = useState<Output<'recipes.dryRun'> | null>(null);
  const keepFrom = typed.keepFrom.trim();
  const isInstant = keepFrom === '' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(keepFrom) && !Number.isNaN(Date.parse(keepFrom));
  const isReady = isInstant && [typed.recipeId, typed.title, typed.path, typed.pattern].every((value) => value.trim() !== '');
  const draft = (): Draft => ({ ...typed, keepFrom: keepFrom === '' ? null : keepFrom });
  const add = (): void => act.run(async () => {
    const { recipeId, version } = await api.call('recipes.add', draft());
    onClose();
    toast({ text: m.incidents.added(`${recipeId} ${version}`) });
  });
  const change = (changes: Partial<typeof typed>): void => { setTyped({ ...typed, ...changes }); setTried(null); };
  return (
    <ActDialog title={from === null ? m.incidents.addRecipe : m.incidents.newVersionOf(from.recipeId)} lead={m.incidents.addLead} act={m.incidents.addAct} canAct={isReady} busy={act.busy} failure={act.failure} onClose={onClose} onAct={add}>
      {from === null ? <Field label={m.incidents.recipeId} note={m.incidents.recipeIdNote}>{(wiring) => <Input {...wiring} code autoFocus maxLength={40} value={typed.recipeId} onChange={(event) => change({ recipeId: event.target.value })} />}</Field> : null}
      <Field label={m.incidents.recipeTitle}>{(wiring) => <Input {...wiring} maxLength={200} value={typed.title} onChange={(event) => change({ title: event.target.value })} />}</Field>
      <Field label={m.incidents.path} note={m.incidents.pathNote}>{(wiring) => <Input {...wiring} code maxLength={200} value={typed.path} onChange={(event) => change({ path: event.target.value })} />}</Field>
      <Field label={m.incidents.pattern} note={m.incidents.patternNote}>{(wiring) => <Input {...wiring} code maxLength={200} value={typed.pattern} onChange={(event) => change({ pattern: event.target.value })} />}</Field>
      <Field label={m.incidents.header} aside={m.common.optional} note={m.incidents.headerNote}>{(wiring) => <Input {...wiring} code maxLength={60} value={typed.header} onChange={(event) => change({ header: event.target.value })} />}</Field>
      <Field label={m.incidents.keepFrom} aside={m.common.optional} note={m.incidents.keepFromNote} error={isInstant ? null : m.incidents.keepFromWrong}>{(wiring) => <Input {...wiring} code maxLength={20} placeholder="2024-07-19T05:27:00Z" value={typed.keepFrom} onChange={(event) => change({ keepFrom: event.target.value })} />}</Field>
      <div className={styles['row']}>
        <Field label={m.incidents.tryOn} note={m.incidents.tryNote}>{(wiring) => <Input {...wiring} code value={root} onChange={(event) => setRoot(event.target.value)} />}</Field>
        <Button disabled={!isReady || root.trim() === '' || trial.busy} onClick={() => trial.run(async () => setTried(await api.call('recipes.dryRun', { recipe: draft(), path: root.trim() })))}>{m.incidents.tryAct}</Button>
      </div>
      <Failure failure={trial.failure} />
      {tried === null ? null : <Notice kind={tried.removed > 0 ? 'done' : 'info'}>{tried.found ? m.incidents.tried(tried.removed, tried.kept) : m.incidents.noFolder}</Notice>}
      {tried === null || tried.locked + tried.damaged === 0 ? null : <Notice kind="warning">{m.incidents.notSeen(tried.locked, tried.damaged)}</Notice>}
      {tried === null || tried.files.length === 0 ? null : (
        <ul className={text['code']}>
          {tried.files.slice(0, SHOWN).map(({ partition, name, act: what, reason }) => <li key={`${partition} ${name}`}>{tried.volumes > 1 && partition !== null ? `${m.incidents.triedIn(partition)}, ` : ''}{name}: {what === 'remove' ? m.incidents.wouldGo : m.incidents.stays[reason ?? 'name-differs']}</li>)}
          {tried.files.length > SHOWN ? <li>{m.incidents.moreTried(tried.files.length - SHOWN)}</li> : null}
        </ul>
      )}
    </ActDialog>
  );
}
