import { defineConfig } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24) throw new Error(`The tests need Node 24, this is ${process.versions.node}: start them with "npm test".`);

/** A folder that needs something from outside npm is a project of its own (test/requirements.ts says what). */
const separate = ['oracles', 'rehearsal', 'shell', 'e2e'];
const project = (name: string, include: string[], exclude: string[], timeoutMs: number) => ({
  test: { name, include, exclude: [...exclude, 'test/electron-double/**', 'node_modules/**'], testTimeout: timeoutMs, hookTimeout: timeoutMs },
});

export default defineConfig({
  test: {
    projects: [
      project('desk', ['test/**/*.test.ts'], separate.map((folder) => `test/${folder}/**`), 30_000),
      ...separate.map((folder) => project(folder, [`test/${folder}/**/*.test.ts`], [], 240_000)),
    ],
  },
});
