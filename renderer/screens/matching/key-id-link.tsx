// The beginning of a Key ID, and the way from it to the lookup for whoever may look up.
import { useMay } from '../../desk.tsx';
import { placeHash } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';

/** @param id Null for a key record without one. @param record Which of several records of that ID. */
export function KeyIdLink({ id, record }: { readonly id: string | null; readonly record?: number }) {
  const m = useMessages();
  const may = useMay();
  if (id === null) return m.lookup.noKeyId;
  const short = id.slice(0, 8);
  return may('keys.lookUp') ? <a href={placeHash('lookup', { q: id, key: record === undefined ? null : String(record) })}>{short}</a> : short;
}
