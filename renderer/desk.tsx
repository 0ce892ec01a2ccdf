// The desk as the screens see it: calls that are kept until something changes, acts that are not kept at all, and who is signed in.
import { keepPreviousData, QueryClient, QueryClientProvider, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { createApi, RemoteError, type Api } from '../electron/api/client.ts';
import type { CallName, Input, Output, ProcedureName } from '../electron/api/contract.ts';
import { mayCall } from '../electron/api/roles.ts';
import type { Role } from '../electron/core/codes.ts';
import { affectedBy } from './desk-changes.ts';
import { failureOf } from './old-answers.ts';
import type { DeskTransport } from './transport.ts';

export type DeskState = Output<'desk.state'>;
export type SignedIn = NonNullable<DeskState['operator']>;

interface DeskContext { readonly api: Api; readonly transport: DeskTransport }

const Context = createContext<DeskContext | null>(null);
/** The stream of changes is opened again after this, should it end (the desk restarts, the computer slept). */
const RECONNECT_AFTER_MS = 1000;

export function DeskProvider({ transport, children }: { readonly transport: DeskTransport; readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, gcTime: 30_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' } },
  }));
  const value = useMemo(() => ({ api: createApi(transport), transport }), [transport]);
  useEffect(() => followChanges(value.api, queries), [value, queries]);
  return <QueryClientProvider client={queries}><Context value={value}>{children}</Context></QueryClientProvider>;
}

function useContextOfDesk(): DeskContext {
  const context = use(Context);
  if (context === null) throw new Error('DeskProvider is missing above');
  return context;
}

/** For acts and for whatever is secret: nothing of it is kept. */
export const useApi = (): Api => useContextOfDesk().api;
export const useTransport = (): DeskTransport => useContextOfDesk().transport;

/**
 * What a call answers, kept and asked again when the desk says that something has changed.
 *
 * @returns As the query gives it, but `error` is null as long as an older answer stays in sight (`useOldAnswers` says so for the whole page).
 * @param options `enabled` false: not asked. `keep`: the answer to the input before stays in sight until the new one is there.
 */
export function useAnswer<K extends CallName>(name: K, input: Input<K>, options: { readonly enabled?: boolean; readonly keep?: boolean } = {}): UseQueryResult<Output<K>, Error> {
  const api = useApi();
  const answer = useQuery<Output<K>>({
    queryKey: [name, input],
    queryFn: () => api.call(name, input),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData as never } : {}), // its type does not survive the conditional type of Output
  });
  return Object.create(answer, { error: { get: () => failureOf(answer) } }) as typeof answer; // what is not read of it draws nothing anew
}

/** Asks before anything is drawn that needs the answer: whoever draws it joins the question that is on its way. */
export function useAskAhead(): <K extends CallName>(name: K, input: Input<K>) => void {
  const api = useApi();
  const queries = useQueryClient();
  return useMemo(() => (name, input) => void queries.prefetchQuery({ queryKey: [name, input], queryFn: () => api.call(name, input) }), [api, queries]);
}

/** Takes answers out of the cache at once, without waiting for their time. */
export function useForget(): (name: CallName, about?: (input: unknown) => boolean) => void {
  const queries = useQueryClient();
  return useMemo(() => (name, about) => queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === name && (about?.(queryKey[1]) ?? true) }), [queries]);
}

/** Forgets every answer but the state of the desk: a closed vault leaves nothing behind in this window. */
export function useForgetAll(): () => void {
  const queries = useQueryClient();
  return useMemo(() => () => queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk.state' }), [queries]);
}

export function useDeskState(): UseQueryResult<DeskState, Error> {
  return useAnswer('desk.state', {});
}

/** Who is signed in. Screens are only drawn while somebody is. */
export function useOperator(): SignedIn {
  const operator = useDeskState().data?.operator;
  return operator ?? NOBODY;
}
const NOBODY: SignedIn = { name: '', roles: [], mustChangePassphrase: false };

/** Whether the signed-in operator may call a procedure. The desk decides again. */
export function useMay(): (procedure: ProcedureName) => boolean {
  const roles: readonly Role[] = useOperator().roles;
  return (procedure) => mayCall(procedure, roles);
}

function followChanges(api: Api, queries: QueryClient): () => void {
  const stop = new AbortController();
  void (async () => {
    while (!stop.signal.aborted) {
      try {
        for await (const { changed } of api.stream('desk.changes', {}, stop.signal)) {
          // First whether the vault is still open: behind a closed one there is nothing to ask.
          if (affectedBy('desk.state', changed)) await queries.invalidateQueries({ queryKey: ['desk.state'] });
          if (queries.getQueryData<DeskState>(['desk.state', {}])?.vault !== 'open') continue;
          await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'desk.state' && affectedBy(String(queryKey[0]), changed) });
        }
      } catch (error) {
        if (error instanceof RemoteError && error.code === 'wrong-token') return void queries.invalidateQueries(); // every screen says so
      }
      if (stop.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_AFTER_MS));
      await queries.invalidateQueries();
    }
  })();
  return () => stop.abort();
}
