// What a list of hosts says of them: that they are down, or nothing. Which of the two it is, a person can say in one act.
import { useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { useToast } from '../../toast.tsx';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useAct } from '../../use-act.ts';
import type { FileReport } from './file-reports.tsx';
import styles from './imports.module.css';

export function ListSays({ importFileId, list }: { readonly importFileId: number; readonly list: NonNullable<FileReport['list']> }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const may = useMay();
  const toast = useToast();
  const act = useAct();
  const say = (procedure: 'imports.sayDown' | 'imports.sayInventory'): void => act.run(async () => {
    const { changed } = await api.call(procedure, { importFileId });
    toast({ text: procedure === 'imports.sayDown' ? m.imports.list.setDown(changed) : m.imports.list.setKnown(changed) });
  });
  const { hosts, down, said, saidAt, saidBy } = list;
  const saidWhen = said === null || saidAt === null ? null : m.imports.list.said[said](saidBy ?? '', format.dateTime(saidAt));
  return (
    <>
      <Notice kind={down === 0 && said === null ? 'warning' : 'info'}>{saidWhen ?? (down === 0 ? m.imports.list.inventory(hosts) : m.imports.list.down(down, hosts))}</Notice>
      <div className={styles['above']}>
        {down < hosts && may('imports.sayDown') ? <Button onClick={() => say('imports.sayDown')} disabled={act.busy}>{m.imports.list.sayDown(hosts)}</Button> : null}
        {down > 0 && may('imports.sayInventory') ? <Button onClick={() => say('imports.sayInventory')} disabled={act.busy}>{m.imports.list.sayInventory}</Button> : null}
      </div>
      <Failure failure={act.failure} />
    </>
  );
}
