// Where things lie on a medium (medium-layout.md). Paths from its root, with `/`.

export const RESULTS_FOLDER = 'bluelift/results';
export const BUNDLE_FOLDER = 'bluelift/bundle';
export const DRIVERS_FOLDER = 'bluelift/drivers';
export const MARKER_PATH = 'bluelift/medium.txt';
export const MANIFEST_PATH = 'bluelift/manifest.json';
/** On a disc: firmware starts this first, and it starts the loader from the disc's own file system. From the base, where it has one. */
export const DISC_STARTER = 'EFI/Microsoft/Boot/efisys_noprompt.bin';
