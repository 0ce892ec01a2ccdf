// npm test: builds what the tests need and runs every test project whose requirements are there. The last line is the count over all of them.
//
//   npm test [-- VITEST-ARGUMENTS…]       BLUELIFT_REQUIRE_ALL=1: a missing tool is a failure
//   npm run test:full                     the same, with the long variants of tests that have one (BLUELIFT_FULL=1)
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest, type Vitest } from 'vitest/node';
import { missingFor, projectsWithTests } from '../../test/requirements.ts';
import { buildStale, TARGETS } from './build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Counts { passed: number; failed: number; skipped: number }

async function main(words: readonly string[]): Promise<boolean> {
  if (words.includes('--full')) process.env['BLUELIFT_FULL'] = '1';
  const { filter, options } = parseCLI(['vitest', 'run', ...words.filter((word) => word !== '--full')]);
  const all = projectsWithTests(ROOT).filter((project) => options.project === undefined || [options.project].flat().includes(project));
  const lacking = all.map((project) => ({ project, missing: missingFor(project) })).filter(({ missing }) => missing.length > 0);
  const projects = all.filter((project) => !lacking.some((lack) => lack.project === project));

  await buildStale(TARGETS, print);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (projects.length > 0) {
    const vitest = await startVitest('test', filter, { ...options, root: ROOT, run: true, watch: false, project: projects });
    countTests(vitest, counts);
    await vitest.close();
  }

  print('');
  for (const { project, missing } of lacking) {
    print(`skipped project "${project}": needs ${missing.map(({ name, from }) => `${name} (${from})`).join(', ')}`);
  }
  const required = process.env['BLUELIFT_REQUIRE_ALL'] === '1' ? lacking.filter(({ missing }) => missing.some(({ mayLack }) => mayLack !== true)).length : 0;
  if (required > 0) print('BLUELIFT_REQUIRE_ALL is set: each skipped project counts as a failure');
  const failed = counts.failed + required;
  print(`${counts.passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
  return failed === 0;
}

/** A file that could not be loaded and an error outside of any test count as one failure each. */
function countTests(vitest: Vitest, counts: Counts): void {
  counts.failed += vitest.state.getUnhandledErrors().length;
  for (const module of vitest.state.getTestModules()) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else counts.skipped += 1; // also what never ran because its file failed
    }
    counts.failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere;
  }
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
