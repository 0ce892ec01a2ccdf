// The console's characters as Wine prints them: code page 437.

const UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';

/** @returns The text of console output. Form feeds (`cls` into a pipe) are left out. */
export function readOem(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte === 12 ? '' : byte < 128 ? String.fromCharCode(byte) : UPPER[byte - 128];
  return text;
}
