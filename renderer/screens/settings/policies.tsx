// Policies of the desk: everybody sees them, a supervisor sets them.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { CALL_STEPS, POLICY_LIMITS } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Input, Segments } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from '../list-screen.module.css';

type Policies = Output<'policies.get'>;
type Flag = 'fourEyesPrinting' | 'fourEyesPurge' | 'clipboardAllowed' | 'mediaWithoutPasscodeAllowed';
type Count = keyof typeof POLICY_LIMITS;

export function PolicySettings() {
  const m = useMessages();
  const { data, error, refetch } = useAnswer('policies.get', {}, { keep: true });
  return (
    <>
      <h2 className={styles['group']}>{m.policies.title}</h2>
      {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>
        : data === undefined ? <Loading rows={4} /> : <PolicyForm key={JSON.stringify(data)} policies={data} />}
    </>
  );
}

/** Begins anew, by its key, when somebody else has saved meanwhile. */
function PolicyForm({ policies }: { readonly policies: Policies }) {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const maySet = useMay()('policies.set');
  const [draft, setDraft] = useState(policies);
  const [typed, setTyped] = useState<Readonly<Record<Count, string>>>({ disclosureRateCount: String(policies.disclosureRateCount), disclosureRateMinutes: String(policies.disclosureRateMinutes), hideAfterS: String(policies.hideAfterS) });
  const wrong = (name: Count): string | null => isWithin(typed[name], name) ? null : m.policies.outOfRange(POLICY_LIMITS[name][0], POLICY_LIMITS[name][1]);
  const ready = (['disclosureRateCount', 'disclosureRateMinutes', 'hideAfterS'] as const).every((name) => wrong(name) === null);
  const save = (): void => act.run(async () => {
    await api.call('policies.set', { ...draft, callSteps: [...draft.callSteps], disclosureRateCount: Number(typed.disclosureRateCount), disclosureRateMinutes: Number(typed.disclosureRateMinutes), hideAfterS: Number(typed.hideAfterS) });
    toast({ text: m.policies.saved, undo: () => api.call('policies.set', { ...policies, callSteps: [...policies.callSteps] }) });
  });
  const count = (name: Count, label: string) => (
    <Field label={label} error={wrong(name)}>{(wiring) => <Input {...wiring} inputMode="numeric" size={6} maxLength={5} disabled={!maySet} value={typed[name]} onChange={(event) => setTyped({ ...typed, [name]: event.target.value })} />}</Field>
  );
  const flag = (name: Flag, title: string, note: string, [on, off]: readonly [string, string]) => (
    <div className={styles['setting']}>
      <div><h3>{title}</h3><p>{note}</p></div>
      <div>{maySet ? <Segments label={title} value={draft[name] ? 'on' : 'off'} options={[{ value: 'on', label: on }, { value: 'off', label: off }]} onChange={(value) => setDraft({ ...draft, [name]: value === 'on' })} /> : draft[name] ? on : off}</div>
    </div>
  );
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (ready && !act.busy) save(); }}>
      <p className={`${styles['pad'] ?? ''} ${text['soft'] ?? ''}`}>{m.policies.lead}</p>
      <div className={styles['setting']}>
        <div><h3>{m.policies.callSteps}</h3><p>{m.policies.callStepsNote}</p></div>
        <div className={styles['roles']} role="group" aria-label={m.policies.callSteps}>
          {CALL_STEPS.map((step) => <Check key={step} label={m.words.callStep[step]} disabled={!maySet} checked={draft.callSteps.includes(step)} onChange={(event) => setDraft({ ...draft, callSteps: event.target.checked ? [...draft.callSteps, step] : draft.callSteps.filter((other) => other !== step) })} />)}
        </div>
      </div>
      {flag('fourEyesPrinting', m.policies.fourEyes, m.policies.fourEyesNote, [m.policies.required, m.policies.notRequired])}
      {flag('fourEyesPurge', m.policies.purge, m.policies.purgeNote, [m.policies.required, m.policies.notRequired])}
      <div className={styles['setting']}>
        <div><h3>{m.policies.rate}</h3><p>{m.policies.rateNote}</p></div>
        <div className={styles['counts']}>{count('disclosureRateCount', m.policies.rateCount)}{count('disclosureRateMinutes', m.policies.rateMinutes)}</div>
      </div>
      <div className={styles['setting']}>
        <div><h3>{m.policies.hide}</h3><p>{m.policies.hideNote}</p></div>
        <div className={styles['counts']}>{count('hideAfterS', m.policies.seconds)}</div>
      </div>
      {flag('clipboardAllowed', m.policies.clipboard, m.policies.clipboardNote, [m.policies.allowed, m.policies.forbidden])}
      {flag('mediaWithoutPasscodeAllowed', m.policies.openMedia, m.policies.openMediaNote, [m.policies.allowed, m.policies.forbidden])}
      {maySet ? <div className={styles['section']}><Failure failure={act.failure} /><div><Button type="submit" disabled={!ready || act.busy}>{m.policies.save}</Button></div></div> : null}
    </form>
  );
}

const isWithin = (typed: string, name: Count): boolean => {
  const [least, most] = POLICY_LIMITS[name];
  return /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
};
