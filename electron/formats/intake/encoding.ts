// Which encoding a text file has, told by its first bytes.

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'cp850';
