import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';

it('lists call sheets, open ones or all, and names a sheet that is none', async () => {
  const { first } = await newDesk();
  for (const which of [[], ['--all']]) {
    const listed = await bluelift(['calls', 'list', ...which, ...first, '--json']);
    expect(listed.code).toBe(0);
    expect(listed.json()).toEqual({ total: 0, rows: [] });
  }
  expect(await bluelift(['calls', 'close', '99', '--outcome', 'unlocked', ...first])).toMatchObject({ code: 3 });
}, 180_000);
