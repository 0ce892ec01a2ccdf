// Makes a report and saves it as a file; its toast says under which name.
import type { Input } from '../electron/api/contract.ts';
import { useApi } from './desk.tsx';
import { useMessages } from './preferences.tsx';
import { saveBytes, saveText } from './save-table.ts';
import { useToast } from './toast.tsx';
import { useAct } from './use-act.ts';

/** @returns An act that makes a report and hands it over as a file. */
export function useMakeReport(): Pick<ReturnType<typeof useAct>, 'busy' | 'failure'> & { readonly make: (order: Input<'reports.make'>) => void } {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const { run, busy, failure } = useAct();
  const make = (order: Input<'reports.make'>): void => run(async () => {
    const report = await api.call('reports.make', order);
    if (report.encoding === 'base64') saveBytes(report.name, Uint8Array.from(atob(report.content), (sign) => sign.charCodeAt(0)), report.type);
    else saveText(report.name, report.content, report.type);
    toast({ text: m.reports.made(report.name) });
  });
  return { make, busy, failure };
}
