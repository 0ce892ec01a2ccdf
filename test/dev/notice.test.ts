import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Readonly<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>; // our own file
const lines = read('NOTICE').split('\n');
const lineOf = (name: string): string => lines.find((line) => line.startsWith(`${name} `)) ?? '';

test('every direct dependency has a line in the notice, with the licence its package names', () => {
  for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    const line = lineOf(name);
    expect(line, name).toMatch(/: \S/);
    if (name in (optionalDependencies ?? {})) continue; // not installed on every system
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string }; // of a package the lock file pins
    if (!license.startsWith('SEE LICENSE')) expect(line, name).toContain(license);
  }
});

test('the notice names nothing that is no dependency any more', () => {
  const named = lines.map((line) => /^(@?[\w./-]+)(?: \([^)]+\))? \d+\.\d+\.\d+: /.exec(line)?.[1]).filter((name) => name !== undefined);
  expect(named.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).toSorted());
});

test('the part that is not freely usable says so: 7-Zip with the unRAR restriction', () => expect(read('NOTICE')).toMatch(/LGPL[^]*unRAR restriction/));
