// What of the agent the rehearsal can not show: files that say so in their first line.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const AGENT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'media', 'agent');
const MARK = '// NOT IN WINE: ';

export type WineGap = { readonly file: string; readonly what: string; readonly lines: number };

/** @returns The agent's files that need what Wine lacks, by name. */
export async function listWineGaps(): Promise<WineGap[]> {
  const gaps: WineGap[] = [];
  for (const file of (await readdir(AGENT)).toSorted()) {
    const text = await readFile(join(AGENT, file), 'utf8');
    if (text.startsWith(MARK)) gaps.push({ file, what: text.slice(MARK.length, text.indexOf(' (')), lines: text.trimEnd().split('\n').length });
  }
  return gaps;
}
