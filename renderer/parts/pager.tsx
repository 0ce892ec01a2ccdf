// Earlier and later rows of a long list.
import { numberAt, type Place } from '../place.ts';
import { useMessages } from '../preferences.tsx';
import { Button } from './button.tsx';
import styles from './pager.module.css';

export const PAGE_SIZE = 100;

/** Where the list in sight begins. */
export const pageAt = (place: Place): number => Math.min(numberAt(place.at['from']) ?? 0, 1_000_000_000);

export function Pager({ offset, total, onGo }: { readonly offset: number; readonly total: number; readonly onGo: (offset: number) => void }) {
  const m = useMessages();
  if (total <= PAGE_SIZE && offset === 0) return null;
  return (
    <nav className={styles['pager']}>
      <span>{m.disclosures.page(Math.min(offset + 1, total), Math.min(offset + PAGE_SIZE, total), total)}</span>
      <Button disabled={offset === 0} onClick={() => onGo(Math.max(0, offset - PAGE_SIZE))}>{m.disclosures.later}</Button>
      <Button disabled={offset + PAGE_SIZE >= total} onClick={() => onGo(offset + PAGE_SIZE)}>{m.disclosures.earlier}</Button>
    </nav>
  );
}
