// Lookup: the field is the header. Type, choose, compare, disclose; what is disclosed takes the place of the screen until it hides.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { CallOutcome } from '../../../electron/core/codes.ts';
import { useAnswer, useApi, useAskAhead, useForget, useMay } from '../../desk.tsx';
import { KeyBarEnd } from '../../frame/key-bar.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import { numberAt, parsePlace, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { typedRecoveryPassword, type TypedGroup } from '../../typed-recovery-password.ts';
import { stayAt, stayAtSoon } from '../../use-place.ts';
import { usePrompt } from '../../use-prompt.ts';
import { callsSaidAs, OPEN_CALLS } from './calls-to-go-on.ts';
import { choicesOf, isEmpty, isInVain, moveChoice, sameChoice, typedOfKeyId, type Choice } from './candidates.ts';
import { Disclosed, type Disclosure } from './disclosed.tsx';
import { Hits, HITS_ID, useFoundSaid } from './hits.tsx';
import { HostPanel } from './host-panel.tsx';
import type { DiscloseHandle } from './disclose-form.tsx';
import { DisclosedLaps, type LapsDisclosure } from './disclosed-laps.tsx';
import { useInstructionsCommand } from './instructions.tsx';
import { KeyPanel } from './key-panel.tsx';
import { LapsPanel } from './laps-panel.tsx';
import { NothingChosen } from './nothing-chosen.tsx';
import { QueryField } from './query-field.tsx';
import { TypedRecoveryPassword } from './typed-recovery-password-panel.tsx';
import { useSheet } from './use-sheet.ts';
import styles from './lookup-screen.module.css';

const SETTLED_AFTER_MS = 2000;
const lookUpOf = (query: string) => ({ query, limit: 50 });

