// Starts a PC with UEFI (OVMF in QEMU) from a medium and listens to its serial line.

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `secure`: Secure Boot is on, with Microsoft's keys of Debian's package. */
export interface Pc {
  readonly secure?: boolean;
  /** What it starts from: QEMU's own words. */
  readonly devices: readonly string[];
}

const OVMF = '/usr/share/OVMF';
const MOST_SECONDS = 150;

export const asStick = (image: string): string[] => ['-device', 'qemu-xhci,id=x', '-drive', `if=none,id=stick,file=${image},format=raw,snapshot=on`, '-device', 'usb-storage,bus=x.0,drive=stick,removable=on,bootindex=0'];
export const asDisc = (image: string): string[] => ['-drive', `if=none,id=disc,file=${image},format=raw,media=cdrom,readonly=on`, '-device', 'ide-cd,drive=disc,bootindex=0'];

/** @returns What it wrote on the serial line, as soon as one of the lines is there or time is up. */
export async function startPc({ secure = false, devices }: Pc, folder: string, ...lines: readonly string[]): Promise<string> {
  const variables = join(folder, 'variables.fd');
  const serial = join(folder, `serial-${Math.random().toString(36).slice(2)}.log`);
  copyFileSync(join(OVMF, secure ? 'OVMF_VARS_4M.ms.fd' : 'OVMF_VARS_4M.fd'), variables);
  // TCG: with KVM this firmware dies on some machines, and it is fast enough.
  const args = ['--accel', 'tcg,thread=multi', '-cpu', 'max', '-m', '512', '-machine', secure ? 'q35,smm=on' : 'q35', '-display', 'none', '-monitor', 'none', '-serial', `file:${serial}`,
    ...(secure ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    '-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${join(OVMF, secure ? 'OVMF_CODE_4M.ms.fd' : 'OVMF_CODE_4M.fd')}`, '-drive', `if=pflash,format=raw,unit=1,file=${variables}`,
    ...(devices.includes('-netdev') ? [] : ['-net', 'none']), ...devices];
  const machine = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => { machine.once('exit', resolve); });
  const said = (): string => (existsSync(serial) ? readFileSync(serial, 'latin1') : '');
  try {
    for (let tenths = 0; tenths < MOST_SECONDS * 10 && !lines.some((line) => said().includes(line)) && machine.exitCode === null; tenths++) await new Promise((resolve) => { setTimeout(resolve, 100); });
    return said();
  } finally {
    machine.kill('SIGKILL');
    await ended;
  }
}
