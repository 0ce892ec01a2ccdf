// Hosts by what a caller knows of them beside the name: who uses it, the serial number, the asset tag.
import type { ReadableDatabase } from '../../store/database.ts';
import type { HostFact } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';

export interface FoundByFact { readonly hostId: number; readonly fact: HostFact; readonly text: string }

/** Shorter beginnings fit everything. */
const SHORTEST = 3;

/**
 * @param typed Untrusted, as typed; case does not matter. Of `DOMAIN\user` either part begins it.
 * @returns Hosts with a fact that begins with it, newest first of each kind, at most `limit`.
 */
export function findHostsByFact(db: ReadableDatabase, typed: string, limit: number): FoundByFact[] {
  const text = typed.trim();
  if (text.length < SHORTEST || text.length > 100) return [];
  return FACTS.flatMap(({ fact, sql }) => prepared<[string, string, number], { id: number; text: string }>(db, sql).all(text, `${text}\u{10ffff}`, limit).map((row) => ({ hostId: row.id, fact, text: row.text })))
    .slice(0, limit);
}

/** A part of the user's name, for callers who say only a family name. Reads every user once: for when nothing else was found. */
export function findHostsByPartOfUser(db: ReadableDatabase, typed: string, limit: number): FoundByFact[] {
  const text = typed.trim();
  if (text.length < SHORTEST || text.length > 100) return [];
  return prepared<[string, number], { id: number; text: string }>(db, PART_OF_USER).all(text, limit).map((row) => ({ hostId: row.id, fact: 'user', text: row.text }));
}

/**
 * One statement instead of one for each way, for a look-up that hardly ever finds a host.
 *
 * @param hostname In the store's case. @param typed As for `findHostsByFact`.
 * @returns Whether a name, or one of the facts, of any host begins with it.
 */
export function someHostBeginsWith(db: ReadableDatabase, hostname: string, typed: string): boolean {
  const text = typed.trim();
  return prepared<[{ name: string; nameEnd: string; text: string; textEnd: string }], { found: 0 | 1 }>(db, SOME_HOST)
    .get({ name: hostname, nameEnd: `${hostname}\u{10ffff}`, text, textEnd: `${text}\u{10ffff}` })?.found === 1;
}

/** @param text As it was taken for; three characters and more. @returns Whether any host has a fact that begins with it. */
export function someFactBeginsWith(db: ReadableDatabase, text: string): boolean {
  return prepared<[{ text: string; textEnd: string }], { found: 0 | 1 }>(db, SOME_FACT).get({ text, textEnd: `${text}\u{10ffff}` })?.found === 1;
}

// The expressions are those of the indexes of migration caller-lookups.
const PART_OF_USER = 'SELECT host_id AS id, user_name AS text FROM hosts WHERE user_name IS NOT NULL AND instr(lower(user_name), lower(?)) > 0 ORDER BY host_id DESC LIMIT ?';
const WAYS: readonly { readonly fact: HostFact; readonly expression: string; readonly column: string }[] = [
  { fact: 'user', expression: "substr(user_name, instr(user_name, '\\') + 1)", column: 'user_name' },
  { fact: 'serial-number', expression: 'serial_number', column: 'serial_number' },
  { fact: 'asset-tag', expression: 'asset_tag', column: 'asset_tag' },
];
export const FACTS: readonly { readonly fact: HostFact; readonly sql: string }[] = WAYS.map(({ fact, expression, column }) => ({
  fact,
  sql: `SELECT host_id AS id, ${column} AS text FROM hosts WHERE ${column} IS NOT NULL AND ${expression} COLLATE NOCASE >= ? AND ${expression} COLLATE NOCASE < ? ORDER BY ${expression} COLLATE NOCASE LIMIT ?`,
}));
const SOME_HAVE = WAYS.map(({ expression, column }) => `EXISTS (SELECT 1 FROM hosts WHERE ${column} IS NOT NULL AND ${expression} COLLATE NOCASE >= @text AND ${expression} COLLATE NOCASE < @textEnd)`).join(' OR ');
export const SOME_HOST = `SELECT EXISTS (SELECT 1 FROM hosts WHERE hostname >= @name AND hostname < @nameEnd) OR ${SOME_HAVE} AS found`;
export const SOME_FACT = `SELECT ${SOME_HAVE} AS found`;
