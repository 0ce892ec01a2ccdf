// The field of the lookup. Its text is left to the DOM: should it be a recovery password, it is nowhere else.
import { useEffect, useLayoutEffect, useState, type KeyboardEvent, type RefObject } from 'react';
import { classNames } from '../../parts/class-names.ts';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../preferences.tsx';
import text from '../../parts/text.module.css';
import { HITS_ID } from './hits.tsx';
import styles from './query-field.module.css';

/** Once nobody types any further: every figure on the way there would be read out after the other. */
const SAID_AFTER_MS = 700;

interface QueryFieldProps {
  readonly field: RefObject<HTMLInputElement | null>; readonly initial: string; readonly secret: boolean; readonly count: number | null; readonly showHint: boolean; /** Whether there is anything to choose from. */ readonly listed: boolean; readonly chosenId: string | null; /** What was found, for whoever hears the page. */ readonly says: string;
  readonly onRead: (text: string) => void; readonly onClear: () => void; readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function QueryField({ field, initial, secret, count, showHint, listed, chosenId, says, onRead, onClear, onKeyDown }: QueryFieldProps) {
  const m = useMessages();
  // What the last caller said gives way to what the next one says, from its first character on.
  useLayoutEffect(() => { if (document.activeElement === field.current) field.current?.select(); }, [field]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(says), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [says]);
  return (
    <div className={classNames(styles['query'], secret && styles['secret'])} role="search" onClick={() => field.current?.focus()}>
      <Icon name={secret ? 'key' : 'search'} large />
      <input ref={field} className={styles['text']} defaultValue={initial} autoFocus spellCheck={false} autoComplete="off" autoCapitalize="off" maxLength={200} data-lookup-field
        role="combobox" aria-label={m.lookup.field} aria-expanded={listed} aria-controls={listed ? HITS_ID : undefined} aria-activedescendant={chosenId ?? undefined}
        onInput={(event) => onRead(event.currentTarget.value)} onKeyDown={onKeyDown} />
      <span className={styles['hint']} aria-hidden="true">{showHint ? m.lookup.field : ''}</span>
      {count === null ? null : <span className={styles['count']}>{m.lookup.characters(count)}</span>}
      <button type="button" className={styles['clear']} tabIndex={-1} onClick={onClear}><kbd>{m.keys.escape}</kbd><span className={text['hiddenText']}>, {m.lookup.clear}</span></button>
      <span className={text['hiddenText']} role="status">{said}</span>
    </div>
  );
}
