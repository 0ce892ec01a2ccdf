import { expect, it } from 'vitest';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('asks for what an act on a medium needs, and knows no medium that was not made here', async () => {
  const folder = temporaryFolder();
  const first = asOperator(folder, 'first', 'constructed passphrase');
  await bluelift(['init', ...first]);
  expect(await bluelift(['media', 'issue', 'M-0001', ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['media', 'lost', 'M-0001', ...first])).toMatchObject({ code: 2 });
  for (const words of [['issue', 'M-0001', '--holder', 'tech-04'], ['return', 'm-0001'], ['wipe', 'M-0001'], ['lost', 'M-0001', '--note', 'in a taxi'], ['show', 'M-0001']]) {
    const run = await bluelift(['media', ...words, ...first, '--json']);
    expect([run.code, run.json()]).toMatchObject([3, { error: { code: 'not-found', facts: { mediaId: 'M-0001' } } }]);
  }
}, 240_000);
