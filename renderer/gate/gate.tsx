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
  /** `first`: of the desk just made, in sight although its vault is open already. `renewed`: in front of the screens. `lost`: the vault closed before it was typed back. */
  const [sheet, setSheet] = useState<'none' | 'first' | 'renewed' | 'lost'>('none');
  const open = state?.vault === 'open' && state.operator !== null;
  const closed = state?.vault === 'closed';
  // The code went with the vault, as every secret in sight does.
  useEffect(() => setSheet((before) => (closed && (before === 'first' || before === 'renewed') ? 'lost' : open && before === 'lost' ? 'none' : before)), [closed, open]);
  useEffect(() => { if (!open) forgetAll(); }, [open, forgetAll]);

  if (state === undefined) return error === null ? null : <GatePage title="Bluelift" demo={false}><Failure failure={error} onRetry={() => void refetch()} /></GatePage>;
  if (state.vault === 'none' || (sheet === 'first' && open)) return <FirstStart state={state} onSheet={(inSight) => setSheet(inSight ? 'first' : 'none')} />;
  if (!open || state.operator === null) return <SignIn state={state} sheetLost={sheet === 'lost'} />;
  if (state.operator.mustChangePassphrase) return <NewPassphrase state={state} />;
  return <SheetInSight demo={state.demo} onSheet={(inSight) => setSheet(inSight ? 'renewed' : 'none')}><Frame state={state} /></SheetInSight>;
}
