import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses, FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { FUSES } from '../../scripts/dev/fuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The mark by which the fuses are found in an executable, their version, how many, and all of them on. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const COUNT = 9;

test('a packaged executable can no longer be run as Node, inspected, or loaded with another application', async () => {
  const executable = join(temporaryFolder(), 'bluelift');
  writeFileSync(executable, Buffer.concat([Buffer.from(`before${SENTINEL}`), Buffer.from([1, COUNT]), Buffer.from('1'.repeat(COUNT)), Buffer.from('after')]));
  await flipFuses(executable, FUSES);
  const wire = await getCurrentFuseWire(executable);
  const states = Object.fromEntries(Object.entries(FuseV1Options).filter((entry): entry is [string, FuseV1Options] => typeof entry[1] === 'number').map(([name, fuse]) => [name, wire[fuse] === FuseState.ENABLE]));
  expect(states).toEqual({
    RunAsNode: false, EnableNodeCliInspectArguments: false, EnableNodeOptionsEnvironmentVariable: false, GrantFileProtocolExtraPrivileges: false, LoadBrowserProcessSpecificV8Snapshot: false,
    OnlyLoadAppFromAsar: true, EnableEmbeddedAsarIntegrityValidation: true, EnableCookieEncryption: true, WasmTrapHandlers: true,
  });
});
