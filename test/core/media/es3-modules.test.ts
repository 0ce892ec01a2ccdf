import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { transform } from '@swc/core';
import { rollup } from 'rollup';
import { describe, expect, it } from 'vitest';
import { formatAttemptRecord } from '../../../electron/core/media/attempt-record.ts';
import { formatHex, formatInstant, parseInstant } from '../../../electron/core/media/field-values.ts';
import { formatFieldLines, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import { parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { makePasscode, parsePasscode } from '../../../electron/core/media/passcode.ts';
import { makeResultCode, parseResultCode } from '../../../electron/core/media/result-code.ts';
import { resultCodeVectors } from './result-code-vectors.ts';
import { parseRecoveryPassword, recoveryPasswordFromNumbers } from '../../../electron/core/keys/recovery-password.ts';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { formatRecipe, judgeFile, parseRecipe } from '../../../electron/core/recipes/recipe.ts';

/** What desk and agent share. The agent's script host is JScript 5.8: ES3 and no more. */
const SHARED = [
  'hosts/serial-number', 'keys/separators', 'keys/recovery-password', 'keys/key-protector-id', 'media/field-lines', 'media/field-values', 'media/passcode', 'media/result-code', 'media/attempt-record', 'recipes/recipe', 'recipes/channel-file-291',
];
const pathOf = (module: string): string => fileURLToPath(new URL(`../../../electron/core/${module}.ts`, import.meta.url));

/** Methods and globals that came after ES3, and syntax for which the compiler would put helpers in. */
const FORBIDDEN = [
  /\.(map|forEach|filter|reduce|some|every|find|findIndex|includes|startsWith|endsWith|padStart|padEnd|repeat|trim|trimStart|trimEnd|normalize|codePointAt|replaceAll|at|flat|fill|keys|values|entries|matchAll|bind|toISOString|toSorted)\(/,
  /\b(JSON|Map|Set|Symbol|Promise|Proxy|Reflect|BigInt|Uint8Array|Uint32Array|ArrayBuffer|DataView|Buffer|TextEncoder|TextDecoder|process|globalThis)\b(?!`)/,
  /\b(Array\.(isArray|from|of)|Object\.(keys|values|entries|assign|freeze|create|defineProperty)|Number\.\w+|Math\.(trunc|sign|imul|clz32)|Date\.now|String\.(raw|fromCodePoint))\b/,
  /\bfor \((const|let) \w+ of\b/, /\bfor \(const \[/, /\.\.\.[\w[]/, /\b(class|async|await|yield)\b/, /\bget \w+\(/, /\(\?<[=!]/, /\/[a-z]*[suyv][a-z]*\.(test|exec)\(/, / \?\? |[\w)\]]\?\.[\w[(]/, /\btext\[|\bdigits\[/,
];
const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('a module that desk and agent share', () => {
  it.each(SHARED)('uses nothing that is newer than ES3: %s', (module) => {
    const source = readFileSync(pathOf(module), 'utf8');
    expect(/ES3-safe/.test(source.slice(0, 300))).toBe(true);
    for (const pattern of FORBIDDEN) expect(withoutComments(source)).not.toMatch(pattern);
  });

  it('imports only such modules, and types', () => {
    for (const module of SHARED) {
      for (const [, from] of readFileSync(pathOf(module), 'utf8').matchAll(/^import \{.*'(.*)\.ts';$/gm)) {
        const target = new URL(`${from ?? ''}`, `file:///${module}`).pathname.slice(1);
        expect(SHARED).toContain(target);
      }
    }
  });

  it('gives the same answers compiled to ES3, in an engine that lacks everything newer', async () => {
    const shared = await runCompiled();
    const numbers = [0, 1, 85, 4096, 23_449, 40_000, 65_534, 65_535];
    const recoveryPassword = recoveryPasswordFromNumbers(numbers) ?? '';
    const passcode = makePasscode((count) => new Uint8Array(count).fill(77));
    const fields = [{ name: 'a.1.b', value: 'Müller = 100 %\u0000' }];
    const record = { ...EXAMPLE_RECORD };
    const cases: [unknown, unknown][] = [
      [shared.recoveryPasswordFromNumbers(numbers), recoveryPassword],
      ...['', recoveryPassword, recoveryPassword.replace(/-/g, ' '), recoveryPassword.replace('1', '2'), `O${recoveryPassword.slice(1)}`, recoveryPassword.slice(7)].map((text): [unknown, unknown] => [shared.parseRecoveryPassword(text), parseRecoveryPassword(text)]),
      ...[passcode, passcode.toLowerCase(), `${passcode}1`, passcode.replace(/.$/, '?'), `0${passcode.slice(1)}`].map((text): [unknown, unknown] => [shared.parsePasscode(text), parsePasscode(text)]),
      [shared.makePasscode((count) => new Uint8Array(count).fill(77)), passcode],
      [shared.parseKeyProtectorId(' {3ca7495e-4252-432b-baf1-0123456789ab}'), parseKeyProtectorId('3CA7495E-4252-432B-BAF1-0123456789AB')],
      [shared.formatFieldLines('k', 1, fields), formatFieldLines('k', 1, fields)],
      [shared.parseFieldLines(formatFieldLines('k', 1, fields)), parseFieldLines(formatFieldLines('k', 1, fields))],
      [shared.parseFieldLines('k 1\r\na=\u0001\r\n'), parseFieldLines('k 1\r\na=\u0001\r\n')],
      [shared.formatInstant(1_721_366_820_000), formatInstant(1_721_366_820_000)], [shared.parseInstant('2024-07-19T05:27:00Z'), parseInstant('2024-07-19T05:27:00Z')], [shared.formatHex([0, 171, 255]), formatHex([0, 171, 255])],
      [shared.formatRecipe(CHANNEL_FILE_291), formatRecipe(CHANNEL_FILE_291)], [shared.parseRecipe(formatRecipe(CHANNEL_FILE_291)), parseRecipe(formatRecipe(CHANNEL_FILE_291))],
      ...[1_721_366_819_000, 1_721_366_820_000].map((modifiedAtMs): [unknown, unknown] => {
        const file = { name: 'c-00000291-1.SYS', modifiedAtMs, headerBytes: CHANNEL_FILE_291.headerBytes };
        return [shared.judgeFile(CHANNEL_FILE_291, file), judgeFile(CHANNEL_FILE_291, file)];
      }),
      ...resultCodeVectors().map(({ word, id, key, code }): [unknown, unknown] => [shared.makeResultCode(word, id, (text) => [...createHmac('sha256', key).update(text).digest()]), code]),
      ...['', '0000-0000-0000', makeResultCode('no-key', 'none', hmacOf), `${makeResultCode('repaired', 'none', hmacOf)}Y`].map((text): [unknown, unknown] => [shared.parseResultCode(text), parseResultCode(text)]),
      [shared.formatAttemptRecord(record, () => 'ab'.repeat(32)), formatAttemptRecord(record, () => 'ab'.repeat(32))],
    ];
    for (const [inAgent, onDesk] of cases) expect(JSON.parse(JSON.stringify(inAgent))).toEqual(JSON.parse(JSON.stringify(onDesk)));
  });
});

