// The words that narrow the list of hosts down. They are left to the DOM: should they be a recovery password, they are nowhere else.
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useForget } from '../../desk.tsx';
import { Input } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import { typedRecoveryPassword } from '../../typed-recovery-password.ts';

const ASK_AFTER_MS = 120;

interface HostQueryFieldProps { readonly field: RefObject<HTMLInputElement | null>; /** As the address has it. */ readonly query: string; readonly onQuery: (query: string) => void; /** Hears whether what is typed is a recovery password; then nothing is asked. */ readonly onSecret: (isSecret: boolean) => void }

export function HostQueryField({ field, query, onQuery, onSecret }: HostQueryFieldProps) {
  const m = useMessages();
  const forget = useForget();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** What was asked with from here: everything else in the address came another way (a link, Back, a filter that was taken away) and stands in the field. */
  const own = useRef(query);
  const latest = useRef(onQuery);
  latest.current = onQuery;
  const ask = (text: string): void => { own.current = text; latest.current(text); };
  useLayoutEffect(() => {
    if (query === own.current) return;
    own.current = query;
    if (field.current !== null) field.current.value = query;
    onSecret(false);
  }, [query]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const read = (text: string): void => {
    clearTimeout(timer.current);
    const isSecret = typedRecoveryPassword(text) !== null;
    onSecret(isSecret);
    if (!isSecret) { timer.current = setTimeout(() => ask(text), ASK_AFTER_MS); return; }
    // What was asked on the way here were pieces of it.
    const digits = text.replace(/\D/g, '');
    forget('hosts.list', (input) => typeof input === 'object' && input !== null && 'query' in input && typeof input.query === 'string' && input.query !== '' && digits.startsWith(input.query.replace(/\D/g, '')));
    ask('');
  };
  return <Input ref={field} type="search" aria-label={m.hosts.filter} placeholder={m.hosts.filter} defaultValue={query} maxLength={200} autoComplete="off" spellCheck={false} onInput={(event) => read(event.currentTarget.value)} />;
}
