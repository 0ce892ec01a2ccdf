// One word in blocks four rows high, from three characters that code pages 437 and 850 share. Drawn as `#` full, `"` upper
// half, `_` lower half, so that the source stays readable.

const GLYPHS: { readonly [character: string]: string } = {
  '0': '_####_|##  ##|##  ##|"####"', '1': ' _##  |  ##  |  ##  |_####_', '2': '#####_| ___#"|##""" |######', '3': '#####_| ___#"|   "#_|#####"',
  '4': '##  ##|##__##|""""##|    ##', '5': '######|##___ |""""#_|#####"', '6': '_#####|##___ |##""#_|"####"', '7': '######|   _#"|  ##  |  ##  ',
  '8': '_####_|"#__#"|##""##|"####"', '9': '_####_|"#__##| """##|#####"',
  A: '_####_|##  ##|######|##  ##', B: '#####_|##__#"|##""#_|#####"', C: '_#####|##    |##    |"#####', D: '#####_|##  ##|##  ##|#####"',
  E: '######|##___ |##""" |######', F: '######|##___ |##""" |##    ', G: '_#####|##    |##  ##|"#####', H: '##  ##|##__##|##""##|##  ##',
  I: '##|##|##|##', K: '##  ##|##_#" |##"#_ |##  ##', L: '##    |##    |##    |######', N: '##_ ##|###_##|##"###|## "##',
  O: '_####_|##  ##|##  ##|"####"', P: '#####_|##  ##|#####"|##    ', R: '#####_|##__##|##"## |##  ##', S: '_#####|"#___ | """#_|#####"',
  T: '######|  ##  |  ##  |  ##  ', U: '##  ##|##  ##|##  ##|"####"', Z: '######|  _#" |_#"   |######', ' ': '   |   |   |   ',
};

/** @param word Characters of the table above; others are left out. @returns Four lines. */
export function blockWord(word: string): string[] {
  const lines = ['', '', '', ''];
  for (let i = 0; i < word.length; i++) {
    const rows = (GLYPHS[word.charAt(i)] || '|||').split('|');
    for (let row = 0; row < 4; row++) lines[row] += `${i > 0 ? '  ' : ''}${rows[row]}`;
  }
  for (let row = 0; row < 4; row++) lines[row] = (lines[row] || '').replace(/#/g, '\u2588').replace(/"/g, '\u2580').replace(/_/g, '\u2584');
  return lines;
}
