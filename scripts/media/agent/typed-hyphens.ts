// The hyphen as another keyboard layout gives it: WinPE has one layout, the keyboard or the scanner may have another.

/** @returns The text with `/` (the hyphen key of a German keyboard under the US layout) and `ß` (a US keyboard or scanner under the German one) as the hyphen that was meant. Of the same length. */
export function readHyphens(text: string): string {
  return text.replace(/[\/\xdf]/g, '-');
}