export function LookupScreen({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const forget = useForget();
  const api = useApi();
  const toast = useToast();
  const field = useRef<HTMLInputElement>(null);
  const disclose = useRef<DiscloseHandle>(null);
  /** Where Enter goes once a host is chosen: the list of its keys, or the first act where there is none. */
  const next = useRef<HTMLElement>(null);
  const [query, setQuery] = useState(place.at['q'] ?? '');
  /** How the groups stand while a recovery password is being typed; its digits stay in the field alone. */
  const [typedGroups, setTypedGroups] = useState<readonly TypedGroup[] | null>(null);
  const [disclosure, setDisclosure] = useState<Disclosure | null>(null);
  const [lapsDisclosure, setLapsDisclosure] = useState<LapsDisclosure | null>(null);
  const inSight = disclosure !== null || lapsDisclosure !== null;

  const askAhead = useAskAhead();
  const [asked, ask] = usePrompt(query, (typed) => { if (typed !== '') askAhead('keys.lookUp', lookUpOf(typed)); });
  const looking = asked !== '' && query !== '';
  const { data: kept, error, refetch, isPending, isPlaceholderData } = useAnswer('keys.lookUp', lookUpOf(asked), { enabled: looking, keep: true });
  const nothingExact = looking && kept !== undefined && !isPlaceholderData && isEmpty(kept);
  const nearest = useAnswer('keys.lookUp', { ...lookUpOf(asked), nearest: true }, { enabled: nothingExact }).data;
  /** That nothing was found for what was typed before says nothing of what is typed now. */
  const isOldNothing = isPlaceholderData && kept !== undefined && isEmpty(kept);
  const found = !looking || isOldNothing ? undefined : nothingExact ? (nearest ?? kept) : kept;
  /** What is in sight was found for what is in the field now, not for what was in it before. */
  const fresh = asked === query && !isPlaceholderData;
  const { data: count } = useAnswer('keys.count', {}, { keep: true });

  const hostAt = numberAt(place.at['host']);
  const keyAt = numberAt(place.at['key']);
  const lapsAt = numberAt(place.at['laps']);
  const chosen: Choice | null = hostAt !== null ? { kind: 'host', id: hostAt } : keyAt !== null ? { kind: 'key', id: keyAt } : null;
  const foundRecord = hostAt === null && keyAt !== null ? found?.keyRecords.find((record) => record.keyRecordId === keyAt) : undefined;
  const hostId = hostAt ?? foundRecord?.hostId ?? null;
  const { data: host, error: hostError, refetch: askHostAgain } = useAnswer('hosts.get', { hostId: hostId ?? 0 }, { enabled: hostId !== null, keep: true });
  const ofHost = host?.host.hostId === hostId ? host : undefined;
  const record = foundRecord ?? (keyAt === null ? undefined : ofHost?.keyRecords.find((candidate) => candidate.keyRecordId === keyAt));

  const callAt = place.at['call'];
  /** Of a LAPS password a sheet names the host alone. */
  const sheet = useSheet(callAt, (call) => call.keyRecordId === keyAt && (keyAt !== null || call.hostId === hostAt), (callId) => {
    const now = parsePlace(window.location.hash);
    if (now?.screen !== 'lookup' || ['host', 'key', 'laps', 'call'].some((name) => now.at[name] !== place.at[name])) return false; // gone on meanwhile
    stayAt('lookup', { ...now.at, call: String(callId) });
    return true;
  });
  const { resumed } = sheet;

  const laps = lapsAt === null || ofHost === undefined ? undefined : ofHost.lapsPasswords.find((one) => one.lapsPasswordId === lapsAt);
  const chooseLaps = (lapsPasswordId: number): void => { if (hostId !== null) stayAt('lookup', { q: query, host: String(hostId), key: null, laps: String(lapsPasswordId), call: keyAt === null ? place.at['call'] : null }); };

  const choose = (choice: Choice | null, keyOfHost?: number): void => stayAt('lookup', {
    q: query, host: choice?.kind === 'host' ? String(choice.id) : null, key: choice?.kind === 'key' ? String(choice.id) : keyOfHost === undefined ? null : String(keyOfHost), laps: null,
  });

  const read = (typed: string): void => {
    waitingStep.current = null;
    const groups = typedRecoveryPassword(typed);
    setTypedGroups(groups);
    if (groups !== null) {
      // What was asked on the way here were pieces of it.
      const digits = typed.replace(/\D/g, '');
      forget('keys.lookUp', (input) => typeof input === 'object' && input !== null && 'query' in input && typeof input.query === 'string' && input.query !== '' && digits.startsWith(input.query.replace(/\D/g, '')));
      setQuery('');
      ask('');
      stayAt('lookup', {});
      return;
    }
    const said = typed.trim();
    ask(said);
    setQuery(said);
    // What was chosen goes at once; the words stand in the address when they stand still.
    if (chosen !== null || lapsAt !== null || place.at['call'] !== undefined) stayAt('lookup', { q: said });
    else stayAtSoon('lookup', { q: said });
  };
  const clear = (): void => {
    if (field.current !== null) field.current.value = '';
    read('');
    field.current?.focus();
  };

  /** An arrow pressed before the answer is there waits for it: it means what will stand there. */
  const waitingStep = useRef<1 | -1 | null>(null);
  const move = (step: 1 | -1): void => {
    if (!fresh) { waitingStep.current = step; return; }
    if (found !== undefined) choose(moveChoice(choicesOf(found), chosen, sameChoice, step));
  };
  useEffect(() => {
    const step = waitingStep.current;
    if (!fresh || found === undefined || step === null) return;
    waitingStep.current = null;
    move(step);
  }, [fresh, found]);
  const openCalls = useAnswer('calls.list', OPEN_CALLS, { enabled: nothingExact, keep: true }).data;
  const saidAs = fresh && nothingExact ? callsSaidAs(openCalls?.rows ?? [], query).length : 0;
  /** A look-up in vain goes on record once nobody types any further. */
  const inVain = fresh && nothingExact && nearest !== undefined && isInVain(nearest, saidAs);
  useEffect(() => {
    if (!inVain) return;
    const timer = setTimeout(() => { void api.call('keys.lookUp', { query: asked, limit: 1, nearest: true, settled: true }).catch(() => undefined); }, SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [api, asked, inVain]);
  /** The candidates keep this function; what it does is what was meant last. */
  const latest = useRef(choose);
  latest.current = choose;
  const chooseThere = useCallback((choice: Choice): void => { latest.current(choice); field.current?.focus(); }, []);
  /** Enter before the host's answer is there goes on as soon as it is. */
  const enterWaits = useRef(false);
  useLayoutEffect(() => { if (enterWaits.current && next.current !== null) { enterWaits.current = false; next.current.focus(); } }, [ofHost]);
  const enter = (): void => {
    if (record !== undefined || laps !== undefined) disclose.current?.submit();
    else if (hostAt !== null && ofHost === undefined) enterWaits.current = true;
    else if (hostAt !== null) next.current?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    enterWaits.current = false;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
  };

  // What an address says that was not typed here (a link, Back, a call that goes on) stands in the field, as if it had been.
  const said = place.at['q'] ?? '';
  useLayoutEffect(() => {
    if (said === query) return;
    setQuery(said);
    setTypedGroups(null);
    ask(said);
    if (field.current === null) return;
    field.current.value = said;
    field.current.focus();
    field.current.select();
  }, [said, place.at['call']]);

  useLayoutEffect(() => {
    if (inSight) return;
    // Typing goes to the field from anywhere on this screen.
    const type = (event: globalThis.KeyboardEvent): void => {
      const { target } = event;
      if (event.key.length !== 1 || event.key === ' ' || event.key === '/' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]') !== null) return;
      if (target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName)) return;
      field.current?.focus();
    };
    window.addEventListener('keydown', type);
    return () => window.removeEventListener('keydown', type);
  }, [inSight]);

  const listed = found !== undefined && typedGroups === null && error === null && found.keyRecords.length + found.hosts.length > 0;
  const says = useFoundSaid(fresh && typedGroups === null && (!nothingExact || nearest !== undefined) ? found : undefined, query, saidAs);
  const canDisclose = record !== undefined ? may('disclosures.disclose') : laps !== undefined && may('disclosures.discloseLaps');
  const withKeys = (ofHost?.keyRecords.length ?? 0) > 0;
  useCommands(useMemo(() => (inSight ? [] : [
    { id: 'choose', label: m.lookup.choose, keys: 'ArrowUp ArrowDown', bar: m.lookup.choose },
    { id: 'reason', label: m.lookup.reasonKey, keys: 'Tab', bar: m.lookup.reasonKey, enabled: canDisclose },
    { id: 'disclose', label: m.lookup.disclose, keys: 'Enter', bar: m.lookup.discloseKey, enabled: canDisclose, run: () => disclose.current?.submit() },
    { id: 'go-on', label: withKeys ? m.lookup.toKeys : m.noKey.title, keys: 'Enter', bar: withKeys ? m.lookup.toKeysKey : m.noKey.titleKey, enabled: record === undefined && laps === undefined && ofHost !== undefined, run: enter },
    { id: 'clear', label: m.lookup.clear, keys: 'Escape', run: clear },
  ]), [inSight, m, canDisclose, query, place, ofHost, record, laps]));

  useCommands([useInstructionsCommand()]);

  const hide = (how: 'by-itself' | 'by-hand' | CallOutcome): void => {
    setDisclosure(null);
    setLapsDisclosure(null);
    sheet.left();
    // The call is over: what the next caller says is not put behind what this one said. Only hidden, it goes on; and whose key was rejected is still there, waiting for another way.
    const host = disclosure?.host?.host;
    if (how === 'rejected' && host !== undefined) stayAt('lookup', { q: host.hostname, host: String(host.hostId), rejected: String(disclosure?.record.keyRecordId) });
    else if (how !== 'by-itself' && how !== 'by-hand') read('');
    else stayAt('lookup', { ...place.at, call: String(disclosure?.callId ?? lapsDisclosure?.callId) });
    toast({ text: how === 'by-itself' ? m.disclosed.hiddenByItself : how === 'by-hand' ? m.disclosed.hidden : m.calls.ended((lapsDisclosure === null ? m.calls.outcomes : m.calls.lapsOutcomes)[how]) });
  };
  if (disclosure !== null) return <Disclosed disclosure={disclosure} onHide={hide} />;
  if (lapsDisclosure !== null) return <DisclosedLaps disclosure={lapsDisclosure} onHide={hide} />;

  /** Nothing is chosen that would stand beside the candidates. */
  const isAlone = !sheet.waits && laps === undefined && record === undefined && hostAt === null;
  const sources = count === undefined ? '' : count.keyRecords === 0 ? m.lookup.noSources : m.lookup.sources(count.keyRecords, count.sources, count.lastImportAt === null ? m.common.never : format.short(count.lastImportAt, Date.now()));
  return (
    <>
      <h1 className={text['hiddenText']}>{m.screens.lookup}</h1>
      <QueryField field={field} initial={query} secret={typedGroups !== null} count={typedOfKeyId(query)} showHint={query.length < 12 && typedGroups === null} listed={listed} says={says} onRead={read} onClear={clear} onKeyDown={press} chosenId={chosen !== null && listed && choicesOf(found).some((choice) => sameChoice(choice, chosen)) ? `choice-${chosen.kind}-${chosen.id}` : null} />
      <div className={classNames(styles['lookup'], isAlone && styles['alone'])}>
        <div className={`${styles['hits'] ?? ''} ${text['scroll'] ?? ''}`} {...(!listed ? {} : found.guessed ? { tabIndex: 0 } : { id: HITS_ID, role: 'listbox', 'aria-label': m.screens.lookup })}>
          {typedGroups !== null ? <TypedRecoveryPassword groups={typedGroups} />
            : <Hits query={query} found={found} pending={looking && (isPending || isOldNothing)} failure={looking ? error : null} onRetry={() => void refetch()} chosen={chosen} onChoose={chooseThere} count={count} />}
        </div>
        {sheet.waits ? null : laps !== undefined && ofHost !== undefined ? (
          <LapsPanel key={`${laps.lapsPasswordId}-${sheet.key}`} laps={laps} host={ofHost} resumed={resumed} onBegun={sheet.begun} handle={disclose} onDisclosed={setLapsDisclosure} onChooseOther={chooseLaps} />
        ) : record !== undefined ? (
          <KeyPanel key={`${record.keyRecordId}-${sheet.key}`} record={record} guessed={found?.guessed === true ? query : null} host={ofHost} resumed={resumed} onBegun={sheet.begun} handle={disclose} onDisclosed={setDisclosure}
            onChooseOther={(keyRecordId) => (hostId === null ? undefined : choose({ kind: 'host', id: hostId }, keyRecordId))} />
        ) : hostAt !== null ? (
          <HostPanel key={hostAt} host={ofHost} rejected={numberAt(place.at['rejected'])} failure={hostError} onRetry={() => void askHostAgain()} next={next} onChoose={(keyRecordId) => choose({ kind: 'host', id: hostAt }, keyRecordId)} onChooseLaps={chooseLaps} />
        ) : <NothingChosen some={listed} />}
      </div>
      <KeyBarEnd>{sources}</KeyBarEnd>
    </>
  );
}
