// What was removed before this pass: earlier in this boot, or by a boot that lost its power before it could write its record.
//
// Before the first file is removed, the plan stands on the medium as ATTEMPT-ID.plan: a record of the dry run. The record takes its place.
// A plan without its record is all that is left of a boot that was cut off: what it names and is no longer there, that boot removed.
// A stick is in many hands, and a plan is a claim until its HMAC was checked: a record that rests on one that can not be is not signed.
import { attemptRecordNames } from '../../../electron/core/media/attempt-record.ts';
import { findField } from '../../../electron/core/media/field-lines.ts';
import type { FieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex, parseCount, parseInstant } from '../../../electron/core/media/field-values.ts';
import { matchesPattern } from '../../../electron/core/recipes/recipe.ts';
import type { Recipe } from '../../../electron/core/recipes/recipe.ts';
import { asciiBytes } from './byte-table.ts';
import type { OpenBundle } from './bundle.ts';
import type { Medium } from './medium.ts';
import type { Files } from './ports.ts';
import { isOfThisHost, readRecord, readRecordFile } from './record.ts';
import type { FoundWindows, MatchedFile } from './repair.ts';
import { hmac } from './sha256.ts';
import type { State, VolumeNote } from './state.ts';

const PLAN = /^([0-9a-f]{32})\.plan$/i;

/** Puts down what is about to be removed. Best effort: a stick that can not be written to shows that when the record is due. */
export function savePlan(files: Files, medium: Medium, attemptId: string, text: string): void {
  const path = planPath(medium, attemptId);
  if (files.write(`${path}.tmp`, text)) files.rename(`${path}.tmp`, path);
}

/** With the record on the medium, the plans it speaks for have served: this boot's, and `settled` ones. */
export function dropPlans(files: Files, medium: Medium, state: State, settled: readonly string[]): void {
  files.remove(planPath(medium, state.attemptId));
  for (let i = 0; i < settled.length; i++) files.remove(planPath(medium, settled[i] || ''));
}

/**
 * Adds to what was found now what this boot removed in an earlier pass, and what a boot that was cut off removed.
 *
 * @param bundle Open, or null. With it a plan of the same slot has to be proven, otherwise it is left to be looked at. A plan of another slot, or of a boot
 *               without a passcode, can not be proven here: it is believed, and `state.isUnproven` set, so that the record is not signed.
 * @returns Attempts whose plans are settled by that: what they removed is listed, or every file they name is still there. One all of whose
 *          volumes are still locked is not among them.
 */
export function addEarlierRemovals(files: Files, medium: Medium, state: State, serialNumber: string, bundle: OpenBundle | null, lastRecord: FieldLines | null, found: readonly FoundWindows[]): string[] {
  if (lastRecord !== null && findField(lastRecord, 'attemptId') === state.attemptId) addFrom(lastRecord, 'removed', '', files, medium, state.volumes, found);
  const settled: string[] = [];
  const listed = files.list(`${medium.root}results`) || [];
  for (let i = 0; i < listed.length; i++) {
    const attemptId = (PLAN.exec(listed[i]?.name || '')?.[1] || '').toLowerCase();
    if (attemptId === '' || attemptId === state.attemptId || isSpokenFor(files, medium, attemptId, listed)) continue;
    const text = readRecordFile(files, planPath(medium, attemptId));
    const plan = readRecord(text);
    if (text === null || plan === null || !isOfThisHost(plan, state.volumes, serialNumber)) continue;
    const isOfOwnSlot = bundle !== null && findField(plan, 'slot') === `${bundle.slot}`;
    if (bundle !== null && isOfOwnSlot && !isSigned(text, bundle)) continue;
    const before = countListed(found);
    if (addFrom(plan, 'kept', attemptId, files, medium, state.volumes, found)) settled.push(attemptId);
    if (!isOfOwnSlot && countListed(found) > before) state.isUnproven = true;
  }
  return settled;
}

function isSigned(text: string, bundle: OpenBundle): boolean {
  const end = text.indexOf('\r\nhmac=') + 2; // one at most: a name stands once, and a value holds no line end
  return text.substring(end) === `hmac=${formatHex(hmac(bundle.recordKey, asciiBytes(text.substring(0, end))))}\r\n`;
}

function countListed(found: readonly FoundWindows[]): number {
  let count = 0;
  for (let w = 0; w < found.length; w++) count += found[w]?.files.length || 0;
  return count;
}

