// A long list, a page at a time: which rows are in sight of how many, and the way to the others.
import { useRef, useState, type ReactNode } from 'react';
import { numberAt, type Place } from '../place.ts';
import { useMessages } from '../preferences.tsx';
import { Button } from './button.tsx';
import styles from './pager.module.css';

export const PAGE_SIZE = 100;

/** Where the list in sight begins. */
export const pageAt = (place: Place): number => Math.min(numberAt(place.at['from']) ?? 0, 1_000_000_000);

/** Stands right after its table, and stays in sight while that is scrolled. */
export function Pager({ offset, total, onGo }: { readonly offset: number; readonly total: number; readonly onGo: (offset: number) => void }) {
  const m = useMessages();
  const place = useRef<HTMLElement>(null);
  if (total <= PAGE_SIZE && offset === 0) return null;
  const last = Math.max(0, Math.ceil(total / PAGE_SIZE) - 1) * PAGE_SIZE;
  const go = (to: number): void => {
    onGo(to);
    place.current?.previousElementSibling?.scrollIntoView({ block: 'start' });
  };
  // Not disabled, where there is no further way: whoever came with the keyboard would be thrown out of the page.
  const way = (label: string, to: number, isEnd: boolean): ReactNode => <Button aria-disabled={isEnd} onClick={() => { if (!isEnd) go(to); }}>{label}</Button>;
  return (
    <nav ref={place} className={styles['pager']} aria-label={m.common.pages.label}>
      <span aria-live="polite">{m.disclosures.page(Math.min(offset + 1, total), Math.min(offset + PAGE_SIZE, total), total)}</span>
      {way(m.common.pages.first, 0, offset === 0)}{way(m.common.pages.previous, Math.max(0, offset - PAGE_SIZE), offset === 0)}
      {way(m.common.pages.next, offset + PAGE_SIZE, offset >= last)}{way(m.common.pages.last, last, offset >= last)}
    </nav>
  );
}

/** For lists that come whole: a window draws only one page of them. @returns The rows in sight, and the pager. */
export function usePages<T>(all: readonly T[]): { readonly rows: readonly T[]; readonly pager: ReactNode } {
  const [wanted, setWanted] = useState(0);
  const offset = wanted < all.length ? wanted : 0; // shorter than it was
  return { rows: all.slice(offset, offset + PAGE_SIZE), pager: <Pager offset={offset} total={all.length} onGo={setWanted} /> };
}
