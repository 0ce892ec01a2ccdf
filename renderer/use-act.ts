// One act at a time: busy while it runs, its failure until the next try.
import { useCallback, useState } from 'react';

export interface Act { readonly busy: boolean; readonly failure: unknown; readonly run: (work: () => Promise<void>) => void; readonly clear: () => void }

export function useAct(): Act {
  const [state, setState] = useState<{ readonly busy: boolean; readonly failure: unknown }>({ busy: false, failure: null });
  const run = useCallback((work: () => Promise<void>) => {
    setState({ busy: true, failure: null });
    work().then(() => setState({ busy: false, failure: null }), (failure: unknown) => setState({ busy: false, failure }));
  }, []);
  const clear = useCallback(() => setState({ busy: false, failure: null }), []);
  return { ...state, run, clear };
}
