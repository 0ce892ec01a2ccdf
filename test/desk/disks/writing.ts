// A whole run of the writing process on a file that stands for a disk: request and spool in, report and bytes out.
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskReasonCode } from '../../../electron/core/codes.ts';
import type { DiskIdentity } from '../../../electron/core/media/disk-reasons.ts';
import { diskWriteReport, type DiskRun, type DiskWriteReport } from '../../../electron/core/media/disk-write.ts';
import type { DiskSystem } from '../../../electron/desk/disks/disk-system.ts';
import { requestFor } from '../../../electron/desk/disks/hand-to-writer.ts';
import { REPORT_SUFFIX, runWriter } from '../../../electron/desk/disks/run-writer.ts';

const MIB = 1024 * 1024;
/** What stands on the disk before, so that whatever is touched shows. */
const OLD = 0xa5;

export interface FileDisk { readonly file: string; readonly sizeBytes: number }

/** A file full of something else at both ends; a hole between. */
export function makeFileDisk(file: string, sizeBytes: number): FileDisk {
  const handle = openSync(file, 'w');
  ftruncateSync(handle, sizeBytes);
  for (const at of [0, sizeBytes - MIB]) writeSync(handle, Buffer.alloc(MIB, OLD), 0, MIB, at);
  closeSync(handle);
  return { file, sizeBytes };
}

function bytesAt(file: string, offset: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  const bytes = Buffer.alloc(length);
  readSync(handle, bytes, 0, length, offset);
  closeSync(handle);
  return bytes;
}

export const isUntouched = ({ file, sizeBytes }: FileDisk): boolean => [0, sizeBytes - MIB].every((at) => bytesAt(file, at, MIB).every((byte) => byte === OLD));
export const hasTable = ({ file }: FileDisk): boolean => bytesAt(file, 0, 512).some((byte) => byte !== 0);

/** @returns What was reported, and whether every planned byte is on the disk. */
export async function writeOnto(disk: FileDisk, wanted: DiskIdentity, system: DiskSystem, { accepted = [], folder }: { readonly accepted?: readonly DiskReasonCode[]; readonly folder: string }): Promise<{ readonly last: DiskWriteReport | undefined; readonly isWhole: boolean }> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const places = [[0, 34], [2048, 9000], [60_000, 3], [disk.sizeBytes / 512 - 33, 33]] as const;
  const bytes = Buffer.from(Uint8Array.from({ length: places.reduce((sum, [, count]) => sum + count * 512, 0) }, (_, i) => (i * 31 + (i >> 9) + 1) & 0xff));
  let at = 0;
  const runs = places.flatMap(([sector, count]): DiskRun[] => {
    const cut: DiskRun[] = [];
    for (let from = 0; from < count; from += 8192) {
      const sizeBytes = Math.min(8192, count - from) * 512;
      cut.push({ offset: (sector + from) * 512, sizeBytes, at, sha256: createHash('sha256').update(bytes.subarray(at, at + sizeBytes)).digest('hex') });
      at += sizeBytes;
    }
    return cut;
  });
  const [spool, request] = [join(folder, 'spool'), join(folder, 'request.json')];
  writeFileSync(spool, bytes);
  writeFileSync(request, JSON.stringify(requestFor({ ...wanted, accepted }, [], spool, runs)));
  writeFileSync(`${request}${REPORT_SUFFIX}`, '');
  await runWriter(request, system);
  const lines = readFileSync(`${request}${REPORT_SUFFIX}`, 'utf8').split('\n').filter((line) => line !== '').map((line) => diskWriteReport.parse(JSON.parse(line)));
  return { last: lines.at(-1), isWhole: runs.every((run) => bytesAt(disk.file, run.offset, run.sizeBytes).equals(bytes.subarray(run.at, run.at + run.sizeBytes))) };
}
