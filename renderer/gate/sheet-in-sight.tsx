// A recovery sheet that was just made stands in front of everything until it is on paper.
import { createContext, use, useState, type ReactNode } from 'react';
import { RecoverySheet, type SheetFacts } from './recovery-sheet.tsx';

const ShowSheet = createContext<(sheet: SheetFacts) => void>(() => undefined);

/** @returns Puts a sheet in front of the screens. Its code is held here only, until the person goes on. */
export const useShowSheet = (): ((sheet: SheetFacts) => void) => use(ShowSheet);

export function SheetInSight({ demo, onSheet, children }: { readonly demo: boolean; readonly onSheet: (inSight: boolean) => void; readonly children: ReactNode }) {
  const [sheet, setSheet] = useState<SheetFacts | null>(null);
  return <ShowSheet value={(shown) => { setSheet(shown); onSheet(true); }}>{sheet === null ? children : <RecoverySheet sheet={sheet} demo={demo} onDone={() => { setSheet(null); onSheet(false); }} />}</ShowSheet>;
}
