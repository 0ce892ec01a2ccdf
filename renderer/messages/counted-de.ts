// Numbers and what they count, in German.
export const n = (value: number): string => value.toLocaleString('de-DE');
export const some = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`;
export const hosts = (value: number): string => some(value, 'Host', 'Hosts');
export const keys = (value: number): string => some(value, 'Schlüsseldatensatz', 'Schlüsseldatensätze');
