// The paper fallback: choose a site, a second operator signs in, then the sheet is in sight and can be printed. It goes when it is closed.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, Input, PassphraseField, Select } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import type { qrCode } from '../../scanner-code.ts';
import { useAct } from '../../use-act.ts';
import { PaperSheets } from './paper-sheets.tsx';

type Paper = Output<'paper.print'>;
type Draw = typeof qrCode;

export function PrintPaper() {
  const m = useMessages();
  const [asking, setAsking] = useState(false);
  const [printed, setPrinted] = useState<{ readonly paper: Paper; readonly draw: Draw } | null>(null);
  return (
    <>
      <Button icon="print" onClick={() => setAsking(true)}>{m.paper.print}</Button>
      {asking ? <Ask onClose={() => setAsking(false)} onPrinted={(paper, draw) => { setAsking(false); setPrinted({ paper, draw }); }} /> : null}
      {printed === null ? null : <PaperSheets {...printed} onClose={() => setPrinted(null)} />}
    </>
  );
}

function Ask({ onClose, onPrinted }: { readonly onClose: () => void; readonly onPrinted: (paper: Paper, draw: Draw) => void }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const { data: sites } = useAnswer('paper.sites', {});
  const fourEyes = useAnswer('policies.get', {}).data?.fourEyesPrinting ?? true;
  const [site, setSite] = useState<string | null>(null);
  const [second, setSecond] = useState('');
  const [ticket, setTicket] = useState('');
  const passphrase = useRef<HTMLInputElement>(null);
  const chosen = site === null ? undefined : sites?.[Number(site)];
  const print = (): void => act.run(async () => {
    if (chosen === undefined) return;
    const { qrCode } = await import('../../scanner-code.ts'); // first: nothing is disclosed that can not be drawn
    onPrinted(await api.call('paper.print', { site: chosen.site, reason: 'mass-incident', ...(fourEyes ? { secondOperator: second.trim(), secondPassphrase: passphrase.current?.value ?? '' } : {}), ...(ticket.trim() === '' ? {} : { ticket: ticket.trim() }) }), qrCode);
  });
  return (
    <ActDialog title={m.paper.title} lead={m.paper.lead} act={m.paper.act(chosen?.keyRecords ?? 0)} danger canAct={chosen !== undefined && (!fourEyes || second.trim() !== '')} busy={act.busy} failure={act.failure} onClose={onClose} onAct={print}>
      <Field label={m.paper.site}>
        {(wiring) => (
          <Select {...wiring} autoFocus value={site ?? ''} onChange={(event) => setSite(event.target.value)}>
            <option value="" disabled hidden />
            {(sites ?? []).map((one, index) => <option key={one.site ?? ''} value={index}>{`${one.site ?? m.paper.noSite}: ${m.common.hosts(one.hosts)}, ${m.common.keys(one.keyRecords)}`}</option>)}
          </Select>
        )}
      </Field>
      {fourEyes ? <>
        <Field label={m.paper.second} note={m.paper.secondNote}>{(wiring) => <Input {...wiring} value={second} maxLength={64} onChange={(event) => setSecond(event.target.value)} />}</Field>
        <PassphraseField label={m.paper.passphrase} field={passphrase} />
      </> : null}
      <Field label={m.lookup.ticket} aside={m.common.optional}>{(wiring) => <Input {...wiring} code value={ticket} maxLength={64} onChange={(event) => setTicket(event.target.value)} />}</Field>
    </ActDialog>
  );
}
