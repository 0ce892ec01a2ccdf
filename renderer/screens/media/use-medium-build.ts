// One build of a medium, begun by an act and never by drawing: what it has done so far, its passcodes, how it ended.
import { useEffect, useRef, useState } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import { endOfDay, type Draft } from './medium-draft.ts';

type BuildEvent = Output<'media.build'>;
export type BuildProgress = Extract<BuildEvent, { kind: 'progress' }>;
/** Holds passcodes: lives in the component that shows them and goes with it. */
export type BuildDone = Extract<BuildEvent, { kind: 'done' }>;

export type BuildState =
  | { readonly status: 'not-begun' }
  /** `stepBegan` is when and where the step began that is under way, for its rate. */
  | { readonly status: 'writing'; readonly progress: BuildProgress | null; readonly stepBegan: { readonly at: number; readonly doneBytes: number } }
  | { readonly status: 'failed'; readonly progress: BuildProgress | null; readonly failure: unknown }
  | { readonly status: 'done'; readonly done: BuildDone };

export interface MediumBuild { readonly state: BuildState; readonly begin: (draft: Draft) => void; readonly cancel: () => void; readonly forget: () => void }

/** The disk with the cautions that were on the screen. */
const chosen = ({ id, serial, sizeBytes, reasons }: NonNullable<Draft['disk']>): NonNullable<Input<'media.build'>['disk']> => ({ id, serial, sizeBytes, accepted: reasons.filter(({ severity }) => severity === 'caution').map(({ code }) => code) });

export function useMediumBuild(): MediumBuild {
  const api = useApi();
  const [state, setState] = useState<BuildState>({ status: 'not-begun' });
  const control = useRef<AbortController | null>(null);
  // Leaving the screen stops the writing, and takes the passcodes with it.
  useEffect(() => () => control.current?.abort(), []);

  const run = async (order: Input<'media.build'>, stop: AbortController): Promise<void> => {
    let progress: BuildProgress | null = null;
    try {
      for await (const event of api.stream('media.build', order, stop.signal)) {
        if (event.kind === 'done') { setState({ status: 'done', done: event }); return; }
        const sameStep = event.step === progress?.step;
        progress = event;
        setState((before) => ({ status: 'writing', progress: event, stepBegan: sameStep && before.status === 'writing' ? before.stepBegan : { at: Date.now(), doneBytes: event.doneBytes } }));
      }
      throw new RemoteError({ code: 'cancelled', facts: {} }); // an aborted stream ends without a word
    } catch (failure) {
      setState({ status: 'failed', progress, failure });
    }
  };

  return {
    state,
    begin(draft) {
      if (draft.scope === null || draft.base === null || state.status === 'writing') return;
      const expiresAt = endOfDay(draft.expiresOn);
      control.current = new AbortController();
      setState({ status: 'writing', progress: null, stepBegan: { at: Date.now(), doneBytes: 0 } });
      void run({
        base: draft.base.path, scope: draft.scope, ...(draft.target === 'image' || draft.disk === null ? { out: draft.out.trim() } : { out: draft.disk.id, disk: chosen(draft.disk) }), technicians: [...draft.technicians], language: draft.language, overwrite: draft.overwrite, ...(expiresAt === null ? {} : { expiresAt }), ...(draft.incidentId === null ? {} : { incidentId: draft.incidentId }),
      }, control.current);
    },
    cancel: () => control.current?.abort(),
    forget: () => setState({ status: 'not-begun' }),
  };
}
