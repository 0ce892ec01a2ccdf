// Has Intune rotate what was disclosed, host by host, while the supervisor looks on. What was not accepted is named with the reason.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import dialog from '../../parts/dialog.module.css';
import { Check, Field, Input } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useAtWork } from '../../use-at-work.ts';
import { TenantWaits } from '../imports/tenant-waits.tsx';

type Event = Output<'rotations.request'>;
type Request = Extract<Event, { kind: 'host' }>['request'];
const CLIENT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Hosts that were not asked are few, or all for one reason. */
const SHOWN = 50;

export function RequestRotations({ due, asked, onClose }: { readonly due: number; readonly asked: number; readonly onClose: () => void }) {
  const m = useMessages();
  const api = useApi();
  const control = useRef<AbortController | null>(null);
  const [tenant, setTenant] = useState('');
  const [client, setClient] = useState('');
  const [certificatePath, setCertificatePath] = useState('');
  const [again, setAgain] = useState(due === 0);
  const [running, setRunning] = useState(false);
  useAtWork(running);
  const [code, setCode] = useState<Extract<Event, { kind: 'device-code' }> | null>(null);
  const [waiting, setWaiting] = useState<string | null>(null);
  const [progress, setProgress] = useState<Extract<Event, { kind: 'progress' }> | null>(null);
  const [done, setDone] = useState<Extract<Event, { kind: 'done' }> | null>(null);
  const [missed, setMissed] = useState<readonly Request[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  const ready = tenant.trim() !== '' && CLIENT.test(client.trim()) && (due > 0 || again);
  const run = async (): Promise<void> => {
    const { signal } = (control.current = new AbortController());
    setRunning(true);
    setFailure(null);
    setMissed([]);
    setDone(null);
    setWaiting(null);
    try {
      for await (const event of api.stream('rotations.request', { tenant: tenant.trim(), client: client.trim(), again, ...(certificatePath.trim() === '' ? {} : { certificatePath: certificatePath.trim() }) }, signal)) {
        setCode(event.kind === 'device-code' ? event : null);
        if (event.kind === 'progress') setProgress(event);
        else if (event.kind === 'waiting') setWaiting(event.until);
        else if (event.kind === 'done') setDone(event);
        else if (event.kind === 'host' && event.request.outcome !== 'asked') setMissed((before) => [...before, event.request]);
      }
    } catch (error) {
      if (!signal.aborted) setFailure(error);
    }
    setRunning(false);
  };
  const close = (): void => { control.current?.abort(); onClose(); };
  return (
    <Dialog title={m.rotationLive.title} wide onClose={close}>
      <form onSubmit={(event) => { event.preventDefault(); if (done !== null) close(); else if (ready && !running) void run(); }}>
        <div className={dialog['body']}>
          <p className={dialog['lead']}>{m.rotationLive.lead}</p>
          <Field label={m.sources.tenantName}>{(wiring) => <Input {...wiring} code autoFocus disabled={running} value={tenant} placeholder="corp.example" onChange={(event) => setTenant(event.target.value)} />}</Field>
          <Field label={m.sources.client}>{(wiring) => <Input {...wiring} code disabled={running} value={client} placeholder="00000000-0000-0000-0000-000000000000" onChange={(event) => setClient(event.target.value)} />}</Field>
          <Field label={m.sources.certificateFile} aside={m.common.optional}>{(wiring) => <Input {...wiring} code disabled={running} value={certificatePath} onChange={(event) => setCertificatePath(event.target.value)} />}</Field>
          <Check label={m.rotation.again(asked)} checked={again} disabled={running} onChange={(event) => setAgain(event.target.checked)} />
          <p className={text['small']}>{m.rotationLive.rights}</p>
          {code === null ? null : <Notice kind="info">{m.sources.enterCode(code.url)} <b className={text['code']}>{code.userCode}</b></Notice>}
          <span role="status">{progress === null || done !== null ? null : m.rotationLive.progress(progress.done, progress.hosts)}</span>
          <TenantWaits until={running ? waiting : null} />
          {done === null ? null : <Notice kind={done.notAsked === 0 ? 'done' : 'warning'}>{m.rotationLive.done(done.asked, done.notAsked)}</Notice>}
          {missed.length === 0 ? null : (
            <table className={table['table']} aria-label={m.rotationLive.notAsked}>
              <tbody>{missed.slice(0, SHOWN).map((request, index) => <tr key={index}><th scope="row" className={text['code']}>{request.hostname}</th><td>{m.rotationLive.things[request.what]}</td><td className={table['grow']}>{m.rotationLive.outcomes[request.outcome]}{request.why === null ? '' : ` (${request.why})`}</td></tr>)}</tbody>
            </table>
          )}
          {missed.length > SHOWN ? <p className={text['muted']}>{m.rotationLive.more(missed.length - SHOWN)}</p> : null}
          <Failure failure={failure} />
        </div>
        <div className={dialog['acts']}>
          {done === null ? <Button onClick={close}>{m.common.cancel}</Button> : null}
          <Button look="primary" type="submit" disabled={done === null && (!ready || running)}>{done !== null ? m.rotationLive.close : m.rotationLive.act}</Button>
        </div>
      </form>
    </Dialog>
  );
}