const hmacOf = (text: string): number[] => [...createHash('sha256').update(text).digest()];

const EXAMPLE_RECORD = {
  attemptId: '00'.repeat(16), mediaId: 'BL-1', slot: 1, mode: 'repair' as const, follows: null, recipeId: 'channel-file-291', recipeVersion: 1, payload: 'ab'.repeat(32), startedAtMs: 0, finishedAtMs: null, timeZoneBiasMinutes: -120,
  outcome: 'blocked' as const, blockedReason: 'no-key' as const, maker: null, model: 'Modell Ü', serialNumber: null, wrongPasscodes: 1, rejectedRecoveryPasswords: 0, unlockMs: -1, repairMs: 5, lookMs: 3, passcodeMs: null, examineMs: 2, resultCodes: ['0000000000CK', '1'], safeBootEntries: ['{a}'], safeBootFault: 'refused' as const, missingDrivers: [{ hardwareId: 'PCI\\VEN_8086', name: 'RAID' }],
  volumes: [{ letter: null, state: 'locked' as const, openedBy: null, openedWith: null, keyProtectorIds: [], failure: '80310027', bundle: 'not-asked' as const }],
  windows: [{ volume: 1, kind: 'windows' as const, root: 'Windows', computerName: null, hibernated: 'no' as const, safeBoot: 'set' as const, outcome: 'blocked' as const, blockedReason: 'hibernated' as const }], removedCount: 0, removed: [],
  keptCount: 1, kept: [{ windows: 1, path: 'a\\b.sys', sizeBytes: 3, modifiedAtMs: null, header: '', sha256: null, reason: 'newer' as const }],
};

