// The building of media, begun by an act and never by drawing: one after another where several sticks were chosen. What is done so far, the passcodes, how it ended.
import { useEffect, useRef, useState } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { endOfDay, mayHaveTwoLoaders, type Disk, type Draft } from './medium-draft.ts';

type BuildEvent = Output<'media.build'>;
export type BuildProgress = Extract<BuildEvent, { kind: 'progress' }>;
/** Holds passcodes: lives in the component that shows them and goes with it. */
export type BuildDone = Pick<Extract<BuildEvent, { kind: 'done' }>, 'medium' | 'passcodes' | 'leftOut' | 'leftOutCount' | 'manifestSha256'>;

/** `built`: media that are whole, in order; a failure with the next takes nothing from them. `of`: how many there shall be. */
export type BuildState = { readonly built: readonly BuildDone[]; readonly of: number } & (
  | { readonly status: 'not-begun' }
  /** `stepBegan` is when and where the step began that is under way, for its rate. */
  | { readonly status: 'writing'; readonly progress: BuildProgress | null; readonly stepBegan: { readonly at: number; readonly doneBytes: number } }
  | { readonly status: 'failed'; readonly progress: BuildProgress | null; readonly failure: unknown }
  | { readonly status: 'done' }
);

export interface MediumBuild { readonly state: BuildState; readonly begin: (draft: Draft) => void; readonly cancel: () => void; readonly forget: () => void }

type Order = Input<'media.build'>;
type Work = AsyncIterable<BuildProgress | (BuildDone & { readonly kind: 'done' })>;

/** The disk with the cautions that were on the screen. */
export const chosenDisk = ({ id, serial, sizeBytes, reasons }: Disk): NonNullable<Order['disk']> => ({ id, serial, sizeBytes, accepted: reasons.filter(({ severity }) => severity === 'caution').map(({ code }) => code) });
const NOTHING: BuildState = { status: 'not-begun', built: [], of: 0 };

export function useMediumBuild(): MediumBuild {
  const api = useApi();
  const [state, setState] = useState<BuildState>(NOTHING);
  const control = useRef<AbortController | null>(null);
  // Leaving the screen stops the writing, and takes the passcodes with it.
  useEffect(() => () => control.current?.abort(), []);

  const run = async (works: readonly ((signal: AbortSignal) => Work)[], signal: AbortSignal): Promise<void> => {
    const built: BuildDone[] = [];
    let progress: BuildProgress | null = null;
    const of = works.length;
    try {
      for (const work of works) {
        let isDone = false;
        progress = null;
        setState({ status: 'writing', progress, stepBegan: { at: Date.now(), doneBytes: 0 }, built: [...built], of });
        for await (const event of work(signal)) {
          if (event.kind === 'done') {
            isDone = true;
            built.push(event);
            continue;
          }
          const sameStep = event.step === progress?.step;
          progress = event;
          setState((before) => ({ status: 'writing', progress: event, stepBegan: sameStep && before.status === 'writing' ? before.stepBegan : { at: Date.now(), doneBytes: event.doneBytes }, built: [...built], of }));
        }
        if (!isDone) throw new RemoteError({ code: 'cancelled', facts: {} }); // an aborted stream ends without a word
      }
      setState({ status: 'done', built, of });
    } catch (failure) {
      setState({ status: 'failed', progress, failure, built, of });
    }
  };

  return {
    state,
    begin(draft) {
      const works = worksOf(draft, api);
      if (works.length === 0 || state.status === 'writing') return;
      control.current = new AbortController();
      void run(works, control.current.signal);
    },
    cancel: () => control.current?.abort(),
    forget: () => setState(NOTHING),
  };
}

/** @returns One piece of work a medium; none while something is missing. */
function worksOf(draft: Draft, api: ReturnType<typeof useApi>): readonly ((signal: AbortSignal) => Work)[] {
  const { scope, base, renewal } = draft;
  if (scope === null) return [];
  const expiresAt = endOfDay(draft.expiresOn);
  const common = {
    scope, technicians: [...draft.technicians], language: draft.language, ...(expiresAt === null ? {} : { expiresAt }), ...(draft.incidentId === null ? {} : { incidentId: draft.incidentId }), ...(draft.override.trim() === '' ? {} : { override: draft.override.trim() }), ...(draft.withoutPasscode === null ? {} : { withoutPasscode: draft.withoutPasscode }),
  };
  if (renewal !== null) return draft.disks.map((disk) => (signal) => api.stream('media.renew', { ...common, mediaId: renewal, disk: chosenDisk(disk) }, signal));
  if (base === null) return [];
  const order = {
    ...common, base: base.path, mode: draft.mode, keepCopies: draft.keepCopies, overwrite: draft.overwrite, ...(draft.twoLoaders && mayHaveTwoLoaders(draft) ? { twoLoaders: true } : {}), ...(draft.drivers === null ? {} : { drivers: draft.drivers.path.trim() }),
  };
  if (draft.target === 'image') return [(signal) => api.stream('media.build', { ...order, out: draft.out.trim(), format: draft.format }, signal)];
  return draft.disks.map((disk) => (signal) => api.stream('media.build', { ...order, out: disk.id, disk: chosenDisk(disk) }, signal));
}
