import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { missingFor, projectsWithTests, REQUIREMENTS } from '../requirements.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('what the tests need', () => {
  test('is known for every project, and nothing for the tests that run everywhere', () => {
    expect(projectsWithTests(ROOT)).toEqual(expect.arrayContaining(['desk', 'shell']));
    expect(missingFor('desk')).toEqual([]);
    const config = readFileSync(join(ROOT, 'vitest.config.ts'), 'utf8');
    for (const project of Object.keys(REQUIREMENTS)) expect(config).toContain(`'${project}'`);
  });

  test('is looked for where a plain user’s PATH does not lead, and started there', () => {
    const seen = execFileSync(process.execPath, ['-e', `await import('${pathToFileURL(join(ROOT, 'test/requirements.ts')).href}'); process.stdout.write(process.env.PATH)`], { encoding: 'utf8', env: { PATH: '/usr/bin:/usr/sbin' } });
    expect(seen).toBe('/usr/bin:/usr/sbin:/sbin');
  });

  test('is installed by CI, package by package', () => {
    const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8');
    const packages = Object.values(REQUIREMENTS).flat().flatMap(({ from }) => /^Debian package (\S+)$/.exec(from)?.[1] ?? []);
    expect(packages.length).toBeGreaterThan(8);
    expect(packages.filter((name) => !new RegExp(`(^|\\s)${name}(\\s|$)`, 'm').test(ci))).toEqual([]);
  });

  test('names every tool of Debian that the oracles call', () => {
    const called = readdirSync(join(ROOT, 'test/oracles')).flatMap((file) => [...readFileSync(join(ROOT, 'test/oracles', file), 'utf8').matchAll(/\b(?:tool|execFileSync|spawnSync|spawn)\('([\w.-]+)'/g)].map((found) => found[1] ?? ''));
    const named = new Set((REQUIREMENTS['oracles'] ?? []).map(({ name }) => name));
    const ALWAYS_THERE = new Set(['dd', 'unshare']);
    expect(called.length).toBeGreaterThan(5);
    expect([...new Set(called)].filter((name) => !named.has(name) && !ALWAYS_THERE.has(name))).toEqual([]);
  });
});
