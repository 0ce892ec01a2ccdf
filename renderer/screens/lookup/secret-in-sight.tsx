// What holds for every secret in sight, whichever it is: it hides by itself and when the page goes, the window is closed to screen capture,
// what was copied goes with it, and the call that wanted it ends with an outcome.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutcome } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useTransport } from '../../desk.tsx';
import type { Command } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { Ring } from '../../parts/secret.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct, type Act } from '../../use-act.ts';
import { useHidesByItself } from '../../use-hides-by-itself.ts';
import styles from './disclosed.module.css';

/** A screen reader hears the time at these moments. */
const SAID_AT_SECONDS = [60, 10];

export type OnHide = (how: 'by-itself' | 'by-hand' | CallOutcome) => void;

export interface SecretInSight {
  readonly leftMs: number; readonly hideAfterMs: number; readonly capture: 'closed' | 'open' | null; readonly act: Act;
  /** Null where the policy does not let it be copied. */
  readonly copy: (() => void) | null;
  /** Ends the call, and with it what is in sight. */
  readonly end: (outcome: CallOutcome) => void;
  readonly hide: () => void;
}

/** @param secret Stays here: in no state, no cache, no node. */
export function useSecretInSight(secret: string, { hideAfterMs, callId }: { readonly hideAfterMs: number; readonly callId: number }, onHide: OnHide): SecretInSight {
  const m = useMessages();
  const api = useApi();
  const transport = useTransport();
  const toast = useToast();
  const act = useAct();
  const copied = useRef(false);
  const mayCopy = useAnswer('policies.get', {}, { keep: true }).data?.clipboardAllowed === true;
  const [capture, setCapture] = useState<'closed' | 'open' | null>(null);
  const leftMs = useHidesByItself(hideAfterMs, useCallback(() => onHide('by-itself'), [onHide]));

  // As long as it is in sight, whatever screen it is on.
  useEffect(() => {
    void transport.protectScreen(true).catch(() => false).then((closed) => setCapture(closed ? 'closed' : 'open'));
    return () => { void transport.protectScreen(false).catch(() => false); };
  }, [transport]);

  // What was copied goes with it, if it is still there. Said after what hiding itself says.
  useEffect(() => () => {
    if (copied.current) void transport.clearCopied().then((after) => { if (after !== 'not-ours') toast({ text: after === 'cleared' ? m.disclosed.cleared : m.disclosed.stillCopied }); }, () => undefined);
  }, [transport, toast, m]);
  const copy = (): void => act.run(async () => {
    await transport.copySecret(secret);
    copied.current = true;
    toast({ text: m.disclosed.copied });
  });
  const end = (outcome: CallOutcome): void => act.run(async () => {
    await api.call('calls.close', { callId, outcome });
    onHide(outcome);
  });
  return { leftMs, hideAfterMs, capture, act, copy: mayCopy ? copy : null, end, hide: () => onHide('by-hand') };
}

/** The keys of it, for `useCommands`. */
export function useSecretCommands({ copy, hide }: SecretInSight): readonly Command[] {
  const m = useMessages();
  return [
    ...(copy === null ? [] : [{ id: 'copy', label: m.disclosed.copy, keys: 'Ctrl+C', run: copy }]),
    { id: 'hide', label: m.disclosed.hideNow, keys: 'Escape', bar: m.disclosed.hideKey, run: hide },
  ];
}

/** The acts in the head of the page: copy, the one asked for, hide. */
export function SecretActs({ inSight, code, onCode, codeWord }: { readonly inSight: SecretInSight; readonly code: boolean; readonly onCode: () => void; /** What the code hides. */ readonly codeWord: string }) {
  const m = useMessages();
  return (
    <>
      {inSight.copy === null ? null : <Button keys="Ctrl+C" onClick={inSight.copy}>{m.disclosed.copy}</Button>}
      <Button keys="C" onClick={onCode}>{code ? codeWord : m.calls.codes}</Button>
      <Button icon="eye-off" keys="Escape" onClick={inSight.hide}>{m.disclosed.hideNow}</Button>
    </>
  );
}

/** How long it stays, beside its frame. */
export function UntilHidden({ inSight: { leftMs, hideAfterMs } }: { readonly inSight: Pick<SecretInSight, 'leftMs' | 'hideAfterMs'> }) {
  const m = useMessages();
  const format = useFormat();
  return <><span className={styles['time']}>{format.countdown(leftMs)}</span><span className={text['muted']}>{m.disclosed.untilHidden}</span><Ring part={leftMs} whole={hideAfterMs} /></>;
}

/** The time, for who hears the page. */
export function SecretWatch({ inSight: { leftMs } }: { readonly inSight: Pick<SecretInSight, 'leftMs'> }) {
  const m = useMessages();
  const seconds = Math.ceil(leftMs / 1000);
  return <span className={text['hiddenText']} role="status">{SAID_AT_SECONDS.includes(seconds) ? m.disclosed.secondsLeft(seconds) : ''}</span>;
}

/** Under the frame: what holds for it, and whether the screen is closed to capture. */
export function SecretNote({ inSight: { capture }, says }: { readonly inSight: SecretInSight; readonly says: string }) {
  const m = useMessages();
  return <>{says}{capture === null ? '' : ` ${capture === 'closed' ? m.disclosed.captureClosed : m.disclosed.captureOpen}.`}</>;
}
