// A recovery password in sight: numbered groups, spoken mode, read-back, and a clock after which it hides by itself.
// It lives in the state of the lookup screen alone and goes with it: hidden, left, or the vault closed.
import { Fragment, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import type { DisclosureReason, IdentityCheck } from '../../../electron/core/codes.ts';
import { useApi } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import { Steps } from '../../parts/progress.tsx';
import { SecretFrame } from '../../parts/secret.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { Timeline } from '../../parts/timeline.tsx';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { GROUP_DIGITS, groupsOf, NOTHING_READ_BACK, readBack } from '../../read-back.ts';
import { spokenCharacter } from '../../spoken.ts';
import { CallOutcome as Outcome, type OutcomeHandle } from './call-outcome.tsx';
import type { KeyCandidate } from './candidates.ts';
import { ScannerCodes } from './scanner-codes.tsx';
import { useReadOut } from './use-read-out.ts';
import { SecretActs, SecretNote, SecretWatch, UntilHidden, useSecretCommands, useSecretInSight, type OnHide } from './secret-in-sight.tsx';
import styles from './disclosed.module.css';

export interface Disclosure extends Output<'disclosures.disclose'> {
  readonly record: KeyCandidate; readonly host: Output<'hosts.get'> | null; readonly reason: DisclosureReason; readonly ticket: string; readonly identity: IdentityCheck | null; readonly operator: string; readonly callId: number; readonly groupsRead: number;
}

export function Disclosed({ disclosure, onHide }: { readonly disclosure: Disclosure; readonly onHide: OnHide }) {
  const m = useMessages();
  const format = useFormat();
  const groups = useMemo(() => groupsOf(disclosure.recoveryPassword), [disclosure]);
  const field = useRef<HTMLInputElement>(null);
  const api = useApi();
  const { isReadOut, note: noteReadOut } = useReadOut(disclosure.disclosureId);
  const outcome = useRef<OutcomeHandle>(null);
  const [code, setCode] = useState(false);
  // Hidden in the middle and shown again, it goes on where it stood; all of it read back, it begins anew.
  const [back, setBack] = useState({ ...NOTHING_READ_BACK, matched: disclosure.groupsRead % groups.length });
  const [digit, setDigit] = useState(back.matched * GROUP_DIGITS);
  const inSight = useSecretInSight(disclosure.recoveryPassword, disclosure, onHide);
  const group = Math.floor(digit / GROUP_DIGITS);

  // Before the picture is drawn: what is typed from then on is read back. Without scrolling: the groups stay in sight.
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);

  const say = (at: (before: number) => number): void => { noteReadOut(); setDigit(at); };
  const next = (): void => say((before) => Math.min(groups.length * GROUP_DIGITS - 1, before + 1));
  const previous = (): void => say((before) => Math.max(0, before - 1));
  const repeat = (): void => say((before) => before - (before % GROUP_DIGITS));
  const secretCommands = useSecretCommands(inSight);
  useCommands([
    { id: 'code', label: m.calls.codes, keys: 'C', bar: m.calls.codesKey, run: () => setCode((before) => !before) },
    { id: 'next-digit', label: m.disclosed.nextDigit, keys: 'Space', bar: m.disclosed.nextKey, run: next },
    { id: 'next-digit-arrow', label: m.disclosed.nextDigit, keys: 'ArrowRight', run: next },
    { id: 'previous-digit', label: m.disclosed.backDigit, keys: 'ArrowLeft', bar: m.disclosed.backKey, run: previous },
    { id: 'repeat', label: m.disclosed.repeat, keys: 'R', bar: m.disclosed.repeatKey, run: repeat },
    ...secretCommands,
  ]);

  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const empty = event.currentTarget.value === '';
    if (event.key === 'Enter') outcome.current?.goOn();
    else if (event.key === ' ') next();
    else if (event.key === 'ArrowRight' && empty) next();
    else if (event.key === 'ArrowLeft' && empty) previous();
    else if (event.key.toLowerCase() === 'c' && !event.ctrlKey && !event.metaKey) setCode((before) => !before);
    else if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey) repeat();
    else return;
    event.preventDefault();
  };
  const read = (): void => {
    if (field.current === null) return;
    const after = readBack(groups, back, field.current.value);
    if (field.current.value !== after.partial) field.current.value = after.partial;
    if (after.matched > back.matched) {
      noteReadOut();
      setDigit(Math.min(groups.length - 1, after.matched) * GROUP_DIGITS);
      void api.call('calls.save', { callId: disclosure.callId, groupsRead: after.matched }).catch(() => undefined); // the sheet is a convenience here; the disclosure is on record
    }
    if (after.wrong && !back.wrong) setDigit(after.matched * GROUP_DIGITS); // it is read out again
    setBack(after);
  };
  const { record, host } = disclosure;
  const keyId = record.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId;
  const allRead = back.matched === groups.length;
  return (
    <>
      <PageHead title={record.hostname ?? m.lookup.noHost} code chip={record.hostState === null ? undefined : <StateMark state={record.hostState} chip />}
        meta={<><span className={text['code']}>{keyId}</span>{[record.drive, host?.host.site].filter((part) => part !== null && part !== undefined).map((part) => `, ${part}`).join('')}</>}>
        <SecretActs inSight={inSight} code={code} onCode={() => setCode(!code)} codeWord={m.calls.hideCodes} />
      </PageHead>
      <div className={styles['disclosed']}>
        <div className={`${styles['main'] ?? ''} ${text['scroll'] ?? ''}`}>
          <SecretFrame title={m.disclosed.inSight} end={<UntilHidden inSight={inSight} />}>
            <ol className={styles['digits']}>
              {groups.map((digits, index) => (
                <li key={index} className={index === group ? styles['now'] : undefined} aria-current={index === group ? 'step' : undefined}>
                  <span className={styles['number']}>{index + 1}{index < back.matched ? <Icon name="check" /> : null}</span><span className={styles['group']}>{digits.slice(0, 3)}<span>{digits.slice(3)}</span></span>
                </li>
              ))}
            </ol>
            {code ? <ScannerCodes recoveryPassword={disclosure.recoveryPassword} /> : <div className={styles['spoken']}>
              <p><span className={text['strong']}>{m.disclosed.group(group + 1)}</span> <span className={classNames(text['small'], text['muted'])} role="status">{allRead ? m.disclosed.allMatch : m.disclosed.match(back.matched)}</span></p>
              <div className={styles['acts']}>
                <Button icon="back" keys="ArrowLeft" onClick={previous}>{m.disclosed.backDigit}</Button>
                <Button keys="R" onClick={repeat}>{m.disclosed.repeat}</Button>
                <Button keys="Space" onClick={next}>{m.disclosed.nextDigit}</Button>
              </div>
              <SpokenGroup digits={groups[group] ?? ''} at={digit % GROUP_DIGITS} />
            </div>}
          </SecretFrame>
          <p className={styles['note']}><SecretNote inSight={inSight} says={m.disclosed.again} /></p>
        </div>
        <aside className={`${styles['side'] ?? ''} ${text['scroll'] ?? ''}`}>
          <section className={styles['sheet']}>
            <h2 className={text['sideTitle']}>{m.disclosed.sheet}</h2>
            <Steps steps={[
              ...(disclosure.identity === null ? [] : [{ id: 'identity', state: 'done', label: m.calls.identity, detail: m.calls.checks[disclosure.identity] } as const]),
              { id: 'host', state: 'done', label: m.disclosed.host, detail: record.hostname ?? m.common.unknown },
              { id: 'key', state: 'done', label: m.disclosed.keyId, detail: keyId },
              { id: 'reason', state: 'done', label: m.disclosed.reason, detail: m.words.disclosureReason[disclosure.reason] },
              ...(disclosure.ticket === '' ? [] : [{ id: 'ticket', state: 'done', label: m.disclosed.ticket, detail: disclosure.ticket } as const]),
              { id: 'read', state: allRead ? 'done' : 'now', label: isReadOut ? m.disclosed.readOut : m.disclosed.inSightStep, detail: m.disclosed.since(format.timeWithSeconds(disclosure.at)) },
              { id: 'outcome', state: allRead ? 'now' : 'next', label: m.calls.ends },
            ]} />
            <div className={styles['readBack']}>
              <Field label={m.disclosed.readBack} aside={allRead ? m.disclosed.allMatch : m.disclosed.group(back.matched + 1)} error={back.wrong ? m.disclosed.wrong(back.matched + 1) : null}>
                {(wiring) => <Input {...wiring} ref={field} code inputMode="numeric" disabled={allRead} onInput={read} onKeyDown={press} />}
              </Field>
            </div>
            <Outcome handle={outcome} likely={allRead ? 'unlocked' : undefined} busy={inSight.act.busy} onEnd={inSight.end} />
            <Failure failure={inSight.act.failure} />
          </section>
          <section>
            <h2 className={text['sideTitle']}>{m.disclosed.next}</h2>
            <Timeline short lines={[
              { id: 'recorded', time: m.disclosed.now, state: null, fact: m.disclosed.recorded(disclosure.disclosureId), source: isReadOut ? m.disclosed.readOutBy(disclosure.operator) : m.disclosed.shownBy(disclosure.operator) },
              { id: 'due', time: m.disclosed.now, state: null, fact: m.disclosed.due, source: m.disclosed.dueSince(format.time(disclosure.at)) },
              { id: 'confirmed', time: m.disclosed.later, state: null, fact: m.disclosed.confirmed, source: m.disclosed.confirmedBy },
            ]} />
          </section>
        </aside>
      </div>
      <SecretWatch inSight={inSight} />
    </>
  );
}

/** One digit large with its word, its neighbours grey. The large one is heard as it changes, also from a five to the next five: the place stays, what stands there is new. */
function SpokenGroup({ digits, at }: { readonly digits: string; readonly at: number }) {
  const language = useLanguage();
  const shown = (digit: string): ReactNode => <>{digit}<small>{spokenCharacter(digit, language)}</small></>;
  return (
    <ol className={styles['spokenDigits']}>
      {Array.from(digits, (digit, index) => (index === at ? <li key="said" className={styles['said']} aria-live="polite"><Fragment key={index}>{shown(digit)}</Fragment></li> : <li key={index}>{shown(digit)}</li>))}
    </ol>
  );
}
