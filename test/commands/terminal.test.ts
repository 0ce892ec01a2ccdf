import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPassphraseFile } from '../../electron/commands/terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const text = 'Kennw\u00f6rt 1\r\n';

test.each([
  ['UTF-8', Buffer.from(text)], ['UTF-8 with a mark, as Notepad', Buffer.from(`\ufeff${text}`)], ['UTF-16, as PowerShell\u2019s >', Buffer.from(`\ufeff${text}`, 'utf16le')],
])('a passphrase out of a file in %s is what was written: a wrong one would count against the account', (_what, bytes) => {
  const path = join(temporaryFolder(), 'passphrase');
  writeFileSync(path, bytes);
  expect(readPassphraseFile(path)).toBe('Kennw\u00f6rt 1');
});
