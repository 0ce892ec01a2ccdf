// Inspect an image: what medium it is, and whether every file is as the manifest says.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi, useTransport } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Input } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts, PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { goTo } from '../../use-place.ts';
import { LoaderLines } from './loader-lines.tsx';
import { recipeLabel } from './medium-labels.ts';
import styles from './media.module.css';

export function InspectMedium() {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const [facts, setFacts] = useState<Output<'media.inspect'> | null>(null);
  const act = useAct();
  useCommands([{ id: 'leave', label: m.common.back, keys: 'Escape', bar: m.common.back, run: () => goTo('media') }]);
  const inspect = async (at: string): Promise<void> => {
    setFacts(null);
    setFacts(await api.call('media.inspect', { path: at }));
  };
  const choose = (): void => act.run(async () => {
    const [file] = await transport.pickFiles({ multiple: false, purpose: 'results' });
    if (file === undefined) return;
    setPath(file.path);
    await inspect(file.path);
  });
  return (
    <>
      <PageHead title={m.media.inspectTitle} />
      <div className={text['scroll']}>
        <form className={styles['writing']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !act.busy) act.run(() => inspect(path.trim())); }}>
          <p className={text['soft']}>{m.media.inspectLead}</p>
          <div className={styles['row']}>
            <Field label={m.media.inspectPath} aside={m.media.orPath}>{(wiring) => <Input {...wiring} code autoFocus value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
            <Button icon="file" disabled={act.busy} onClick={choose}>{m.media.chooseFile}</Button>
            <Button look="primary" type="submit" disabled={path.trim() === '' || act.busy}>{act.busy ? m.media.inspecting : m.media.inspect}</Button>
          </div>
          <Failure failure={act.failure} />
          {facts === null ? null : (
            <>
              {facts.mismatches.length === 0 ? <Notice kind="done">{m.media.intact}</Notice> : <Notice kind="danger">{m.media.mismatches(facts.mismatches.length)}: {facts.mismatches.join(', ')}</Notice>}
              <Facts facts={[
                [m.media.medium, <span className={text['code']}>{facts.mediaId}</span>],
                [m.media.known, facts.known ? m.media.yes : m.media.no],
                [m.media.created, facts.createdAt === null ? m.common.unknown : format.dateTime(facts.createdAt)],
                [m.media.expires, facts.expiresAt === null ? m.media.never : format.dateTime(facts.expiresAt)],
                [m.media.architecture, facts.architecture],
                [m.media.language, facts.language],
                [m.media.recipe, facts.recipe === null ? null : recipeLabel(facts.recipe, m)],
                [m.media.payload, facts.payload === null ? null : <span className={text['code']}>{facts.payload}</span>],
                [m.media.files, format.number(facts.files)],
                [m.media.entries, facts.entries === null ? null : format.number(facts.entries)],
                [m.media.slots, facts.slots === null ? null : format.number(facts.slots)],
                [m.media.results, format.number(facts.results)],
              ]} />
              <LoaderLines loaders={facts.loaders} findings={facts.findings} />
            </>
          )}
        </form>
      </div>
    </>
  );
}
