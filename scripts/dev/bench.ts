// Runs a benchmark of scripts/dev/bench by name, or lists them.
//
//   npm run bench [-- NAME [WORDS…]]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join(import.meta.dirname, 'bench');

/** A file of the folder that exports `run`; its first comment says what it measures. */
interface Benchmark { readonly run: (words: readonly string[]) => Promise<void> }

function listBenchmarks(): string[] {
  if (!existsSync(FOLDER)) return [];
  const names = readdirSync(FOLDER).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
  return names.filter((name) => /^export (async )?(function|const) run\b/m.test(readFileSync(join(FOLDER, `${name}.ts`), 'utf8')));
}

const about = (name: string): string => /^\/\/ (.*)$/m.exec(readFileSync(join(FOLDER, `${name}.ts`), 'utf8'))?.[1] ?? '';

const [name, ...words] = process.argv.slice(2);
const known = listBenchmarks();
if (name === undefined) {
  for (const each of known) process.stdout.write(`${each.padEnd(20)} ${about(each)}\n`);
} else if (known.includes(name)) {
  const { run } = (await import(pathToFileURL(join(FOLDER, `${name}.ts`)).href)) as Benchmark; // listBenchmarks saw its export
  await run(words);
} else {
  process.stderr.write(`No benchmark "${name}". There are: ${known.join(', ')}\n`);
  process.exitCode = 2;
}
