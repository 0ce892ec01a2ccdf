// disks: what a medium could be written onto, and every reason against it.
import { resolve } from 'node:path';
import { text, type Command } from './command.ts';

export const diskCommands: readonly Command[] = [
  {
    name: 'disks', usage: 'disks [--base FILE]', options: { base: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const base = text(options['base']);
      const disks = await api.call('disks.list', base === undefined ? {} : { base: resolve(base) });
      for (const disk of disks) {
        print(say.disk(disk.id, disk.name ?? codes.diskBus[disk.bus], disk.sizeBytes, disk.serial ?? 'none', disk.usable));
        if (disk.medium !== null) print(say.stickIs(disk.medium.now, disk.medium.mediaId, codes.mediaState[disk.medium.state], disk.medium.holder));
        for (const { code, severity, about } of disk.reasons) print(say.diskReason(codes.diskSeverity[severity], codes.diskReason[code], about.join(', ')));
      }
      return { json: { disks: disks.map((disk) => ({ ...disk, reasons: disk.reasons.map((reason) => ({ ...reason, sentence: codes.diskReason[reason.code] })) })) } };
    },
  },
];
