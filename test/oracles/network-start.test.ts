import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { LOADER_LINE, standInLoader } from '../fixtures/stand-in-loader.ts';
import { startPc } from './firmware.ts';
import { tool } from './tools.ts';

test('a PC starts over the network: iPXE fetches the script, wimboot and the whole WIM, and starts', async () => {
  using desk = makeMediaDesk();
  const out = join(desk.folder, 'net');
  await buildImage(desk.order({ base: desk.base('windows-x64.iso'), format: 'pxe', out }), desk.ports);
  // Nobody's wimboot is part of this repository: an EFI application stands in for it, which says its line when iPXE has fetched all and starts it.
  writeFileSync(join(out, 'wimboot'), standInLoader('x64'));
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const path = join(out, decodeURIComponent(request.url ?? ''));
    if (!existsSync(path)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-length': statSync(path).size });
    if (request.method === 'HEAD') { response.end(); return; }
    createReadStream(path).pipe(response).on('finish', () => { fetched.push(request.url ?? ''); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  try {
    // QEMU's own network answers for 127.0.0.1 as 10.0.2.2; the card's ROM is iPXE.
    const devices = ['-netdev', `user,id=net,bootfile=http://10.0.2.2:${port}/boot.ipxe`, '-device', 'virtio-net-pci,netdev=net,bootindex=0'];
    expect(await startPc({ devices }, desk.folder, LOADER_LINE)).toContain(LOADER_LINE);
    expect([...new Set(fetched)]).toEqual(['/boot.ipxe', '/wimboot', '/sources/boot.wim']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('wimlib finds nothing wrong with its WIM, and every file of the medium in the image that boots', async () => {
  using desk = makeMediaDesk();
  const out = join(desk.folder, 'net');
  await buildImage(desk.order({ base: desk.base('windows-x64.iso'), format: 'pxe', out }), desk.ports);
  const wim = join(out, 'sources', 'boot.wim');
  expect(tool('wimlib-imagex', 'verify', wim)).toContain('successfully verified');
  expect(tool('wimlib-imagex', 'info', wim)).toMatch(/Boot Index: +2\n/);
  const paths = tool('wimlib-imagex', 'dir', wim, '2').split('\n');
  for (const path of ['/bluelift/agent.js', '/bluelift/medium.txt', '/bluelift/bundle/header.txt', '/bluelift/bundle/00/000f.txt', '/Windows/System32/winpeshl.ini', '/Windows/Boot/EFI/bootmgfw.efi', '/Windows/Boot/DVD/EFI/BCD']) expect(paths).toContain(path);
  expect(tool('wimlib-imagex', 'dir', wim, '2', '--detailed')).not.toMatch(/Attributes +=\s+0x[0-9a-f]*[1-9a-f][0-9a-f]{4}\b/i);
});
