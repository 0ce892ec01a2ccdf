// The imports that are under way, lent to the screen that shows them: whoever looks elsewhere meanwhile finds them as they are.
import { createContext, use } from 'react';
import type { FileImport } from './use-file-import.ts';
import type { SourceImport } from './use-source-import.ts';

export interface ImportsUnderWay { readonly files: FileImport; readonly source: SourceImport }

export const ImportsContext = createContext<ImportsUnderWay | null>(null);

/** @returns What is under way; throws outside the provider, which is a bug. */
export function useImports(): ImportsUnderWay {
  const imports = use(ImportsContext);
  if (imports === null) throw new Error('ImportsProvider is missing above');
  return imports;
}
