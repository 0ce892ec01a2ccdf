// That what is in sight is being read out: noted with the first digit that is said or group that is read back, without a key press of its own.
import { useCallback, useRef, useState } from 'react';
import { useApi } from '../../desk.tsx';

/** @returns Whether it is on record as read out, and the noting of it: as often as anybody likes, until once it was taken. */
export function useReadOut(disclosureId: number): { readonly isReadOut: boolean; readonly note: () => void } {
  const api = useApi();
  const [isReadOut, setReadOut] = useState(false);
  const asked = useRef(false);
  const note = useCallback((): void => {
    if (asked.current) return;
    asked.current = true;
    void api.call('disclosures.readOut', { disclosureId }).then(() => setReadOut(true), () => { asked.current = false; }); // the caller waits; the next digit tries again
  }, [api, disclosureId]);
  return { isReadOut, note };
}
