// The command line from a checkout: builds the agent first where a command puts it onto a medium, then hands over to electron/cli.ts.
import { buildStale } from './build.ts';

const words = process.argv.slice(2);
if (words[0] === 'media' && words[1] === 'build') await buildStale(['agent'], (line) => void process.stderr.write(`${line}\n`));
const { INIT_CWD } = process.env; // npm goes to the project's folder; the paths typed are meant from where it was called
if (INIT_CWD !== undefined) process.chdir(INIT_CWD);
await import('../../electron/cli.ts');
