// The two channels between the bridge and the main process. No Electron in here: the preload is bundled with it.

/** Messages of electron/api/port.ts, both ways. */
export const PORT_CHANNEL = 'bluelift';
/** The bridge says once that a page begins, ahead of everything the page sends. */
export const OPENED_CHANNEL = 'bluelift:opened';
