// Disks over the wire.
import { listDisks, type ListedDisk } from '../../desk/disks/list-disks.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';

/** @param folder Where the desk is kept: its disk is never written. */
export function diskHandlers(folder: string): Pick<Handlers, 'disks.list'> {
  return {
    'disks.list': async ({ base }) => (await listDisks(base === undefined ? [folder] : [folder, base])).map(toWire),
  };
}

function toWire({ disk: { id, name, serial, sizeBytes, bus, contents }, reasons, usable }: ListedDisk): Output<'disks.list'>[number] {
  return { id, name, serial, sizeBytes, bus, contents: contents.map(({ fileSystem, label, sizeBytes: size }) => ({ fileSystem, label, sizeBytes: size })), usable, reasons: [...reasons] };
}
