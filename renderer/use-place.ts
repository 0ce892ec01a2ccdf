// The place as React sees it: follows the address, and changes it.
import { useMemo, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { parsePlace, placeHash, type Place, type Screen } from './place.ts';

const STANDS_STILL_MS = 250;

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

/** An address that waits to be written: a browser takes its time for each, and after some hundred in a row refuses them. */
const writeSoon = {
  timer: undefined as ReturnType<typeof setTimeout> | undefined,
  write: (): void => undefined,
  later(write: () => void): void { this.drop(); this.write = write; this.timer = setTimeout(() => this.now(), STANDS_STILL_MS); },
  now(): void { const { timer, write } = this; this.drop(); if (timer !== undefined) write(); },
  drop(): void { clearTimeout(this.timer); this.timer = undefined; },
};

/**
 * Goes to another place; Back comes here again. The other screen is there when this returns:
 * what is typed next, however fast, goes to it (the address' own event would come a task later).
 */
export function goTo(screen: Screen, at?: Parameters, step?: string | null): void {
  writeSoon.now();
  const hash = placeHash(screen, at, step ?? null);
  if (hash === window.location.hash) return;
  window.history.pushState(null, '', hash);
  flushSync(() => window.dispatchEvent(new HashChangeEvent('hashchange')));
}

/** Writes what is open on this screen into the address without a new entry for Back. */
export function stayAt(screen: Screen, at: Parameters, step?: string | null): void {
  writeSoon.drop();
  const hash = placeHash(screen, at, step ?? null);
  if (hash === window.location.hash) return;
  window.history.replaceState(null, '', hash);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** As `stayAt`, once nothing more comes for a moment; going to another place writes it before, and where somebody has gone meanwhile (a link, Back) is not written over. */
export function stayAtSoon(screen: Screen, at: Parameters): void {
  const from = window.location.hash;
  writeSoon.later(() => { if (window.location.hash === from) stayAt(screen, at); });
}
