// A LAPS password in sight: one character after the other with its word, as codes for a scanner, and a clock after which it hides by itself.
// It lives in the state of the lookup screen alone and goes with it, as a recovery password does.
import { Fragment, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failure } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import { Steps } from '../../parts/progress.tsx';
import { SecretFrame } from '../../parts/secret.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useLanguage, useMessages } from '../../preferences.tsx';
import { classOf, spokenLapsCharacter } from '../../spoken-laps.ts';
import { CallOutcome as Outcome } from './call-outcome.tsx';
import type { Sheet } from './disclose-form.tsx';
import type { LapsCandidate } from './laps-rows.tsx';
import { SafeBootSteps } from './safe-boot-steps.tsx';
import { LapsCodes } from './scanner-codes.tsx';
import { useReadOut } from './use-read-out.ts';
import { SecretActs, SecretNote, SecretWatch, UntilHidden, useSecretCommands, useSecretInSight, type OnHide } from './secret-in-sight.tsx';
import styles from './disclosed.module.css';
import own from './disclosed-laps.module.css';

export interface LapsDisclosure extends Output<'disclosures.discloseLaps'>, Sheet { readonly laps: LapsCandidate; readonly host: Output<'hosts.get'>; readonly operator: string }

export function DisclosedLaps({ disclosure, onHide }: { readonly disclosure: LapsDisclosure; readonly onHide: OnHide }) {
  const m = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { isReadOut, note: noteReadOut } = useReadOut(disclosure.disclosureId);
  const list = useRef<HTMLOListElement>(null);
  const characters = Array.from(disclosure.lapsPassword);
  const [at, setAt] = useState(0);
  const [code, setCode] = useState(false);
  const inSight = useSecretInSight(disclosure.lapsPassword, disclosure, onHide);

  useEffect(() => { list.current?.children[at]?.scrollIntoView({ block: 'nearest' }); }, [at]);
  const say = (place: (before: number) => number): void => { noteReadOut(); setAt(place); };
  const next = (): void => say((before) => Math.min(characters.length - 1, before + 1));
  const previous = (): void => say((before) => Math.max(0, before - 1));
  const again = (): void => say(() => 0);
  const secretCommands = useSecretCommands(inSight);
  useCommands([
    { id: 'code', label: m.calls.codes, keys: 'C', bar: m.calls.codesKey, run: () => setCode((before) => !before) },
    { id: 'next-digit', label: m.laps.next, keys: 'Space', bar: m.laps.nextKey, run: next },
    { id: 'next-digit-arrow', label: m.laps.next, keys: 'ArrowRight', run: next },
    { id: 'previous-digit', label: m.laps.back, keys: 'ArrowLeft', bar: m.disclosed.backKey, run: previous },
    { id: 'repeat', label: m.laps.again, keys: 'R', bar: m.disclosed.repeatKey, run: again },
    ...secretCommands,
  ]);
  const { laps, host } = disclosure;
  return (
    <>
      <PageHead title={laps.hostname} code chip={<StateMark state={host.host.state} chip />} meta={m.laps.of(laps.account)}>
        <SecretActs inSight={inSight} code={code} onCode={() => setCode(!code)} codeWord={m.laps.characters} />
      </PageHead>
      <div className={styles['disclosed']}>
        <div className={`${styles['main'] ?? ''} ${text['scroll'] ?? ''}`}>
          <SecretFrame title={m.laps.inSight} end={<UntilHidden inSight={inSight} />}>
            <ol ref={list} className={own['characters']}>
              {characters.map((character, index) => (
                <li key={index} data-class={classOf(character)} className={index === at ? own['now'] : undefined} aria-current={index === at ? 'step' : undefined}>
                  <b>{character === ' ' ? '␣' : character}</b><small>{m.laps.classes[classOf(character)]}</small>
                </li>
              ))}
            </ol>
            {code ? <LapsCodes password={disclosure.lapsPassword} /> : (
              <div className={styles['spoken']}>
                <p><span className={text['strong']}>{m.laps.character(at + 1, characters.length)}</span></p>
                <div className={styles['acts']}>
                  <Button icon="back" keys="ArrowLeft" onClick={previous}>{m.laps.back}</Button>
                  <Button keys="R" onClick={again}>{m.laps.again}</Button>
                  <Button keys="Space" onClick={next}>{m.laps.next}</Button>
                </div>
                <p className={own['said']} aria-live="polite"><Fragment key={at}><b data-class={classOf(characters[at] ?? '')}>{characters[at]}</b><span>{spokenLapsCharacter(characters[at] ?? '', language)}</span></Fragment></p>
              </div>
            )}
          </SecretFrame>
          <p className={styles['note']}><SecretNote inSight={inSight} says={m.laps.note} /></p>
          <SafeBootSteps />
        </div>
        <aside className={`${styles['side'] ?? ''} ${text['scroll'] ?? ''}`} tabIndex={0} aria-label={m.disclosed.sheet}>
          <section className={styles['sheet']}>
            <h2 className={text['sideTitle']}>{m.disclosed.sheet}</h2>
            <Steps steps={[
              ...(disclosure.identity === null ? [] : [{ id: 'identity', state: 'done', label: m.calls.identity, detail: m.calls.checks[disclosure.identity] } as const]),
              { id: 'host', state: 'done', label: m.disclosed.host, detail: laps.hostname },
              { id: 'account', state: 'done', label: m.laps.account, detail: laps.account ?? m.laps.builtIn },
              { id: 'reason', state: 'done', label: m.disclosed.reason, detail: m.words.disclosureReason[disclosure.reason] },
              ...(disclosure.ticket === '' ? [] : [{ id: 'ticket', state: 'done', label: m.disclosed.ticket, detail: disclosure.ticket } as const]),
              { id: 'read', state: 'now', label: isReadOut ? m.disclosed.readOut : m.disclosed.inSightStep, detail: m.disclosed.since(format.timeWithSeconds(disclosure.at)) },
            ]} />
            <Outcome words={m.calls.lapsOutcomes} busy={inSight.act.busy} onEnd={inSight.end} />
            <Failure failure={inSight.act.failure} />
          </section>
          <section><p className={classNames(text['soft'], text['small'])}>{m.disclosed.recorded(disclosure.disclosureId)}. {m.laps.due}</p></section>
        </aside>
      </div>
      <SecretWatch inSight={inSight} />
    </>
  );
}