type Shared = typeof import('../../../electron/core/keys/recovery-password.ts') & typeof import('../../../electron/core/keys/key-protector-id.ts')
  & typeof import('../../../electron/core/media/field-lines.ts') & typeof import('../../../electron/core/media/field-values.ts') & typeof import('../../../electron/core/media/passcode.ts')
  & typeof import('../../../electron/core/media/result-code.ts') & typeof import('../../../electron/core/media/attempt-record.ts') & typeof import('../../../electron/core/recipes/recipe.ts');

/** Compiles the modules as the agent is compiled, and runs them where JSON, Map, Array.prototype.map and the like are gone. */
async function runCompiled(): Promise<Shared> {
  const entry = SHARED.map((module) => `export * from ${JSON.stringify(pathOf(module))};`).join('\n');
  const bundle = await rollup({
    input: 'entry',
    plugins: [{
      name: 'swc',
      resolveId: (id, importer) => (id === 'entry' ? id : importer === 'entry' || importer === undefined ? id : fileURLToPath(new URL(id, `file://${importer}`))),
      load: (id) => (id === 'entry' ? entry : readFileSync(id, 'utf8')),
      transform: async (code, id) => (id === 'entry' ? code : (await transform(code, { filename: id, isModule: true, swcrc: false, jsc: { target: 'es3', loose: true, parser: { syntax: 'typescript' } }, module: { type: 'es6' } })).code),
    }],
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'shared', strict: false, freeze: false, esModule: false, externalLiveBindings: false, generatedCode: 'es5' });
  const code = output[0].code;
  expect(withoutComments(code)).not.toMatch(/=>|\bconst\b|\blet\b|`|@swc|_object_spread|_define_property|_to_consumable|_instanceof|_type_of/);
  const context = vm.createContext({});
  vm.runInContext(`
    (function (global) {
      var kept = { Array: 'concat join pop push reverse shift slice sort splice unshift toString toLocaleString constructor length',
        String: 'charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substr substring toLowerCase toUpperCase toString valueOf constructor length' };
      for (var type in kept) {
        var names = Object.getOwnPropertyNames(global[type].prototype);
        for (var i = 0; i < names.length; i++) if ((' ' + kept[type] + ' ').indexOf(' ' + names[i] + ' ') < 0) delete global[type].prototype[names[i]];
      }
      delete Date.now; delete Date.prototype.toISOString; delete Date.prototype.toJSON; delete Array.isArray; delete Array.from; delete Array.of; delete Function.prototype.bind; delete String.raw; delete String.fromCodePoint;
      var statics = Object.getOwnPropertyNames(Object);
      for (var s = 0; s < statics.length; s++) if (statics[s] !== 'prototype' && statics[s] !== 'length' && statics[s] !== 'name') delete Object[statics[s]];
      delete global.JSON; delete global.Map; delete global.Set; delete global.Promise; delete global.Symbol; delete global.Uint8Array; delete global.Reflect; delete global.Proxy; delete global.globalThis;
    })(this);`, context);
  vm.runInContext(code, context);
  return vm.runInContext('shared', context) as Shared; // the compiled exports; compared value by value above
}
