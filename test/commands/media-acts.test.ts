import { expect, it } from 'vitest';
import { codeWords } from '../../electron/commands/describe-error.ts';
import { mediumLine } from '../../electron/commands/media.ts';
import { sentencesIn } from '../../electron/commands/sentences.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('asks for what an act on a medium needs, and knows no medium that was not made here', async () => {
  const { first } = await newDesk();
  expect(await bluelift(['media', 'issue', 'M-0001', ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['media', 'lost', 'M-0001', ...first])).toMatchObject({ code: 2 });
  for (const words of [['issue', 'M-0001', '--holder', 'tech-04'], ['return', 'm-0001'], ['wipe', 'M-0001'], ['lost', 'M-0001', '--note', 'in a taxi'], ['show', 'M-0001']]) {
    const run = await bluelift(['media', ...words, ...first, '--json']);
    expect([run.code, run.json()]).toMatchObject([3, { error: { code: 'not-found', facts: { mediaId: 'M-0001' } } }]);
  }
}, 240_000);

it.each([
  ['issued', '2024-07-22T06:00:00Z', 'en', 'EXPIRED 2024-07-22T06:00:00Z'], ['issued', '2199-01-01T00:00:00Z', 'en', 'expires 2199-01-01T00:00:00Z'], ['wiped', '2024-07-22T06:00:00Z', 'de', 'läuft ab 2024-07-22T06:00:00Z'],
  ['built', '2024-07-22T06:00:00Z', 'de', 'ABGELAUFEN 2024-07-22T06:00:00Z'],
] as const)('says of a medium that is %s until %s who has it and whether it has expired (%s)', (state, expiresAt, language, said) => {
  const medium = { mediaId: 'M-0001', state, hosts: 3, technicians: ['tech-04', 'tech-05'], holder: 'tech-05', expiresAt } as unknown as Parameters<typeof mediumLine>[0]; // what the line does not say is left out
  expect(mediumLine(medium, sentencesIn(language), codeWords(language))).toMatch(new RegExp(`^M-0001  .*tech-04, tech-05  ${language === 'de' ? 'bei' : 'with'} tech-05  ${said}$`));
});
