import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RemoteError } from '../../electron/api/client.ts';
import { ERROR_CODES } from '../../electron/core/app-error.ts';
import { ATTEMPT_REASONS } from '../../electron/core/codes.ts';
import { DECLINED, INTAKE_NOTES, REJECT_REASONS } from '../../electron/formats/intake/reasons.ts';
import { actWords } from '../../renderer/messages/act-words.ts';
import { attemptReasonWords } from '../../renderer/messages/attempt-reason.ts';
import { failureSentence, MESSAGES, type Messages } from '../../renderer/messages/index.ts';

const LANGUAGES = ['en', 'de'] as const;

/** Every sentence of a language with where it stands, functions filled with numbers and words. */
function sentences(messages: Messages): [string, string][] {
  const all: [string, string][] = [];
  const walk = (value: unknown, at: string): void => {
    if (typeof value === 'string') all.push([at, value]);
    else if (typeof value === 'function') {
      for (const filling of [2, 1, 'x', {}]) { try { all.push([at, String(value(filling, filling, filling, filling))]); } catch { /* this one wants another sort of value */ } }
    } else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, `${at}.${key}`);
  };
  walk(messages, '');
  return all;
}

describe('what people read', () => {
  test.each(LANGUAGES)('has words for every reason for which a row is rejected or a file declined (%s)', (language) => {
    for (const reason of REJECT_REASONS) expect(MESSAGES[language].words.rejectReason[reason], reason).toBeTruthy();
    for (const note of INTAKE_NOTES) expect(MESSAGES[language].words.intakeNote[note], note).toBeTruthy();
    for (const reason of DECLINED) expect(MESSAGES[language].words.declined[reason], reason).toBeTruthy();
  });

  test.each(LANGUAGES)('says why a directory or tenant can not be reached in words, not by a code (%s)', (language) => {
    for (const why of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'no-answer', 'ECONNRESET', 'connection-lost', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'base-not-found', 'no-rights', 'ldap-10', 'http-429']) {
      for (const code of ['source-unreachable', 'source-failed'] as const) expect(failureSentence(language, new RemoteError({ code, facts: { url: 'ldaps://dc1', why } })), `${code} ${why}`).not.toContain(why);
    }
  });

  test.each(LANGUAGES)('has a sentence for every error code, also without facts (%s)', (language) => {
    for (const code of ERROR_CODES) {
      const sentence = failureSentence(language, new RemoteError({ code, facts: {} }));
      expect(sentence, code).toMatch(/^[\p{Lu}:].*[.]$/u);
      expect(sentence, code).not.toContain('undefined');
    }
  });

  test.each(LANGUAGES)('says in words why an attempt record did not count (%s)', (language) => {
    const { words } = MESSAGES[language];
    for (const reason of ATTEMPT_REASONS) expect(attemptReasonWords(words, reason), reason).toMatch(/^\p{Ll}.* .*$/u);
    expect(attemptReasonWords(words, 'malformed startedAt')).toMatch(/ startedAt$/);
    expect(attemptReasonWords(words, 'toString')).toBeNull();
  });

  test('says what is wrong with an entered value, and why a base is of no use', () => {
    const short = new RemoteError({ code: 'invalid-input', facts: { procedure: 'desk.create', fields: ['passphrase: too_small'] } });
    expect(failureSentence('en', short)).toBe('Something entered is not valid: passphrase too short or too small.');
    expect(failureSentence('de', short)).toBe('Eine Eingabe ist nicht gültig: passphrase zu kurz oder zu klein.');
    const passphrase = new RemoteError({ code: 'invalid-input', facts: { procedure: 'desk.create', fields: ['passphrase: too_small: 8'] } });
    expect(failureSentence('en', passphrase)).toBe('Something entered is not valid: passphrase too short: at least 8 characters.');
    expect(failureSentence('de', passphrase)).toBe('Eine Eingabe ist nicht gültig: passphrase zu kurz: mindestens 8 Zeichen.');
    const full = new RemoteError({ code: 'disk-full', facts: { path: '/m.img', neededBytes: 301_191_680, freeBytes: 209_700_000 } });
    expect(failureSentence('en', full)).toMatch(/ Needed: 301\.2 MB, free: 209\.7 MB\.$/);
    expect(failureSentence('de', full)).toMatch(/ Nötig: 301,2 MB, frei: 209,7 MB\.$/);
    const split = new RemoteError({ code: 'base-unreadable', facts: { path: 'install.swm', reason: 'split' } });
    expect(failureSentence('en', split)).toMatch(/: install\.swm \(one part of several\)\.$/);
    expect(failureSentence('de', split)).toMatch(/: install\.swm \(ein Teil von mehreren\)\.$/);
  });

  test('an unknown failure is said as a bug, with its reference number and without its own text', () => {
    expect(failureSentence('en', new RemoteError({ code: 'something-new', facts: {}, reference: '7F3A-20' }))).toBe('Something went wrong inside the desk. If a second try fails too, start it again; what was saved stays. Reference 7F3A-20.');
    expect(failureSentence('de', new Error('raw text'))).not.toContain('raw text');
  });

  test.each(LANGUAGES)('has no empty sentence, no exclamation mark and nobody to say please (%s)', (language) => {
    for (const [at, sentence] of sentences(MESSAGES[language])) {
      expect(sentence.trim(), at).not.toBe('');
      expect(sentence, at).not.toMatch(/!|\b(?:please|successfully|bitte|erfolgreich)\b/i);
      expect(sentence, at).not.toMatch(language === 'en' ? /\b(?:we|our|you|your)\b/i : /\b(?:wir|uns|unser)\b|\bSie\b(?! )/);
    }
  });

  test('German has one word for a role, that of its label', () => {
    const others = { supervisor: /Supervisor|Aufsicht|Schichtleit/i, auditor: /\bAuditor|Prüfer/i };
    const commands = readFileSync(new URL('../../electron/commands/sentences-de.ts', import.meta.url), 'utf8');
    for (const [at, sentence] of [...sentences(MESSAGES.de), ['commands', commands] as const]) for (const [role, other] of Object.entries(others)) expect(sentence, `${at}: ${role}`).not.toMatch(other);
  });

  test('German and English do not share a sentence by oversight', () => {
    const de = new Map(sentences(MESSAGES.de));
    const shared = sentences(MESSAGES.en).filter(([at, sentence]) => de.get(at) === sentence && sentence.split(' ').length > 3);
    expect(shared.filter(([at]) => !at.startsWith('.errors'))).toEqual([]);
  });

  test('every line the desk writes into the audit trail has words', () => {
    const folder = new URL('../../electron/', import.meta.url);
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('store/migrations')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const written = new Set([...source.matchAll(/appendAudit\([^;]*?\bact: '([\w.-]+)'/gs)].map(([, act = '']) => act));
    expect(written.size).toBeGreaterThan(30);
    expect([...written].filter((act) => actWords(act, MESSAGES.en) === act)).toEqual([]);
  });

  test('every sentence is shown somewhere', () => {
    const folder = new URL('../../renderer/', import.meta.url);
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith('messages')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const { words: _words, acts: _acts, deskEvents: _deskEvents, errors: _errors, help: _help, ...sections } = MESSAGES.en;
    const unused = Object.entries(sections).flatMap(([section, keys]) => Object.keys(keys).filter((key) => !new RegExp(`\\.${section}(?:\\.${key}\\b|\\[)`).test(source)).map((key) => `${section}.${key}`));
    expect(unused).toEqual([]);
  });

  test('no component holds a sentence of its own', () => {
    const folder = new URL('../../renderer/', import.meta.url);
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => (readFileSync(new URL(name, folder), 'utf8').match(/>[^<>{}=;()]*\p{L}{3,}[^<>{}=;()]*<\//gu) ?? []).filter((text) => !/>Bluelift</.test(text)).map((text) => `${name}: ${text}`));
    expect(found).toEqual([]);
  });
});
