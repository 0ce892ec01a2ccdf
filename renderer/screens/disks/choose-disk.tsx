// Which disk: those the system lists, or a path.
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useTransport } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageHead, SectionHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import { goTo } from '../../use-place.ts';
import styles from './disks.module.css';

type Disk = Output<'volumes.disks'>[number];

export function ChooseDisk() {
  const m = useMessages();
  const transport = useTransport();
  const [path, setPath] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const act = useAct();
  const { data, error, refetch, isFetching } = useAnswer('volumes.disks', {});
  useCommands([{ id: 'choose-disk', label: m.disks.chooseKey, keys: 'ArrowUp ArrowDown', bar: m.disks.chooseKey }, { id: 'list-again', label: m.disks.listAgain, run: () => void refetch() }]);
  const choose = (): void => act.run(async () => {
    const [file] = await transport.pickFiles({ multiple: false, purpose: 'results' });
    if (file !== undefined) open(file.path);
  });
  /** Arrows move from the field into the list and within it. */
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    if (step === 0 || rows.length === 0) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row === document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  return (
    <>
      <PageHead title={m.screens.disks} meta={m.disks.readOnly} />
      <div className={classNames(text['scroll'], styles['page'])} onKeyDown={move}>
        <form className={styles['way']} onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '') open(path.trim()); }}>
          <p className={text['soft']}>{m.disks.lead}</p>
          <div className={styles['row']}>
            <Field label={m.disks.path} aside={m.disks.pathAside}>{(wiring) => <Input {...wiring} code autoFocus value={path} onChange={(event) => setPath(event.target.value)} />}</Field>
            <Button icon="file" disabled={act.busy} onClick={choose}>{m.disks.chooseFile}</Button>
            <Button look="primary" type="submit" disabled={path.trim() === ''}>{m.disks.inspect}</Button>
          </div>
          <Failure failure={act.failure} />
        </form>
        <section>
          <div className={styles['sectionHead']}><SectionHead title={m.disks.attached} end={<Button look="quiet" disabled={isFetching} onClick={() => void refetch()}>{m.disks.listAgain}</Button>} /></div>
          {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={4} /> : data.length === 0 ? <Empty title={m.disks.noneAttached} ways={[{ label: m.disks.listAgain, onClick: () => void refetch() }, { label: m.disks.chooseFile, onClick: choose }]}>{m.disks.noneAttachedLead}</Empty> : (
            <ul ref={list}>{data.map((disk) => <DiskRow key={disk.path} disk={disk} />)}</ul>
          )}
        </section>
      </div>
    </>
  );
}

function DiskRow({ disk }: { readonly disk: Disk }) {
  const m = useMessages();
  const format = useFormat();
  const facts = [disk.kind === 'partition' ? m.disks.partition : m.disks.wholeDisk, disk.inUse ? m.disks.inUse : ''].filter((fact) => fact !== '').join(', ');
  return (
    <li className={classNames(styles['disk'], disk.kind === 'partition' && styles['inner'])}>
      <Icon name={disk.kind === 'partition' ? 'minus' : 'disks'} />
      <span className={styles['diskName']}>
        <button type="button" className={styles['open']} onClick={() => open(disk.path)}><b>{disk.name ?? disk.path}</b></button>
        <span className={classNames(text['small'], text['muted'])}>{facts}</span>
      </span>
      <span className={styles['lock']}>{disk.bitLocker ? <><Icon name="vault-closed" />{m.disks.bitLocker}</> : null}</span>
      <span className={classNames(text['code'], text['soft'], text['cut'])}>{disk.name === null ? disk.serial : disk.path}</span>
      <span className={text['num']}>{format.size(disk.sizeBytes)}</span>
    </li>
  );
}

const open = (path: string): void => goTo('disks', { path });
