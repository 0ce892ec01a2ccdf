import { expect, it } from 'vitest';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('lists call sheets, open ones or all, and names a sheet that is none', async () => {
  const first = asOperator(temporaryFolder(), 'first', 'constructed passphrase');
  await bluelift(['init', ...first]);
  for (const which of [[], ['--all']]) {
    const listed = await bluelift(['calls', 'list', ...which, ...first, '--json']);
    expect(listed.code).toBe(0);
    expect(listed.json()).toEqual({ total: 0, rows: [] });
  }
  expect(await bluelift(['calls', 'close', '99', '--outcome', 'unlocked', ...first])).toMatchObject({ code: 3 });
}, 90_000);
