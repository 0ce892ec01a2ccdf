// The list of hosts as the desk gives it, a page at a time: those in sight, and the next on either side before anybody comes there.
import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { askFor, type HostFilter } from './host-filter.ts';
import type { HostRow } from './host-line.tsx';

export const PAGE_ROWS = 100;

/** @returns The host at a place of the list, null while its page is on the way; and a way to say which lines are drawn. */
export function useHostPages(filter: HostFilter, total: number): { readonly hostAt: (index: number) => HostRow | null; readonly onDrawn: (first: number, last: number) => void } {
  const api = useApi();
  const [[firstPage, lastPage], setPages] = useState<readonly [number, number]>([0, 0]);
  const onDrawn = useCallback((first: number, last: number): void => {
    const pages = [Math.max(0, Math.floor(first / PAGE_ROWS) - 1), Math.min(Math.floor((total - 1) / PAGE_ROWS), Math.floor(last / PAGE_ROWS) + 1)] as const;
    setPages((before) => (before[0] === pages[0] && before[1] === pages[1] ? before : pages));
  }, [total]);
  const rows = useQueries({
    queries: Array.from({ length: lastPage - firstPage + 1 }, (_, at) => {
      const input = askFor(filter, (firstPage + at) * PAGE_ROWS, PAGE_ROWS);
      return { queryKey: ['hosts.list', input], queryFn: () => api.call('hosts.list', input) };
    }),
    combine: rowsOf,
  });
  const hostAt = useCallback((index: number): HostRow | null => rows[Math.floor(index / PAGE_ROWS) - firstPage]?.[index % PAGE_ROWS] ?? null, [rows, firstPage]);
  return { hostAt, onDrawn };
}

const rowsOf = (answers: readonly { readonly data: Output<'hosts.list'> | undefined }[]): readonly (readonly HostRow[] | undefined)[] => answers.map(({ data }) => data?.rows);
