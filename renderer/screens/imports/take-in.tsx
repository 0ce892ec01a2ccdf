// Where files are chosen, dropped, or named by their path on this computer.
import { useState } from 'react';
import { useTransport } from '../../desk.tsx';
import { useDroppedFiles } from '../../dropped-files.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/notice.tsx';
import { useMessages } from '../../preferences.tsx';
import type { FilePurpose } from '../../transport.ts';
import { useAct } from '../../use-act.ts';
import styles from './imports.module.css';

interface TakeInProps { readonly purpose: FilePurpose; readonly act: string; readonly lead: string; readonly pathAct: string; readonly disabled: boolean; readonly whyNot: string | null; readonly onPaths: (paths: readonly string[]) => void }

export function TakeIn({ purpose, act: label, lead, pathAct, disabled, whyNot, onPaths }: TakeInProps) {
  const m = useMessages();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const act = useAct();
  const take = (work: () => ReturnType<typeof transport.receiveFiles>): void => act.run(async () => {
    const files = await work();
    if (files.length > 0) onPaths(files.map((file) => file.path));
  });
  const over = useDroppedFiles(disabled ? null : (files) => take(() => transport.receiveFiles(files)));
  return (
    <section className={classNames(styles['takeIn'], over && styles['over'])}>
      <div className={styles['drop']}>
        <Icon name="imports" large />
        <div className={styles['dropText']}><h2>{m.imports.drop}</h2><p>{whyNot ?? lead}</p></div>
        <Button look="primary" disabled={disabled || act.busy} onClick={() => take(() => transport.pickFiles({ multiple: true, purpose }))}>{label}</Button>
      </div>
      <form className={styles['path']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !disabled) { onPaths([path.trim()]); setPath(''); } }}>
        <Field label={m.imports.path} aside={purpose === 'results' ? m.imports.resultsPathNote : m.imports.pathNote}>{(wiring) => <Input {...wiring} code disabled={disabled} value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
        <Button type="submit" disabled={disabled || path.trim() === ''}>{pathAct}</Button>
      </form>
      <Failure failure={act.failure} />
    </section>
  );
}
