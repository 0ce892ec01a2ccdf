// Bytes as characters of the same numbers: how marks in files are compared.

/** @returns A character for each byte, up to some tens of thousands. */
export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
