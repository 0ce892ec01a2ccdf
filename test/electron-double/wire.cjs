// What structured clone carries, as text; refuses what structured clone refuses. The function is also injected into pages.

function makeWire() {
  const refuse = () => { throw new Error('An object could not be cloned.'); };
  const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const mapFields = (object, change) => Object.fromEntries(Object.keys(object).map((key) => [key, change(object[key])]));

  /** `{ $: kind, v: … }` marks what JSON does not know. */
  function encode(value, within) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'function' || typeof value === 'symbol' || value instanceof Promise) return refuse();
    if (within.includes(value)) throw new Error('electron double: circular values are not supported');
    const inner = (item) => encode(item, [...within, value]);
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map(([key, item]) => [inner(key), inner(item)]) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(inner) };
    if (ArrayBuffer.isView(value)) return { $: 'bytes', v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    if (value instanceof Error) return { $: 'error', v: [value.name, value.message] };
    const object = mapFields(value, inner);
    return '$' in object ? { $: 'object', v: object } : object;
  }

  function decode(value) {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(decode);
    const { v } = value;
    switch (value.$) {
      case undefined: return mapFields(value, decode);
      case 'number': return Number(v);
      case 'undefined': return undefined;
      case 'bigint': return BigInt(v);
      case 'date': return new Date(v);
      case 'map': return new Map(v.map(([key, item]) => [decode(key), decode(item)]));
      case 'set': return new Set(v.map(decode));
      case 'bytes': return fromBase64(v);
      case 'error': return Object.assign(new Error(v[1]), { name: v[0] });
      case 'object': return mapFields(v, decode);
      default: throw new Error(`electron double: ${value.$} on the wire`);
    }
  }

  return { pack: (value) => JSON.stringify(encode(value, [])), unpack: (text) => decode(JSON.parse(text)) };
}

module.exports = { makeWire, ...makeWire() };
