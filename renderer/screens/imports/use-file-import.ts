// One import of files at a time: the look at their tables before, what a person has to say of them, how far it is, what came of it.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import type { FileReport } from './file-reports.tsx';
import type { Mapping, UnknownTable } from './mapper.tsx';
import { useAtWork } from '../../use-at-work.ts';
import { useSayEnded } from './use-say-ended.ts';

export type FileProgress = Extract<Output<'imports.run'>, { kind: 'progress' }>;

export interface FileImport {
  readonly running: boolean;
  readonly progress: FileProgress | null;
  /** Of the files that are read so far. */
  readonly reports: readonly FileReport[];
  readonly cancelled: boolean;
  readonly failure: unknown;
  /** The tables of the files are looked at. */
  readonly looking: boolean;
  /** Nothing is taken in before somebody has said what their columns are. */
  readonly unknown: { readonly paths: readonly string[]; readonly tables: readonly UnknownTable[] } | null;
  readonly look: (paths: readonly string[]) => void;
  readonly run: (paths: readonly string[], mappings: readonly Mapping[]) => void;
  readonly forget: () => void;
  readonly stop: () => void;
}

/** Goes on while another screen is in sight. */
export function useFileRun(): FileImport {
  const api = useApi();
  const say = useSayEnded('files');
  const control = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<FileProgress | null>(null);
  const [running, setRunning] = useState(false);
  useAtWork(running);
  const [reports, setReports] = useState<readonly FileReport[]>([]);
  const [cancelled, setCancelled] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [unknown, setUnknown] = useState<FileImport['unknown']>(null);
  const [looking, setLooking] = useState(false);
  const look = (paths: readonly string[]): void => {
    say.begun();
    setLooking(true);
    setCancelled(false);
    setFailure(null);
    void (async () => {
      const tables = await api.call('imports.preview', { paths: [...paths] }).catch(() => []); // the import says what is wrong with a path
      setLooking(false);
      const asked = tables.filter(({ table }) => table.standing === 'unknown');
      if (asked.length === 0) run(paths, []);
      else setUnknown({ paths, tables: asked });
    })();
  };
  const run = (paths: readonly string[], mappings: readonly Mapping[]): void => {
    const { signal } = (control.current = new AbortController());
    setUnknown(null);
    setRunning(true);
    setProgress(null);
    setReports([]);
    setCancelled(false);
    setFailure(null);
    void (async () => {
      try {
        for await (const event of api.stream('imports.run', { paths: [...paths], mappings: [...mappings] }, signal)) {
          if (event.kind === 'progress') setProgress(event);
          else if (event.kind === 'file') setReports((before) => [...before, event.report]);
          else { setReports([]); say.ended(event); }
        }
        if (signal.aborted) setCancelled(true);
      } catch (error) {
        if (signal.aborted) setCancelled(true);
        else { setFailure(error); say.failed(error); }
      }
      setRunning(false);
    })();
  };
  return { running, progress, reports, cancelled, failure, looking, unknown, look, run, forget: () => setUnknown(null), stop: () => control.current?.abort() };
}
