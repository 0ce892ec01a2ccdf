// volume inspect, volume test.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { findRecoveryPasswordWithin } from '../core/keys/recovery-password-within.ts';
import { parseRecoveryPassword } from '../core/keys/recovery-password.ts';
import { decodeText } from '../formats/intake/plain-text.ts';
import { EXIT, type Command } from './command.ts';
import { askPassphrase } from './terminal.ts';

/** Named of one key protector. */
const MOST_HOSTS = 3;

type Inspection = Extract<Output<'volumes.inspect'>, { kind: 'done' }>;

export const volumeCommands: readonly Command[] = [
  {
    name: 'volume inspect', usage: 'volume inspect PATH', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, codes, print, progress, signal }) {
      let done: Inspection | null = null;
      for await (const event of api.stream('volumes.inspect', { path: resolve(words[0] ?? '') }, signal)) {
        if (event.kind === 'searching') progress(say.volumeSearching(event.searchedBytes, event.ofBytes));
        else done = event;
      }
      if (done === null) throw new AppError('cancelled');
      const { kind: _done, ...disk } = done;
      if (disk.declined) throw new AppError('container-declined', { path: disk.path, container: disk.container });
      print(say.volumesFound(disk.volumes.length, disk.partitions, disk.container));
      if (disk.isByBackupTable) print(say.byBackupTable);
      for (const volume of disk.volumes) {
        const { conversion, status } = volume;
        const cipher = [volume.cipher ?? '', conversion === 'encrypted' || conversion === 'unknown' ? '' : codes.disk.conversion[conversion]].filter((part) => part !== '').join(', ');
        print(say.volume(volume.offset, status === 'volume' ? volume.volumeId ?? '' : codes.disk.untested[status], volume.description ?? '', cipher, volume.copies.filter(({ state }) => state === 'good').length, volume.copies.length));
        if (volume.bootSector === 'unusable') print(say.bootSectorUnusable);
        if (volume.copies.some(({ state }) => state === 'behind-end')) print(say.volumeEndsEarly);
        if (volume.copies.some(({ state }) => state === 'outdated')) print(say.volumeCopiesDiffer);
        if (volume.protectors.some(({ kind }) => kind === 'clear-key')) print(say.volumeSuspended);
        for (const { keyProtectorId, kind, hint, keyRecords } of volume.protectors) {
          print(say.protector(keyProtectorId, codes.protectorKind[kind] ?? kind, hint ?? '', kind === 'recovery-password' ? keyRecords.length : null, hostsOf(keyRecords)));
        }
      }
      for (const { offset, partition, content } of disk.others) print(say.otherContent(offset, partition, codes.disk.content[content]));
      if (disk.isCutOff) print(say.volumesCutOff(disk.volumes.length));
      if (disk.unreadableBytes > 0) print(say.volumesUnreadable(disk.unreadableBytes));
      return { json: disk, exitCode: disk.volumes.length === 0 ? EXIT.nothingFound : EXIT.done };
    },
  },
  {
    name: 'volume test', usage: 'volume test PATH [--recovery-password-stdin]', options: { 'recovery-password-stdin': { type: 'boolean' } }, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, codes, print, progress, signal }) {
      // At a terminal nobody sees that it is waited for, and everybody what is typed.
      const typed = options['recovery-password-stdin'] !== true ? null : readRecoveryPassword(process.stdin.isTTY ? Buffer.from(await askPassphrase(say.typeRecoveryPassword)) : readFileSync(0));
      const wish: Input<'volumes.test'> = { path: resolve(words[0] ?? ''), ...(typed === null ? {} : { recoveryPassword: typed }) };
      let done: Extract<Output<'volumes.test'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('volumes.test', wish, signal)) {
        if (event.kind === 'searching') progress(say.volumeSearching(event.searchedBytes, event.ofBytes));
        else if (event.kind === 'progress') progress(say.volumeProgress(Math.floor(100 * event.share)));
        else done = event;
      }
      if (done === null) throw new AppError('cancelled');
      const opened = done.tested.filter(({ status }) => status === 'opened');
      for (const { keyProtectorId, keyRecordId, metadataProven, revealsOthers } of opened) print(say.volumeOpened(keyProtectorId ?? '', keyRecordId, metadataProven, revealsOthers));
      if (done.tested.length > 0 && opened.length === 0) print(say.volumeNotOpened(done.tested.length, done.volumes));
      if (done.volumes === 0) print(say.noVolumeToTest);
      for (const { offset, why, keyProtectorIds } of done.untested) print(say.volumeUntested(offset, codes.disk.untested[why], keyProtectorIds));
      for (const offset of done.suspended) print(say.volumeOpenAnyway(offset));
      return { json: { path: done.path, volumes: done.volumes, opened: opened.map(({ keyProtectorId }) => keyProtectorId), tested: done.tested, untested: done.untested, suspended: done.suspended }, exitCode: opened.length > 0 ? EXIT.done : EXIT.notOpened };
    },
  },
];

/** The hosts of the key records under one ID; of a conflict of many, the first. */
function hostsOf(keyRecords: Inspection['volumes'][number]['protectors'][number]['keyRecords']): string {
  const hosts = [...new Set(keyRecords.flatMap(({ hostname }) => hostname ?? []))];
  return [...hosts.slice(0, MOST_HOSTS), ...(hosts.length > MOST_HOSTS ? ['…'] : [])].join(', ');
}

/**
 * @param bytes Untrusted: one line as a person types it, or the text file Windows saved, in whatever encoding.
 * @returns What stands there as eight groups, else its first 200 characters. Secret. AppError `recovery-password-wrong` when several different ones stand there.
 */
export function readRecoveryPassword(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  const whole = text.split('\n').map((line) => findRecoveryPasswordWithin(line)?.join('-') ?? '').filter((one) => parseRecoveryPassword(one).status === 'ok');
  if (new Set(whole).size > 1) throw new AppError('recovery-password-wrong', { status: 'several' });
  const groups = parseRecoveryPassword(text.trim()).status === 'ok' ? null : findRecoveryPasswordWithin(text);
  return groups?.length === 8 ? groups.join('-') : text.trim().slice(0, 200);
}
