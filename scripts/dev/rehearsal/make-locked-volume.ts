// A locked volume for a rehearsal, from what this machine has.
import { constructLockedVolume } from './constructed-volume.ts';
import { findWindowsImages, unpackWindowsImage } from './locked-volume.ts';
import type { LockedVolume } from './locked-volume.ts';

/** @returns A volume with one or two recovery passwords: Windows' own metadata where such images are at hand, constructed otherwise. */
export async function makeLockedVolume(image: string, recoveryPasswords: 1 | 2): Promise<LockedVolume> {
  const images = await findWindowsImages();
  if (images === null) return constructLockedVolume(image, recoveryPasswords);
  return unpackWindowsImage(images, recoveryPasswords === 1 ? 'bitlk-aes-xts-128' : 'bitlk-aes-xts-128-two-recovery', image);
}
