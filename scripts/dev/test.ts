// npm test: builds what the tests need and runs every test project whose requirements are there. The last line is the count over all of them.
//
//   npm test [-- VITEST-ARGUMENTS…]       BLUELIFT_REQUIRE_ALL=1: a missing tool is a failure
//   npm run test:full                     the same, with the long variants of tests that have one (BLUELIFT_FULL=1)
//
// BLUELIFT_TEST_MINUTES=N ends it after N minutes, with what had not ended by then as failed and named.
import { fileURLToPath } from 'node:url';
import { createVitest, parseCLI, type Vitest } from 'vitest/node';
import { missingFor, projectsWithTests } from '../../test/requirements.ts';
import { buildStale, TARGETS } from './build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const CLOSE_MS = 30_000;

interface Counts { passed: number; failed: number; skipped: number }

async function main(words: readonly string[]): Promise<boolean> {
  if (words.includes('--full')) process.env['BLUELIFT_FULL'] = '1';
  const { filter, options } = parseCLI(['vitest', 'run', ...words.filter((word) => word !== '--full')]);
  const all = projectsWithTests(ROOT).filter((project) => options.project === undefined || [options.project].flat().includes(project));
  const lacking = all.map((project) => ({ project, missing: missingFor(project) })).filter(({ missing }) => missing.length > 0);
  const projects = all.filter((project) => !lacking.some((lack) => lack.project === project));

  await buildStale(TARGETS, print);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const again: string[] = [];
  if (projects.length > 0) {
    Object.assign(process.env, { TEST: 'true', VITEST: 'true', NODE_ENV: process.env['NODE_ENV'] ?? 'test' }); // as its own command line does
    const vitest = await createVitest('test', { ...options, root: ROOT, run: true, watch: false, project: projects });
    await within(minutes(process.env['BLUELIFT_TEST_MINUTES']), vitest.start(filter).catch((error: unknown) => {
      print(`the tests did not start: ${error instanceof Error ? error.message : String(error)}`);
      counts.failed += 1;
    }));
    countTests(vitest, counts, again);
    // A server that some test left behind may hold on to its output, and closing would wait for that for ever.
    await within(CLOSE_MS, vitest.close());
  }

  print('');
  for (const name of again) print(`passed at the second try: ${name}`);
  for (const { project, missing } of lacking) {
    print(`skipped project "${project}": needs ${missing.map(({ name, from }) => `${name} (${from})`).join(', ')}`);
  }
  const required = process.env['BLUELIFT_REQUIRE_ALL'] === '1' ? lacking.filter(({ missing }) => missing.some(({ mayLack }) => mayLack !== true)).length : 0;
  if (required > 0) print('BLUELIFT_REQUIRE_ALL is set: each skipped project counts as a failure');
  const failed = counts.failed + required;
  print(`${counts.passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
  return failed === 0;
}

/** @returns When the work is done or the time over, whichever comes first. */
async function within(limitMs: number | null, work: Promise<unknown>): Promise<void> {
  if (limitMs === null) return void await work;
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => { timer = setTimeout(resolve, limitMs); })]).finally(() => { clearTimeout(timer); });
}

function minutes(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`BLUELIFT_TEST_MINUTES is a number of minutes, not "${text}"`);
  return Number(text) * 60_000;
}

/** A file that could not be loaded, one that has not ended, and an error outside of any test count as one failure each. */
function countTests(vitest: Vitest, counts: Counts, again: string[]): void {
  counts.failed += vitest.state.getUnhandledErrors().length;
  for (const module of vitest.state.getTestModules()) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else if (state === 'pending') print(`has not ended: ${module.relativeModuleId} · ${test.fullName}`);
      else counts.skipped += 1; // also what never ran because its file failed
      if (state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0) again.push(`${module.relativeModuleId} · ${test.fullName}`);
    }
    const isOver = ['passed', 'failed', 'skipped'].includes(module.state());
    if (!isOver) print(`has not ended: ${module.relativeModuleId}`);
    counts.failed += failedHere === 0 && (module.state() === 'failed' || !isOver) ? 1 : failedHere;
  }
}

process.exit((await main(process.argv.slice(2))) ? 0 : 1); // exit, not exitCode: nothing is waited for any more
