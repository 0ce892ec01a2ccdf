// How the call ended: chosen with 1, 2, 3 or the arrows, recorded with Enter.
import { useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { CALL_OUTCOMES, type CallOutcome as Outcome } from '../../../electron/core/codes.ts';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { KeyCaps } from '../../parts/key-caps.tsx';
import { useMessages } from '../../preferences.tsx';
import styles from './disclosed.module.css';

/** `goOn`: from the field above, Enter comes here; a second one records. */
export interface OutcomeHandle { readonly goOn: () => void }

interface CallOutcomeProps {
  readonly handle?: Ref<OutcomeHandle>;
  /** What it is likely to be: stands chosen until a person chooses, so that Enter records it from the moment it is in sight. */
  readonly likely?: Outcome | undefined;
  /** As the outcomes are called of what was let out; absent: of a recovery password. */
  readonly words?: Readonly<Record<Outcome, string>>;
  readonly busy: boolean;
  readonly onEnd: (outcome: Outcome) => void;
}

export function CallOutcome({ handle, likely, words, busy, onEnd }: CallOutcomeProps) {
  const m = useMessages();
  const outcomes = words ?? m.calls.outcomes;
  const [picked, setPicked] = useState<Outcome | null>(null);
  const chosen = picked ?? likely ?? null;
  const group = useRef<HTMLDivElement>(null);
  const focus = (outcome: Outcome): void => group.current?.querySelectorAll('button')[CALL_OUTCOMES.indexOf(outcome)]?.focus();
  // Before the picture is drawn: whoever sees it can press Enter.
  useLayoutEffect(() => { if (likely !== undefined && chosen !== null) focus(chosen); }, [likely]);
  const choose = (outcome: Outcome | undefined): void => {
    if (outcome === undefined) return;
    setPicked(outcome);
    focus(outcome);
  };
  const record = (): void => { if (chosen === null) choose(CALL_OUTCOMES[0]); else if (!busy) onEnd(chosen); };
  useImperativeHandle(handle, () => ({ goOn: () => choose(chosen ?? CALL_OUTCOMES[0]) }));
  useCommands([
    ...CALL_OUTCOMES.map((outcome, index) => ({ id: `outcome-${outcome}`, label: outcomes[outcome], keys: String(index + 1), run: () => choose(outcome) })),
    { id: 'record-outcome', label: m.calls.record, keys: 'Enter', bar: m.calls.recordKey, run: record },
  ]);
  const press = (event: KeyboardEvent): void => {
    const at = chosen === null ? -1 : CALL_OUTCOMES.indexOf(chosen);
    if (event.key === 'ArrowDown' || event.key === 'ArrowRight') choose(CALL_OUTCOMES[Math.min(CALL_OUTCOMES.length - 1, at + 1)]);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') choose(CALL_OUTCOMES[Math.max(0, at - 1)]);
    else if (event.key === 'Enter' && chosen !== null) record();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['outcome']}>
      <div ref={group} className={styles['outcomes']} role="group" aria-label={m.calls.outcome} onKeyDown={press}>
        {CALL_OUTCOMES.map((outcome, index) => <button key={outcome} type="button" aria-pressed={outcome === chosen} onClick={() => choose(outcome)}><span>{outcomes[outcome]}</span><KeyCaps keys={String(index + 1)} /></button>)}
      </div>
      <Button look="primary" wide keys="Enter" disabled={busy} onClick={record}>{m.calls.record}</Button>
    </div>
  );
}
