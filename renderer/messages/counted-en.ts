// Numbers and what they count, in English.
export const n = (value: number): string => value.toLocaleString('en-GB');
export const some = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`;
export const hosts = (value: number): string => some(value, 'host', 'hosts');
export const keys = (value: number): string => some(value, 'key record', 'key records');
