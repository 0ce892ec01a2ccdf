// The command line from a checkout: builds the agent first where a command puts it onto a medium, then hands over to electron/cli.ts.
import { buildStale } from './build.ts';

const words = process.argv.slice(2);
if (words[0] === 'media' && words[1] === 'build') await buildStale(['agent'], (line) => void process.stderr.write(`${line}\n`));
await import('../../electron/cli.ts');
