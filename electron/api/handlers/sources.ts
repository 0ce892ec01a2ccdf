// Live sources over the wire: signed in to first, so that what is refused leaves no import behind; then read as a file is.
import type { Desk } from '../../core/desk.ts';
import { importKeys } from '../../core/keys/import-keys.ts';
import { readDirectory } from '../../core/sources/directory-source.ts';
import { addressPart, liveSource } from '../../core/sources/live-source.ts';
import { parseFingerprint } from '../../core/sources/server-certificate.ts';
import { lookAtDirectory, openDirectory } from '../../desk/directory.ts';
import type { Handlers } from '../dispatch.ts';

export function sourceHandlers(get: () => Desk): Pick<Handlers, 'directories.look' | 'directories.import'> {
  return {
    'directories.look': lookAtDirectory,
    async *'directories.import'({ url, base, bindAs, password, pin }, signal) {
      const desk = get();
      const directory = await openDirectory({ url, pin: pin === undefined ? null : parseFingerprint(pin) }, { bindAs, password }, base ?? null, signal);
      try {
        const address = `${url.replace(/\/+$/, '')}/${addressPart(directory.base)}`;
        yield* importKeys(desk, [address], { files: liveSource(address, () => readDirectory(directory)), signal });
      } finally {
        await directory.close();
      }
    },
  };
}
