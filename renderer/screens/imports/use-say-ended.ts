// How an import ends for the person at the window: with its report where they still look at it, and with a word where they look elsewhere.
import type { Output } from '../../../electron/api/contract.ts';
import { failureSentence } from '../../messages/index.ts';
import { parsePlace } from '../../place.ts';
import { useLanguage, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { stayAt } from '../../use-place.ts';
import { filesOf } from './names-of-files.ts';

type Done = Extract<Output<'imports.run'>, { kind: 'done' }>;
type View = 'files' | 'sources';

const isInSight = (view: View): boolean => {
  const place = parsePlace(window.location.hash);
  return place?.screen === 'imports' && (place.at['view'] ?? 'files') === view;
};

/** Nobody is taken from where they are: a call may be going on there. */
export function useSayEnded(view: View): { readonly begun: () => void; readonly ended: (done: Done) => void; readonly failed: (failure: unknown) => void } {
  const m = useMessages();
  const language = useLanguage();
  const toast = useToast();
  return {
    /** The report of another import goes out of sight. */
    begun() { if (isInSight('files')) stayAt('imports', {}); },
    ended(done) {
      if (isInSight(view)) return stayAt('imports', { import: String(done.importId) });
      const sum = (figure: 'imported' | 'unchanged' | 'rejected'): number => done.kinds.reduce((all, kind) => all + kind[figure], 0);
      toast({ text: m.imports.ended(filesOf({ files: done.files.map(({ name }) => name), fileCount: done.fileCount }, m), { imported: sum('imported'), unchanged: sum('unchanged'), rejected: sum('rejected') }, done.cancelled) });
    },
    failed(failure) {
      if (!isInSight(view)) toast({ failed: true, text: `${m.imports.notImported} ${failureSentence(language, failure)}` });
    },
  };
}
