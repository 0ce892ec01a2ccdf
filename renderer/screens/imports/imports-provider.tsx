// Holds the imports that are under way for as long as somebody is signed in, whatever screen is in sight.
import type { ReactNode } from 'react';
import { ImportsContext } from './imports-context.ts';
import { useFileRun } from './use-file-import.ts';
import { useSourceRun } from './use-source-import.ts';

export function ImportsProvider({ children }: { readonly children: ReactNode }) {
  const files = useFileRun();
  const source = useSourceRun();
  return <ImportsContext value={{ files, source }}>{children}</ImportsContext>;
}
