// The size of the text that a drawing measures itself by: on a wall it grows with the screen.
import { useSyncExternalStore } from 'react';

const follow = (changed: () => void): (() => void) => {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
};

/** @returns Pixels of one rem. */
export const useTextSize = (): number => useSyncExternalStore(follow, () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
