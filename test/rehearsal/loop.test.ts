// The loop of the design, once through every station, over the command line and an image file.
import { expect, test } from 'vitest';
import { rehearseLoop } from '../../scripts/dev/rehearsal/rehearse-loop.ts';
import { FAULTY, OTHER } from '../../scripts/dev/rehearsal/locked-volume.ts';

test('a host goes from an imported key to repaired through a built image, the agent and its record', async () => {
  const lines: string[] = [];
  const loop = await rehearseLoop((line) => lines.push(line));
  expect(loop).toMatchObject({ hostState: 'repaired', removed: [FAULTY], left: [OTHER], rotationDue: 1 });
  expect(loop.payloadOnScreen).toBe(loop.payloadOnLabel);
  // Three groups in a row are none of a channel file's name.
  expect(lines.join('\n')).not.toMatch(/\b\d{6}-\d{6}-\d{6}\b/);
});
