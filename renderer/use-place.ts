// The place as React sees it: follows the address, and changes it.
import { useMemo, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { parsePlace, placeHash, type Place, type Screen } from './place.ts';

type Parameters = Readonly<Record<string, string | null | undefined>>;

const FIRST: Place = { screen: 'lookup', step: null, at: {} };

function follow(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(follow, () => window.location.hash);
  return useMemo(() => parsePlace(hash) ?? FIRST, [hash]);
}

/**
 * Goes to another place; Back comes here again. The other screen is there when this returns:
 * what is typed next, however fast, goes to it (the address' own event would come a task later).
 */
export function goTo(screen: Screen, at?: Parameters, step?: string | null): void {
  const hash = placeHash(screen, at, step ?? null);
  if (hash === window.location.hash) return;
  window.history.pushState(null, '', hash);
  flushSync(() => window.dispatchEvent(new HashChangeEvent('hashchange')));
}

/** Writes what is open on this screen into the address without a new entry for Back. */
export function stayAt(screen: Screen, at: Parameters, step?: string | null): void {
  const hash = placeHash(screen, at, step ?? null);
  if (hash === window.location.hash) return;
  window.history.replaceState(null, '', hash);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
