import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeResultCode } from '../../electron/core/media/result-code.ts';
import { sentencesIn } from '../../electron/commands/sentences.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('names a slip of a result code before all else, and a medium nobody knows; says which modes a medium can have', async () => {
  const { first } = await newDesk();
  const code = makeResultCode('repaired', 'none', (text) => createHmac('sha256', 'any').update(text).digest());
  const unknown = await bluelift(['attempts', 'accept', 'm-0001', code, ...first, '--json']);
  expect([unknown.code, unknown.json()]).toMatchObject([3, { error: { code: 'not-found', facts: { mediaId: 'M-0001' } } }]);
  expect(await bluelift(['attempts', 'accept', 'M-0001', ...first])).toMatchObject({ code: 2 });
  const mode = await bluelift(['media', 'build', '--base', 'x.iso', '--scope', 'all', '--out', 'x.img', '--mode', 'wipe', ...first, '--json']);
  expect([mode.code, mode.json()]).toMatchObject([2, { error: { code: 'invalid-input', facts: { fields: ['--mode'], known: ['repair', 'safe-boot', 'inspect'] } } }]);
}, 180_000);

it('says in words why a file holds no result, and how many characters of a code are none', async () => {
  const { folder, first } = await newDesk();
  writeFileSync(join(folder, 'image.img'), new Uint8Array(100_000));
  const report = await bluelift(['attempts', 'import', join(folder, 'image.img'), join(folder, 'gone'), ...first, '--language', 'de']);
  expect([report.code, report.out]).toEqual([7, expect.stringMatching(/image\.img: .*Dort ist kein Bluelift-Medium zu lesen\n.*gone: .*Datei nicht gefunden\n/)]);
  expect([sentencesIn('en').codeSlip('letters', 12, '3'), sentencesIn('en').codeSlip('letters', 12, '1, 11')]).toEqual(['A slip, no result code: character 3 is in no result code.', 'A slip, no result code: characters 1, 11 are in no result code.']);
}, 180_000);
