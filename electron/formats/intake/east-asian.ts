// Code pages of Windows in Japanese, Chinese and Korean, in which cmd writes what manage-bde says: told by the words that such texts have.

export type EastAsianName = 'shift_jis' | 'gbk' | 'euc-kr' | 'big5';

/** Words around keys and hosts. By chance no text of another code page has four of their bytes side by side. */
const WORDS: readonly (readonly [EastAsianName, RegExp])[] = [
  ['shift_jis', /ボリューム|パスワード|コンピュータ|暗号化|ドライブ|回復|数字|すべて|ホスト|キー/],
  ['gbk', /密码|密钥|计算机|驱动器|加密|保护|恢复|数字|主机|设备/],
  ['euc-kr', /볼륨|암호|컴퓨터|드라이브|복구|숫자|보호기|호스트|장치/],
  ['big5', /磁碟|密碼|保護|電腦|加密|復原|數字|主機|裝置|金鑰/],
];
const LOOKED_AT = 16_384;

/** @param bytes Of a text that is no UTF-8. @returns The code page most of whose words are in it; null for none. */
export function findEastAsian(bytes: Uint8Array): EastAsianName | null {
  const sample = bytes.subarray(0, LOOKED_AT);
  const counted = WORDS.map(([name, words]) => ({ name, count: decodeEastAsian(sample, name).match(new RegExp(words, 'g'))?.length ?? 0 })).toSorted((one, other) => other.count - one.count);
  return counted[0] !== undefined && counted[0].count > (counted[1]?.count ?? 0) ? counted[0].name : null;
}

export const decodeEastAsian = (bytes: Uint8Array, name: EastAsianName): string => (decoders[name] ??= new TextDecoder(name)).decode(bytes);

const decoders: Partial<Record<EastAsianName, TextDecoder>> = {};
