// ServiceNow's lists as XML: exported from a list (`<unload>`) or from its address (`…_list.do?XML`). Read by patterns: nothing in it is resolved or run.
import { decodeXML } from 'entities';

/** Around the records, of which the first names the table. */
const WRAPPING = /^(?:<\?xml[^<>]*>\s*)?<(?:unload|xml)(?:\s[^<>]*)?>\s*<([a-z]\w{1,80})(?:\s[^<>]*)?>\s*</;
const FIELD = /<(\w{1,80})((?:\s[^<>]*)?)>([^<]*)<\/\1>/g;
const SHOWN = /\sdisplay_value="([^"<>]*)"/;

/** @param start The beginning of a text. */
export const isServiceNow = (start: string): boolean => WRAPPING.test(start) && start.includes('<sys_id>');

/** @param xml Whole; untrusted. @returns Its records, each with what people see of a reference in place of its ID. Never throws. */
export function fromServiceNow(xml: string): Readonly<Record<string, string>>[] {
  const table = WRAPPING.exec(xml.trimStart())?.[1];
  if (table === undefined) return [];
  // An unload may hold records of further tables; those say what is done with them.
  return xml.split(new RegExp(`<(?:${table}|\\w{1,80} action="\\w{1,40}")(?:\\s[^<>]*)?>`)).slice(1)
    .map((record) => Object.fromEntries(Array.from(record.matchAll(FIELD), ([, name = '', attributes = '', value = '']) => [name, decodeXML(SHOWN.exec(attributes)?.[1] ?? value)])));
}
