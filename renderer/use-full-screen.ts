// The whole screen for one page: the window without its frame, the page without the rail.
import { useEffect, useSyncExternalStore } from 'react';

const MARK = 'full';
const listeners = new Set<() => void>();
const isOn = (): boolean => document.documentElement.dataset[MARK] !== undefined;

function set(on: boolean): void {
  if (on) document.documentElement.dataset[MARK] = '';
  else delete document.documentElement.dataset[MARK];
  for (const listener of listeners) listener();
}
const left = (): void => { if (document.fullscreenElement === null) set(false); };

function follow(changed: () => void): () => void {
  listeners.add(changed);
  document.addEventListener('fullscreenchange', left);
  return () => {
    listeners.delete(changed);
    document.removeEventListener('fullscreenchange', left);
  };
}

function leave(): void {
  set(false);
  if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
}

/** Ends when its page is left. `toggle` has to be called from a key or a click; never throws: where the browser refuses, only the rail goes. */
export function useFullScreen(): { readonly on: boolean; readonly toggle: () => void } {
  const on = useSyncExternalStore(follow, isOn);
  useEffect(() => leave, []);
  const toggle = (): void => {
    if (on) return leave();
    set(true);
    void document.documentElement.requestFullscreen().catch(() => undefined);
  };
  return { on, toggle };
}
