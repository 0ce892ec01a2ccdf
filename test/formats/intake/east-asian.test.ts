// What manage-bde says on a Japanese, Chinese or Korean Windows, redirected by cmd into a file of its code page.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf, keysOf, passwordOf, pieceSizes, read } from './support.ts';

type Name = 'shift_jis' | 'gbk' | 'euc-kr' | 'big5';

/** The inverse of the decoder that every runtime has. */
function encoderOf(name: Name): (text: string) => Uint8Array {
  const decoder = new TextDecoder(name);
  const bytesOf = new Map<string, readonly number[]>();
  for (let first = 0x81; first <= 0xfe; first++) for (let second = 0x40; second <= 0xfe; second++) {
    const letter = decoder.decode(Uint8Array.of(first, second));
    if (letter.length === 1 && letter !== '\ufffd' && !bytesOf.has(letter)) bytesOf.set(letter, [first, second]);
  }
  return (text) => Uint8Array.from(Array.from(text).flatMap((letter) => (letter.charCodeAt(0) < 0x80 ? [letter.charCodeAt(0)] : bytesOf.get(letter) ?? [0x3f])));
}

const LANGUAGES: readonly { readonly name: Name; readonly host: string; readonly tool: string; readonly volume: string; readonly label: string; readonly all: string; readonly numerical: string; readonly password: string }[] = [
  { name: 'shift_jis', host: 'コンピューター名: ', tool: 'BitLocker ドライブ暗号化: 構成ツール Version 10.0.19041', volume: 'ボリューム', label: '表示', all: 'すべてのキーの保護機能', numerical: '数字パスワード', password: 'パスワード' },
  { name: 'gbk', host: '计算机名：', tool: 'BitLocker 驱动器加密: 配置工具版本 10.0.19041', volume: '卷', label: '系统', all: '所有密钥保护器', numerical: '数字密码', password: '密码' },
  { name: 'euc-kr', host: '컴퓨터 이름: ', tool: 'BitLocker 드라이브 암호화: 구성 도구 버전 10.0.19041', volume: '볼륨', label: '시스템', all: '모든 키 보호기', numerical: '숫자 암호', password: '암호' },
  { name: 'big5', host: '電腦名稱：', tool: 'BitLocker 磁碟機加密: 設定工具版本 10.0.19041', volume: '磁碟區', label: '系統', all: '所有金鑰保護裝置', numerical: '數字密碼', password: '密碼' },
];

describe('what manage-bde says in a code page of East Asia', () => {
  test.each(LANGUAGES.map((language) => [language.name, language] as const))('has host, volume, label and each key with its ID: %s', async (name, { host, tool, volume, label, all, numerical, password }) => {
    const encode = encoderOf(name);
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 3 }), pieceSizes, async (seeds, pieces) => {
      const text = seeds.map((n) => `${host}PC-${n}\r\n\r\n${tool}\r\nCopyright (C) 2013 Microsoft Corporation. All rights reserved.\r\n\r\n${volume} C: [${label}]\r\n${all}\r\n\r\n    TPM:\r\n      ID: {${idOf(n + 20_000)}}\r\n\r\n    ${numerical}:\r\n      ID: {${idOf(n)}}\r\n      ${password}:\r\n        ${passwordOf(n)}\r\n\r\n`).join('');
      const result = await read(encode(text), pieces);
      expect(keysOf(result).map((key) => [key.keyProtectorId, key.recoveryPassword, key.host?.hostname, key.drive])).toEqual(seeds.map((n) => [idOf(n), passwordOf(n), `PC-${n}`, 'C:']));
      // A beginning of a few bytes does not tell it.
      if (pieces >= 1000) expect([result.header.encoding, keysOf(result)[0]?.volumeLabel]).toEqual([name, label]);
    }), { numRuns: 20 });
  });

  test('is told from German and French in the code pages of Western Europe', async () => {
    for (const word of ['Schlüsselschutzvorrichtungen für', 'Chiffrement protégé à clé', 'Größe ÄÖÜäöüß', 'Ñandú señal']) {
      for (const bytes of [Uint8Array.from(Array.from(word, (letter) => letter.charCodeAt(0))), Uint8Array.of(0x47, 0x72, 0x94, 0xe1, 0x65, 0x20, 0x81, 0x84, 0x82)]) expect(['windows-1252', 'cp850']).toContain((await read(bytes)).header.encoding);
    }
  });
});
