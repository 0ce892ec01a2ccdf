// What stands before the screens: no desk yet, vault closed, or a passphrase that has to be changed first.
import { useEffect, useState } from 'react';
import { useDeskState, useForgetAll } from '../desk.tsx';
import { Frame } from '../frame/frame.tsx';
import { Failure } from '../parts/notice.tsx';
import { FirstStart } from './first-start.tsx';
import { GatePage } from './gate-page.tsx';
import { NewPassphrase } from './new-passphrase.tsx';
import { SheetInSight } from './sheet-in-sight.tsx';
import { SignIn } from './sign-in.tsx';

export function Gate() {
  const { data: state, error, refetch } = useDeskState();
  const forgetAll = useForgetAll();
  /** The recovery sheet is still in sight although the vault is open already. */
  const [sheetInSight, setSheetInSight] = useState(false);
  const open = state?.vault === 'open' && state.operator !== null;
  useEffect(() => { if (!open) forgetAll(); }, [open, forgetAll]);

  if (state === undefined) return error === null ? null : <GatePage title="Bluelift" demo={false}><Failure failure={error} onRetry={() => void refetch()} /></GatePage>;
  if (state.vault === 'none' || (sheetInSight && open)) return <FirstStart state={state} onSheet={setSheetInSight} />;
  if (!open || state.operator === null) return <SignIn state={state} />;
  if (state.operator.mustChangePassphrase) return <NewPassphrase state={state} />;
  return <SheetInSight demo={state.demo}><Frame state={state} /></SheetInSight>;
}
