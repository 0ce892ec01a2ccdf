// Counts in sentences.
/** A count and its noun: `1 host`, `3 hosts`. */
export const some = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
