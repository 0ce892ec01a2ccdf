import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import { LOADER_LINE } from '../fixtures/stand-in-loader.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';

const FIRMWARE = '/usr/share/OVMF/OVMF_CODE_4M.fd';
const VARIABLES = '/usr/share/OVMF/OVMF_VARS_4M.fd';
const MOST_SECONDS = 150;

/** Starts a PC with the image as a USB stick. @returns What its firmware wrote on the serial line, as soon as the line is there or time is up. */
async function startFromStick(image: string, folder: string, line: string): Promise<string> {
  const variables = join(folder, 'variables.fd');
  const serial = join(folder, 'serial.log');
  copyFileSync(VARIABLES, variables);
  // TCG: with KVM this firmware dies on some machines, and it is fast enough.
  const args = ['--accel', 'tcg,thread=multi', '-cpu', 'max', '-m', '512', '-machine', 'q35', '-display', 'none', '-monitor', 'none', '-net', 'none', '-serial', `file:${serial}`,
    '-drive', `if=pflash,format=raw,readonly=on,file=${FIRMWARE}`, '-drive', `if=pflash,format=raw,file=${variables}`,
    '-device', 'qemu-xhci,id=x', '-drive', `if=none,id=stick,file=${image},format=raw,snapshot=on`, '-device', 'usb-storage,bus=x.0,drive=stick,removable=on,bootindex=0'];
  const machine = spawn('qemu-system-x86_64', args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => { machine.once('exit', resolve); });
  const said = (): string => (existsSync(serial) ? readFileSync(serial, 'latin1') : '');
  try {
    for (let tenths = 0; tenths < MOST_SECONDS * 10 && !said().includes(line) && machine.exitCode === null; tenths++) await new Promise((resolve) => { setTimeout(resolve, 100); });
    return said();
  } finally {
    machine.kill('SIGKILL');
    await ended;
  }
}

test('a PC with UEFI starts the boot manager of the image from a USB stick', async () => {
  using desk = makeMediaDesk();
  const built = await buildImage(desk.order({ base: desk.base('windows-x64.iso') }), desk.ports);
  expect(await startFromStick(built.path, desk.folder, LOADER_LINE)).toContain(LOADER_LINE);
});
