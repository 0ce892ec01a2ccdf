// Where files are chosen, dropped, or named by their path on this computer.
import { useRef, useState } from 'react';
import { useTransport } from '../../desk.tsx';
import { filesWithin, useDroppedFiles } from '../../dropped-files.ts';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import { useMessages } from '../../preferences.tsx';
import type { FilePurpose, Receiving } from '../../transport.ts';
import { useAct } from '../../use-act.ts';
import styles from './imports.module.css';

interface TakeInProps { readonly purpose: FilePurpose; readonly act: string; readonly lead: string; readonly pathAct: string; readonly disabled: boolean; readonly whyNot: string | null; readonly onPaths: (paths: readonly string[]) => void }

export function TakeIn({ purpose, act: label, lead, pathAct, disabled, whyNot, onPaths }: TakeInProps) {
  const m = useMessages();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const [receiving, setReceiving] = useState<{ readonly received: number; readonly of: number } | null>(null);
  const control = useRef<AbortController | null>(null);
  const act = useAct();
  const take = (work: (watch: Receiving) => ReturnType<typeof transport.receiveFiles>): void => act.run(async () => {
    const { signal } = (control.current = new AbortController());
    try {
      const files = await work({ signal, tell: (received, of) => setReceiving({ received, of }) });
      if (files.length > 0) onPaths(files.map((file) => file.path));
    } catch (failure) {
      if (!signal.aborted) throw failure;
    } finally {
      setReceiving(null);
    }
  });
  const isClosed = disabled || receiving !== null;
  const stop = (): void => control.current?.abort();
  const over = useDroppedFiles(isClosed ? null : (dropped) => take(async (watch) => transport.receiveFiles(transport.runtime === 'browser' ? await filesWithin(dropped) : dropped.files, watch)));
  useCommands([{ id: 'cancel-receiving', label: m.imports.cancelRun, keys: 'Escape', bar: m.common.cancel, enabled: receiving !== null, run: stop }]);
  return (
    <section className={classNames(styles['takeIn'], over && styles['over'])}>
      <div className={styles['drop']}>
        <Icon name="imports" large />
        <div className={styles['dropText']}><h2>{m.imports.drop}</h2><p>{whyNot ?? lead}</p></div>
        <Button look="primary" disabled={isClosed || act.busy} onClick={() => take((watch) => transport.pickFiles({ multiple: true, purpose }, watch))}>{label}</Button>
      </div>
      <form className={styles['path']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '' && !isClosed) { onPaths([path.trim()]); setPath(''); } }}>
        <Field label={m.imports.path} aside={purpose === 'results' ? m.imports.resultsPathNote : m.imports.pathNote}>{(wiring) => <Input {...wiring} code disabled={isClosed} value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
        <Button type="submit" disabled={isClosed || path.trim() === ''}>{pathAct}</Button>
      </form>
      {receiving === null ? null : (
        <div className={styles['receiving']} aria-live="polite">
          <SectionHead title={m.imports.receiving(receiving.received + 1, receiving.of)} end={<Button onClick={stop}>{m.imports.cancelRun}</Button>} />
          <ProgressBar part={receiving.received} whole={receiving.of} label={m.imports.reading} />
        </div>
      )}
      <Failure failure={act.failure} />
    </section>
  );
}
