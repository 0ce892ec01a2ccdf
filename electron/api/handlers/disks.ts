// Disks over the wire.
import type { Desk } from '../../core/desk.ts';
import { openRecogniser } from '../../core/media/known-disks.ts';
import { firstFiles } from '../../desk/files.ts';
import { listDisks, type ListedDisk } from '../../desk/disks/list-disks.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';

/** @param folder Where the desk is kept: its disk is never written. */
export function diskHandlers(get: () => Desk, folder: string): Pick<Handlers, 'disks.list'> {
  return {
    'disks.list': async ({ base }) => {
      // Mistyped, it would lie on no disk, and every disk be free.
      const [found] = base === undefined ? [] : await firstFiles([base], 1);
      if (found !== undefined && 'error' in found) throw found.error;
      const disks = await listDisks(base === undefined ? [folder] : [folder, base]);
      const recognise = openRecogniser(get().db);
      return disks.map((listed) => ({ ...toWire(listed), medium: recognise(listed.disk) }));
    },
  };
}

function toWire({ disk: { id, name, serial, sizeBytes, bus, contents }, reasons, usable }: ListedDisk): Omit<Output<'disks.list'>[number], 'medium'> {
  return { id, name, serial, sizeBytes, bus, contents: contents.map(({ fileSystem, label, sizeBytes: size }) => ({ fileSystem, label, sizeBytes: size })), usable, reasons: [...reasons] };
}
