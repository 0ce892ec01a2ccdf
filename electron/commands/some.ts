// Counts in the sentences of the command line: plain digits, which a script can read. The window groups them (renderer/messages/counted-en.ts).
/** A count and its noun: `1 host`, `3 hosts`. */
export const some = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
