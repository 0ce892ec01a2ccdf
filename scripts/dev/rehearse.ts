// npm run rehearse: the loop from keys to a repaired host, for real, on Linux with root (test/requirements.ts says with what else).
import { missingFor } from '../../test/requirements.ts';
import { rehearseLoop } from './rehearsal/rehearse-loop.ts';

const missing = missingFor('rehearsal');
if (missing.length > 0) {
  process.stderr.write(`The rehearsal needs ${missing.map(({ name, from }) => `${name} (${from})`).join(', ')}.\n`);
  process.exitCode = 78;
} else {
  try {
    const loop = await rehearseLoop((line) => process.stdout.write(`${line}\n`));
    process.exitCode = loop.hostState === 'repaired' ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  process.stdout.write(process.exitCode === 0 ? 'result    repaired\n' : 'result    FAILED\n');
}
