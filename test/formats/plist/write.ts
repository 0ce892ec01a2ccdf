// Property lists as Apple's tools print them, for tests.
import type { PlistValue } from '../../../electron/formats/plist/read.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function xmlOf(value: PlistValue): string {
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  if (typeof value === 'number') return Number.isInteger(value) ? `<integer>${value}</integer>` : `<real>${value}</real>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (Array.isArray(value)) return `<array>\n${value.map((one) => `${xmlOf(one as PlistValue)}\n`).join('')}</array>`; // the element type is lost on a readonly array
  return `<dict>\n${Object.entries(value).map(([key, one]) => `\t<key>${escaped(key)}</key>\n\t${xmlOf(one)}\n`).join('')}</dict>`;
}

export const plist = (value: PlistValue): string => `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n${xmlOf(value)}\n</plist>\n`;
