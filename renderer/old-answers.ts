// Answers that stay in sight although the desk did not answer when they were asked for again: old, and said to be, but not taken away from whoever works with them.
import { useQueryClient, type Query } from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { RemoteError } from '../electron/api/client.ts';

/** The desk could not answer, or is another one than this page was opened by (it was started again). Anything else is an answer: that it is not there any more, or not for this operator. */
const isUnanswered = (error: unknown): boolean => !(error instanceof RemoteError) || error.code === 'internal' || error.code === 'desk-unreachable' || error.code === 'wrong-token';

interface Answer { readonly data: unknown; readonly error: Error | null }

/** What is said in place of an answer; null where an older one stays in sight. */
export const failureOf = ({ data, error }: Answer): Error | null => (error !== null && data !== undefined && isUnanswered(error) ? null : error);

export interface OldAnswers { readonly failure: unknown; /** Milliseconds since 1970: from when the oldest of them is. */ readonly since: number; readonly askAgain: () => void }

/** @returns What in sight is old; null when all of it is as the desk has it. */
export function useOldAnswers(): OldAnswers | null {
  const queries = useQueryClient();
  const last = useRef<OldAnswers | null>(null);
  const follow = useCallback((changed: () => void) => queries.getQueryCache().subscribe(changed), [queries]);
  return useSyncExternalStore(follow, () => {
    const old = queries.getQueryCache().getAll().filter(isOld);
    const [oldest] = old.toSorted((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt);
    if (oldest === undefined) last.current = null;
    else if (last.current?.since !== oldest.state.dataUpdatedAt || last.current.failure !== oldest.state.error) {
      last.current = { failure: oldest.state.error, since: oldest.state.dataUpdatedAt, askAgain: () => void queries.refetchQueries({ predicate: isOld }) };
    }
    return last.current;
  });
}

const isOld = (query: Query): boolean => query.isActive() && query.state.data !== undefined && query.state.error !== null && isUnanswered(query.state.error);