/** The record of that attempt is there, or another one that says what it removed. */
function isSpokenFor(files: Files, medium: Medium, attemptId: string, listed: readonly { readonly name: string }[]): boolean {
  if (files.hasFile(`${medium.root}results\\${attemptRecordNames(attemptId).finished}`)) return true;
  for (let i = 0; i < listed.length; i++) {
    const name = listed[i]?.name || '';
    if (/^[0-9a-f]{32}\.txt$/i.test(name) && (readRecordFile(files, `${medium.root}results\\${name}`) || '').indexOf(`.attempt=${attemptId}\r\n`) >= 0) return true;
  }
  return false;
}

/** @returns Whether something was added, or all it names could be looked for. */
function addFrom(lines: FieldLines, list: 'removed' | 'kept', attemptId: string, files: Files, medium: Medium, notes: readonly VolumeNote[], found: readonly FoundWindows[]): boolean {
  let isWhole = true;
  let hasAdded = false;
  const of = (name: string): string => findField(lines, name) || '';
  for (let i = 1; of(`${list}.${i}.path`) !== ''; i++) {
    const prefix = `${list}.${i}.`;
    if (list === 'kept' && of(`${prefix}reason`) !== 'dry-run') continue;
    const place = `windows.${of(`${prefix}windows`)}.`;
    const windows = findWindows(lines, Number(of(`${place}volume`)), notes, found);
    const path = of(`${prefix}path`);
    const file = fileIn(of, prefix, attemptId);
    // A plan that was damaged may say anything; removed was only what the recipe names, and only what the dry run had hashed.
    const isSound = file !== null && medium.recipe !== null && isNamedBy(medium.recipe, path);
    if (windows === null || !isSound) isWhole = false;
    if (windows === null || file === null || !isSound || files.hasFile(`${windows.letter}:\\${path}`) || isListed(windows, path)) continue;
    windows.files.push(file);
    hasAdded = true;
    const hibernated = of(`${place}hibernated`);
    if (windows.hibernated === 'no' && (hibernated === 'discarded' || hibernated === 'yes') && !files.hasFile(`${windows.letter}:\\hiberfil.sys`)) windows.hibernated = 'discarded';
  }
  return isWhole || hasAdded;
}

/** The same volume by a key protector ID, or, where it has none, by its letter, which a plan of another boot may have wrong: then the path decides. */
function findWindows(lines: FieldLines, volume: number, notes: readonly VolumeNote[], found: readonly FoundWindows[]): FoundWindows | null {
  const ids = ` ${findField(lines, `volume.${volume}.keyProtectorIds`) || ''} `;
  let byLetter: FoundWindows | null = null;
  for (let w = 0; w < found.length; w++) {
    const windows = found[w];
    const note = windows === undefined ? undefined : notes[windows.volume - 1];
    if (windows === undefined || note === undefined) continue;
    for (let i = 0; i < note.ids.length; i++) if (ids.indexOf(` ${note.ids[i]} `) >= 0) return windows;
    if (ids === '  ' && note.ids.length === 0 && note.letter === findField(lines, `volume.${volume}.letter`)) byLetter = windows;
  }
  return byLetter;
}

/** @returns The file as the desk will read it in a record, or null: what it can not read would cost the whole record. */
function fileIn(of: (name: string) => string, prefix: string, attemptId: string): MatchedFile | null {
  const sizeBytes = parseCount(of(`${prefix}sizeBytes`), 9007199254740991);
  const modifiedAt = of(`${prefix}modifiedAt`);
  const modifiedAtMs = modifiedAt === '' ? NaN : parseInstant(modifiedAt);
  const header = of(`${prefix}header`);
  const copy = of(`${prefix}copy`);
  const attempt = attemptId !== '' ? attemptId : of(`${prefix}attempt`);
  const sha256 = of(`${prefix}sha256`);
  if (sizeBytes === null || modifiedAtMs === null || !/^([0-9a-f]{2}){0,16}$/.test(header) || !/^[0-9a-f]{64}$/.test(sha256)) return null;
  if (!/^([0-9a-f]{32}-[0-9]{1,2}\.bin)?$/.test(copy) || !/^([0-9a-f]{32})?$/.test(attempt)) return null;
  return { path: of(`${prefix}path`), sizeBytes: sizeBytes, modifiedAtMs: modifiedAtMs, header: header, sha256: sha256, verdict: 'removed', copy: copy, attempt: attempt };
}

function isNamedBy(recipe: Recipe, path: string): boolean {
  const folder = `${recipe.path}\\`.toLowerCase();
  const name = path.substring(folder.length);
  return path.substring(0, folder.length).toLowerCase() === folder && name.indexOf('\\') < 0 && matchesPattern(recipe.pattern, name);
}

function isListed(windows: FoundWindows, path: string): boolean {
  for (let f = 0; f < windows.files.length; f++) if (windows.files[f]?.path === path) return true;
  return false;
}

function planPath(medium: Medium, attemptId: string): string {
  return `${medium.root}results\\${attemptId}.plan`;
}
