// What the application is lent: time, chance and files. Nothing in core reaches for these itself.

/** @returns Now, as milliseconds since 1970 UTC. */
export type Clock = () => number;

/** @returns That many random bytes, unpredictable. */
export type RandomBytes = (count: number) => Uint8Array;

/** Instants in the store and on the wire are ISO-8601 UTC text. */
export const toInstant = (ms: number): string => new Date(ms).toISOString();
