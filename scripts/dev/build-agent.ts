// Builds what runs in WinPE: the agent as one readable ES3 script, and the launcher files beside it.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';

const MEDIA = join(dirname(fileURLToPath(import.meta.url)), '..', 'media');

/** A file of the folder `\bluelift\` in the WIM. */
export type AgentFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Builds the agent's files: `start.cmd`, `agent.js`, `probe.js`, `manual.cmd`, in the order of the payload hash.
 *
 * @returns The same bytes for the same sources on every machine. ASCII with CRLF, whatever a checkout did to line ends.
 *          `manual.cmd` alone is OEM text (bytes that read alike in code pages 437 and 850).
 */
export async function buildAgent(): Promise<AgentFile[]> {
  const agent = await bundleAgent(join(MEDIA, 'agent', 'agent.ts'));
  return [
    { name: 'start.cmd', bytes: await readScript('start.cmd') },
    { name: 'agent.js', bytes: encodeOem(agent) },
    { name: 'probe.js', bytes: await readScript('probe.js') },
    { name: 'manual.cmd', bytes: await readScript('manual.cmd') },
  ];
}

/** @returns `\bluelift\safe-mode.cmd` of a safe-boot medium: starts the agent from the medium, in the host's own Windows. */
export async function readSafeModeScript(): Promise<AgentFile> {
  return { name: 'safe-mode.cmd', bytes: await readScript('safe-mode.cmd') };
}

/** @returns `\bluelift\README.txt` of a medium, English and German: UTF-8 with byte order mark, because people open it on the desk. */
export async function readMediumReadme(): Promise<Uint8Array> {
  return Buffer.from(`\ufeff${withCrlf(await readFile(join(MEDIA, 'README.txt'), 'utf8'))}`, 'utf8');
}

/** @returns One ES3 script, ASCII: everything the entry imports, in order, names as written. */
async function bundleAgent(entry: string): Promise<string> {
  const bundle = await rollup({
    input: entry,
    plugins: [compileToEs3],
    // Modules without side effects that nothing uses do not belong into WinPE.
    treeshake: { moduleSideEffects: false },
    onLog: (_level, log) => { throw new Error(log.message); },
  });
  const { output } = await bundle.generate({ format: 'iife', strict: false, generatedCode: 'es5', indent: '  ' });
  await bundle.close();
  // Strings are escaped by the compiler already; what is left stands in comments.
  return dropFunctionNames(output[0].code).replace(/[^\x00-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The compiler names functions after what they are assigned to: `show: function show()`. In JScript such a name leaks into
 * the scope around it and hides a function `show` that stands there, so the names go.
 *
 * @throws Error when a named function expression is left.
 */
export function dropFunctionNames(code: string): string {
  // The sources name no function expression themselves, so that no body can need the name.
  const dropped = code.replace(/([=:] )function [A-Za-z_$][\w$]*\(/g, '$1function(');
  const left = /[=:(,?&|]\s*function [A-Za-z_$][\w$]*\(|return function [A-Za-z_$][\w$]*\(/.exec(dropped);
  if (left !== null) throw new Error(`a named function expression, which JScript misreads: ${left[0]}`);
  return dropped;
}

// SWC compiles module by module; its own helpers (object spread, iterators) would not run in script host, so needing one fails the build.
const compileToEs3: Plugin = {
  name: 'compile-to-es3',
  async transform(code, id) {
    const compiled = await transform(code, {
      filename: id,
      swcrc: false,
      configFile: false,
      isModule: true,
      jsc: {
        target: 'es3',
        loose: true,
        externalHelpers: true,
        parser: { syntax: 'typescript' },
        output: { charset: 'ascii' },
      },
      module: { type: 'es6' },
    });
    if (compiled.code.includes('@swc/helpers')) throw new Error(`${id} needs a helper of the compiler that script host can not run`);
    return compiled.code;
  },
};

async function readScript(name: string): Promise<Uint8Array> {
  return encodeOem(await readFile(join(MEDIA, name), 'utf8'));
}

/** Umlauts become OEM bytes, alike in code pages 437 and 850. */
function encodeOem(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of withCrlf(text)) {
    const byte = OEM_BYTES[character] ?? character.codePointAt(0) ?? 0;
    if (OEM_BYTES[character] === undefined && byte > 0x7e) throw new Error(`U+${byte.toString(16)} is in no script of a medium`);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** cmd.exe misreads labels in files with LF alone. */
function withCrlf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}

const OEM_BYTES: Readonly<Record<string, number>> = { 'ä': 0x84, 'ö': 0x94, 'ü': 0x81, 'Ä': 0x8e, 'Ö': 0x99, 'Ü': 0x9a, 'ß': 0xe1 };
