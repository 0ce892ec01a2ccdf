// What runs in WinPE, as bytes: plain ES3, ASCII, readable, the same every time; and the launcher that knows its answers.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildAgent, dropFunctionNames, readMediumReadme } from '../../scripts/dev/build-agent.ts';
import type { AgentFile } from '../../scripts/dev/build-agent.ts';
import { listWineGaps } from '../../scripts/dev/rehearsal/wine-gaps.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';

let files: readonly AgentFile[];
let agent: string;
/** Without strings, regular expressions and comments: what is left is only code. */
let code: string;
const textOf = (name: string): string => Buffer.from(files.find((file) => file.name === name)?.bytes ?? []).toString('latin1');

beforeAll(async () => {
  files = await buildAgent();
  agent = textOf('agent.js');
  code = agent.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '""').replace(/\/\/.*$/gm, '').replace(/([=(,:!&|?]\s*|return )\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g, '$1RE');
});

/** Words and calls that are not in ES3 or not in JScript 5.8. */
const NOT_ES3: readonly [string, RegExp][] = [
  ['arrow functions', /=>/], ['let, const and class', /\b(?:let|const|class)\s+[A-Za-z_$[{]/], ['template literals', /`/], ['spread', /\.\.\./], ['for of', /\bfor\s*\([^;)]*\bof\b/],
  ['async and generators', /\b(?:async|await|yield)\b|function\s*\*/], ['optional chaining', /\?\.\s*[A-Za-z_[(]/], ['nullish coalescing', /\?\?/], ['exponents', /[^*/]\*\*[^/]/],
  ['getters and setters', /[{,]\s*(?:get|set)\s+[A-Za-z_$]+\s*\(/], ['trailing commas', /,\s*[}\])]/], ['reserved words as names', /\.(?:default|delete|catch|class|new|in|for|if|return|typeof|this|import|export|function)\b/],
  ['newer array methods', /\.(?:map|forEach|filter|reduce|some|every|find|findIndex|flat|flatMap|includes|fill|keys|entries|at|toSorted|lastIndexOf)\(/],
  ['newer string methods', /\.(?:trim|padStart|padEnd|startsWith|endsWith|repeat|normalize|codePointAt|matchAll|replaceAll)\(/],
  ['newer globals', /\b(?:JSON|Map|Set|Symbol|Promise|Proxy|Reflect|BigInt|Uint8Array|ArrayBuffer|globalThis)\b|(?<![.\w])(?:console|process|require|Buffer)[.(](?!say|answer|passcode|typed|nowMs|timeZoneBiasMinutes|chance|hostFacts|missingDrivers|isSafeMode)/],
  ['newer statics', /\b(?:Object\.(?:keys|assign|entries|freeze|create|defineProperty)|Array\.(?:isArray|from|of)|Number\.\w+|Date\.now|String\.(?:raw|fromCodePoint)|Math\.(?:trunc|imul|sign))/],
  ['toISOString', /toISOString/], ['indexing a string', /\btext\[/],
];

describe('the built agent', () => {
  test.each(NOT_ES3)('holds no %s', (_what, pattern) => {
    expect(pattern.exec(code)?.[0]).toBeUndefined();
  });

  test('is looked at by patterns that would find something', () => {
    const samples = ['x=>1', 'const a', '`', '...a', 'for (var a of b)', 'await x', 'a?.b', 'a ?? b', 'a ** b', '{ get a() {', '[1,]', 'a.default', 'a.map(', 'a.trim(', 'JSON', 'Object.keys', 'toISOString', 'text[0]'];
    expect(samples.map((sample, index) => NOT_ES3[index]?.[1].test(sample))).toEqual(samples.map(() => true));
  });

  test('is ASCII with CRLF, readable and small', () => {
    expect(agent).toMatch(/^[\x09\x0a\x0d\x20-\x7e]*$/);
    expect(agent.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...agent.split('\r\n').map((line) => line.length))).toBeLessThan(1000);
    expect(agent.length).toBeLessThan(204_800);
    expect(agent).toContain('function takeTurn(ports)');
  });

  test('names no function expression, whose name JScript would leak', () => {
    expect(code).not.toMatch(/[=:(,?&|]\s*function [A-Za-z_$]/);
    expect(dropFunctionNames('a = { show: function show1() {} }; var b = function b() {};\nfunction c() {}')).toBe('a = { show: function() {} }; var b = function() {};\nfunction c() {}');
    expect(() => dropFunctionNames('call(function named() {})')).toThrow('named function expression');
  });

  test('is the same bytes every time', async () => {
    expect(await buildAgent()).toEqual(files);
    expect(files.map(({ name }) => name)).toEqual(['start.cmd', 'agent.js', 'probe.js', 'manual.cmd']);
  });

  test('says what went wrong and ends with its own code where script host has not what it needs', () => {
    const said: string[] = [];
    let quit = 0;
    // The folder where the state would stand can not be read, nor anything else.
    class ActiveXObject { ExpandEnvironmentStrings(text: string): string { return text; } }
    const WScript = { Echo: (line: string) => said.push(line), Quit: (code: number) => { quit = code; }, ScriptFullName: 'X:\\bluelift\\agent.js' };
    runInNewContext(agent, { ActiveXObject, WScript });
    expect(quit).toBe(NEXT.failed);
    expect(said).toHaveLength(1);
  });

  test('says so too where not even the objects of script host can be had', () => {
    const said: string[] = [];
    let quit = 0;
    class ActiveXObject { constructor(name: string) { throw new Error(`can not create ${name}`); } }
    const WScript = { Echo: (line: string) => said.push(line), Quit: (code: number) => { quit = code; }, ScriptFullName: 'X:\\bluelift\\agent.js' };
    runInNewContext(agent, { ActiveXObject, WScript });
    expect(quit).toBe(NEXT.failed);
    expect(said).toEqual(['can not create Scripting.FileSystemObject']);
  });
});

/** What script host ends with whatever happened to it; the launcher starts the agent once more. */
const SCRIPT_HOSTS_OWN = 0;

describe('the launcher', () => {
  test('knows every answer of the agent, and goes to the manual steps for any other', () => {
    const start = textOf('start.cmd');
    const known = [...start.matchAll(/if (not )?"%NEXT%"=="(\d+)"/g)].map((match) => Number(match[2]));
    const elsewhere: readonly number[] = [NEXT.failed];
    expect(known.toSorted()).toEqual([SCRIPT_HOSTS_OWN, ...Object.values(NEXT).filter((code) => !elsewhere.includes(code))].toSorted());
    for (const label of start.matchAll(/(?:goto|call) :?([a-z]+)/g)) if (label[1] !== 'eof' && !['wpeinit', 'wpeutil', 'drvload', 'shutdown'].includes(label[1] ?? '')) expect(start).toContain(`\r\n:${label[1]}\r\n`);
  });

  test('starts the watcher beside the prompt from a copy of its own: Wine\'s script host takes a file for itself while it reads it, and a turn that begins meanwhile would end with 0', () => {
    const start = textOf('start.cmd');
    expect(start).toMatch(/copy \/y "%~dp0agent\.js" "%~dp0watch\.js"[^\r]*\r\nstart "" \/b %SCRIPTHOST% "%~dp0watch\.js"/);
    expect([...start.matchAll(/^start .*$/gm)]).toHaveLength(1);
  });

  test('expands nothing a person typed but what the agent let through', () => {
    const start = textOf('start.cmd').replace(/^rem .*$/gm, '');
    expect([...start.matchAll(/%BLUELIFT_[A-Z]+%/g)].map(([name]) => name)).toEqual(['%BLUELIFT_TYPED%', '%BLUELIFT_ANSWER%']);
    expect(start).toContain('set "BLUELIFT_TYPED=%BLUELIFT_TYPED% %BLUELIFT_ANSWER%"');
    expect(textOf('manual.cmd')).not.toMatch(/%(?:KEY|LETTER|SURE|AGAIN)%/);
  });

  test.each(['start.cmd', 'manual.cmd', 'probe.js'])('has %s with CRLF alone', (name) => {
    const text = textOf(name);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('says the same in the manual steps in both languages, in characters of code pages 437 and 850', () => {
    const manual = textOf('manual.cmd');
    expect(manual).toMatch(/^[\x0d\x0a\x20-\x7e\x84\x94\x81\x8e\x99\x9a\xe1]*$/);
    for (const pair of [['Letter of the Windows volume', 'Buchstabe des Windows-Volumes'], ['Recovery password of', 'Wiederherstellungskennwort von'], ['No record was written', 'Kein Protokoll geschrieben']]) {
      for (const text of pair) expect(manual).toContain(text);
    }
  });

  test('lays a README on the medium that Windows shows with its umlauts', async () => {
    const readme = Buffer.from(await readMediumReadme()).toString('utf8');
    expect(readme.startsWith('\ufeffBluelift medium\r\n')).toBe(true);
    expect(readme).toContain('Schlüssel');
  });
});

describe('what Wine lacks', () => {
  test('stands in three short files, each with a line in the list of manual tests', async () => {
    const manual = readFileSync(new URL('../MANUAL.md', import.meta.url), 'utf8');
    const gaps = await listWineGaps();
    expect(gaps.map(({ file }) => file)).toEqual(['offline-name.ts', 'wmi-devices.ts', 'wmi-serial.ts']);
    for (const { file, lines, what } of gaps) {
      expect(lines, file).toBeLessThanOrEqual(40);
      expect(manual).toContain(file);
      expect(what).not.toBe('');
    }
    // Used nowhere else: in the built agent each of these words stands in one place.
    for (const word of ['winmgmts', 'reg load', 'GetObject(']) expect(agent.split(word).length - 1, word).toBeGreaterThanOrEqual(1);
  });
});
