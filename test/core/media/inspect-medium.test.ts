import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildMedium } from '../../../electron/core/media/build-medium.ts';
import { inspectMedium } from '../../../electron/core/media/inspect-medium.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import { AGENT_FILES, makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { attemptIdOf, makeRecord, writeRecord } from '../remediation/test-records.ts';

let desk: TestDesk;
let media: MediaDesk;
let image: string;
beforeEach(async () => {
  desk = openTestDesk();
  media = makeMediaDesk();
  image = join(media.folder, 'medium.img');
  addKeyRecord(desk, { hostId: addHost(desk, 'KI-SURG-0417') });
  const lent = { media: media.ports, agentFiles: async () => [...AGENT_FILES, { name: 'README.txt', bytes: Buffer.from('Read me.\r\n') }], breathe: async () => {} };
  const order = { base: media.base('winre-x64.wim'), out: image, overwrite: false, scope: { kind: 'all' }, language: 'de', technicians: ['test'], expiresAt: '2024-08-01T00:00:00.000Z' } as const;
  for await (const _ of buildMedium(desk, order, lent, new AbortController().signal));
});
afterEach(() => { media[Symbol.dispose](); });

/** A copy of the medium as a mounted stick shows it. */
async function copyToFolder(): Promise<string> {
  const folder = join(media.folder, 'stick');
  const open = await openMedium(image, media.ports.files);
  for (const path of [...(open.manifest?.files.map((file) => file.path) ?? []), 'bluelift/manifest.json']) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await open.tree.read(path)) ?? []) chunks.push(Buffer.from(chunk));
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.concat(chunks));
  }
  await open.close();
  return folder;
}

test('a medium says what it is, and the register knows it', async () => {
  expect(await inspectMedium(desk.db, media.ports.files, image)).toMatchObject({
    mediaId: 'M-0001', createdAt: '2024-07-19T08:00:00Z', expiresAt: '2024-08-01T00:00:00Z', architecture: 'x64', language: 'de', recipe: 'channel-file-291 1', mismatches: [], entries: 1, slots: 1, results: 0, known: true,
  });
  expect(await inspectMedium(openTestDesk().db, media.ports.files, image)).toMatchObject({ mediaId: 'M-0001', known: false });
});

test('what was changed on a stick, left out or added is named', async () => {
  const stick = await copyToFolder();
  mkdirSync(join(stick, 'bluelift', 'results'), { recursive: true });
  writeFileSync(join(stick, 'bluelift', 'results', `${attemptIdOf(1)}.txt`), writeRecord(makeRecord()));
  mkdirSync(join(stick, 'System Volume Information'));
  writeFileSync(join(stick, 'System Volume Information', 'WPSettings.dat'), 'x');
  expect(await inspectMedium(desk.db, media.ports.files, stick)).toMatchObject({ mismatches: [], results: 1 });
  writeFileSync(join(stick, 'bluelift', 'README.txt'), 'Read me not.\r\n');
  rmSync(join(stick, 'bluelift', 'bytes.bin'));
  writeFileSync(join(stick, 'bluelift', 'more.cmd'), 'format C:');
  writeFileSync(join(stick, 'bluelift', 'bundle', 'header.txt'), 'bluelift-bundle 1\r\nentries=5\r\n');
  const facts = await inspectMedium(desk.db, media.ports.files, stick);
  expect(facts.mismatches.toSorted()).toEqual(['bluelift/README.txt', 'bluelift/bundle/header.txt', 'bluelift/bytes.bin', 'bluelift/more.cmd']);
  expect(facts).toMatchObject({ entries: null, slots: null });
});

test('a file that is no medium is refused', async () => {
  writeFileSync(join(media.folder, 'film.mkv'), Buffer.alloc(300_000));
  await expect(inspectMedium(desk.db, media.ports.files, join(media.folder, 'film.mkv'))).rejects.toMatchObject({ code: 'image-unreadable' });
});
