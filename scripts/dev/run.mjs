// Starts one of our TypeScript entries, or says in one sentence why this Node can not.
// Plain JavaScript on purpose: an old Node has to be able to read it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [entry, ...rest] = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Bluelift needs Node 24, this is Node ${process.versions.node}. ` +
      'On Linux x64 "npm ci" brings it along; elsewhere install Node 24 and run the npm script again.\n',
  );
  process.exit(78);
}
// The sources run as they are; kept compiled, they load in half the time. A folder of ours, because /tmp is anybody's.
const compiled = fileURLToPath(new URL('../../dist/compiled', import.meta.url));
const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...rest], { stdio: 'inherit', env: { NODE_COMPILE_CACHE: compiled, ...process.env } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
