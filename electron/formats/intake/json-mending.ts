// JSON that a person wrote on, and what other languages print of the same values: Python's dictionaries, a comma too many, remarks.

/** Strings first, so that nothing within one is taken for anything else. */
const ODD = /"(?:[^"\\\n]|\\.)*"|'((?:[^'\\\n]|\\.)*)'|\b(?:True|False|None)\b|,(?=(?:\s|(?:\/\/|#)[^\n]*\n)*[,}\]])|\/\/[^\n]*|(?<=[\s,{[])#[^\n]*/g;
const WORDS: ReadonlyMap<string, string> = new Map([['True', 'true'], ['False', 'false'], ['None', 'null']]);

/** @param text Untrusted. @returns Its value, read as JSON, else as what is plainly meant; undefined where neither is to be had. Never throws. */
export function parseMended(text: string): unknown {
  return parse(text) ?? parse(text.replace(ODD, (odd, quoted: string | undefined) => (odd.startsWith('"') ? odd : quoted !== undefined ? JSON.stringify(quoted.replace(/\\(['"\\])/g, '$1')) : WORDS.get(odd) ?? '')));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
