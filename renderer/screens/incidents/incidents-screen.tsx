// Incidents and the recipes their media carry: what is faulty, what is done about it, and what is still open before an incident can end.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay, useOperator } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { ActDialog } from '../../parts/dialog.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Failure } from '../../parts/notice.tsx';
import { PageActs } from '../../parts/page-acts.tsx';
import { Facts, PageHead, SectionHead } from '../../parts/page.tsx';
import { usePages } from '../../parts/pager.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from '../list-screen.module.css';
import { CloseIncident, OpenIncident } from './incident-dialogs.tsx';
import { RecipeEditor } from './recipe-editor.tsx';

export type Incident = Output<'incidents.list'>[number];
export type Recipe = Output<'recipes.list'>[number];
type Open = { readonly kind: 'create' } | { readonly kind: 'close'; readonly incident: Incident } | { readonly kind: 'recipe'; readonly from: Recipe | null } | { readonly kind: 'approve'; readonly recipe: Recipe };

export function IncidentsScreen() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const { data, error, refetch } = useAnswer('incidents.list', {}, { keep: true });
  const recipesAnswer = useAnswer('recipes.list', {}, { keep: true });
  const recipes = recipesAnswer.data ?? [];
  const incidentsInSight = usePages(data ?? []);
  const recipesInSight = usePages(recipes);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <PageHead title={m.screens.incidents} meta={data === undefined ? '' : m.incidents.open(data.filter(({ closedAt }) => closedAt === null).length)}>
        <PageActs acts={[
          ...(may('recipes.add') ? [{ id: 'add-recipe', label: m.incidents.addRecipe, keys: 'R', run: () => setOpen({ kind: 'recipe', from: null }) }] : []),
          ...(may('incidents.create') ? [{ id: 'open-incident', label: m.incidents.create, keys: 'N', primary: true, run: () => setOpen({ kind: 'create' }) }] : []),
        ]} />
      </PageHead>
      <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.screens.incidents}>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={3} /> : (
          <><table className={table['table']}>
            <thead><tr>
              <th scope="col">{m.incidents.one}</th><th scope="col">{m.incidents.recipe}</th><th scope="col">{m.incidents.state}</th><th scope="col" className={table['num']}>{m.incidents.hostsOpen}</th><th scope="col" className={table['num']}>{m.incidents.rotationsOpen}</th>
              <th scope="col" className={table['num']}>{m.incidents.mediaOut}</th><th scope="col"><span className={text['hiddenText']}>{m.incidents.acts}</span></th>
            </tr></thead>
            <tbody>
              {incidentsInSight.rows.map((incident) => (
                <tr key={incident.incidentId}>
                  <th scope="row" className={classNames(table['grow'], table['wrap'], styles['named'], styles['whole'])}>{incident.name}</th>
                  <td className={classNames(text['code'], styles['foldable'])}>{incident.recipeId} {incident.recipeVersion ?? <span className={text['danger']}>{m.incidents.noneApproved}</span>}</td>
                  <td>{incident.closedAt === null ? m.incidents.isOpen : m.incidents.closed(incident.closedBy ?? '', format.short(incident.closedAt, Date.now()))}</td>
                  <td className={table['num']}>{format.number(incident.hostsOpen)}</td><td className={table['num']}>{format.number(incident.rotationsOpen)}</td><td className={table['num']}>{format.number(incident.mediaOut)}</td>
                  <td className={styles['acts']}>{incident.closedAt === null && may('incidents.close') ? <Button look="quiet" aria-label={m.incidents.closeAct(incident.name)} onClick={() => setOpen({ kind: 'close', incident })}>{m.incidents.close}</Button> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>{incidentsInSight.pager}</>
        )}
        <section>
          <div className={styles['sectionHead']}><SectionHead title={m.incidents.recipes} aside={m.incidents.recipesNote} /></div>
          {recipesAnswer.error !== null ? <div className={styles['pad']}><Failure failure={recipesAnswer.error} onRetry={() => void recipesAnswer.refetch()} /></div> : recipesAnswer.data === undefined ? <Loading rows={2} /> : <><table className={table['table']}>
            <thead><tr><th scope="col">{m.incidents.recipe}</th><th scope="col">{m.incidents.file}</th><th scope="col">{m.incidents.approval}</th><th scope="col" className={table['num']}>{m.incidents.attempts}</th><th scope="col"><span className={text['hiddenText']}>{m.incidents.acts}</span></th></tr></thead>
            <tbody>{recipesInSight.rows.map((recipe) => <RecipeRow key={`${recipe.recipeId} ${recipe.version}`} recipe={recipe} isNewest={recipes[recipes.indexOf(recipe) - 1]?.recipeId !== recipe.recipeId} onOpen={setOpen} />)}</tbody>
          </table>{recipesInSight.pager}</>}
        </section>
      </div>
      {open === null ? null : open.kind === 'create' ? <OpenIncident recipes={[...new Set(recipes.map(({ recipeId }) => recipeId))]} onClose={close} /> : open.kind === 'close' ? <CloseIncident incident={open.incident} isLast={(data ?? []).every(({ incidentId, closedAt }) => closedAt !== null || incidentId === open.incident.incidentId)} onClose={close} />
        : open.kind === 'recipe' ? <RecipeEditor from={open.from} onClose={close} /> : <ApproveRecipe recipe={open.recipe} onClose={close} />}
    </>
  );
}

function RecipeRow({ recipe, isNewest, onOpen }: { readonly recipe: Recipe; readonly isNewest: boolean; readonly onOpen: (open: Open) => void }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const isOwn = useOperator().name.toLowerCase() === recipe.addedBy.toLowerCase();
  return (
    <tr>
      <th scope="row" className={classNames(table['wrap'], styles['named'])}><span className={classNames(text['code'], text['nowrap'])}>{recipe.recipeId} {recipe.version}</span><div className={text['muted']}>{recipe.title}</div></th>
      <td className={classNames(table['grow'], table['wrap'], table['read'])}><span className={classNames(text['code'], styles['whole'])}>{recipe.path}\{recipe.pattern}</span><div className={text['muted']}>{m.incidents.rule(recipe.header, recipe.keepFrom === null ? null : recipe.keepFrom.replace('.000Z', 'Z'))}</div></td>
      <td className={classNames(table['wrap'], styles['approval'])}>{recipe.approvedBy === null ? m.incidents.waits(recipe.addedBy) : m.incidents.approvedBy(recipe.approvedBy)}</td>
      <td className={table['num']}>{format.number(recipe.attempts)}</td>
      <td className={styles['acts']}>
        {recipe.approvedBy === null && may('recipes.approve') ? <Button disabled={isOwn} title={isOwn ? m.incidents.notOwn : undefined} onClick={() => onOpen({ kind: 'approve', recipe })}>{m.incidents.approve}</Button> : null}
        {isNewest && may('recipes.add') ? <Button look="quiet" aria-label={m.incidents.newVersionOf(recipe.recipeId)} onClick={() => onOpen({ kind: 'recipe', from: recipe })}>{m.incidents.newVersion}</Button> : null}
      </td>
    </tr>
  );
}

function ApproveRecipe({ recipe, onClose }: { readonly recipe: Recipe; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const name = `${recipe.recipeId} ${recipe.version}`;
  const approve = (): void => act.run(async () => {
    await api.call('recipes.approve', { recipeId: recipe.recipeId, version: recipe.version });
    onClose();
    toast({ text: m.incidents.approvedToast(name) });
  });
  return (
    <ActDialog title={m.incidents.approveTitle(name)} lead={m.incidents.approveLead(recipe.addedBy)} act={m.incidents.approveAct(name)} busy={act.busy} failure={act.failure} onClose={onClose} onAct={approve}>
      <Facts facts={[
        [m.incidents.recipeTitle, recipe.title], [m.incidents.file, <span key="file" className={classNames(text['code'], styles['whole'])}>{recipe.path}\{recipe.pattern}</span>],
        [m.incidents.header, recipe.header === '' ? m.incidents.anyHeader : <span key="header" className={classNames(text['code'], styles['whole'])}>{recipe.header.replace(/..(?=.)/g, '$& ')}</span>], [m.incidents.olderThan, recipe.keepFrom === null ? m.incidents.anyTime : <span key="time" className={text['code']}>{recipe.keepFrom.replace('.000Z', 'Z')}</span>],
      ]} />
    </ActDialog>
  );
}
