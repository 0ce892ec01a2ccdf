// Takes an assignment to a wave back from its toast, and says how many hosts are where they were.
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';

/** @returns What a toast takes: nothing where nothing was changed. */
export function useUndoAssign(): (answer: Pick<Output<'waves.assign'>, 'assigned' | 'undo'>) => { readonly undo?: () => Promise<unknown> } {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  return ({ assigned, undo }) => (assigned === 0 ? {} : { undo: () => api.call('waves.undoAssign', { undo }).then((back) => toast({ text: m.manyHosts.undone(back.changed, back.found) })) });
}
