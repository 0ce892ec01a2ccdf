import { expect, it } from 'vitest';
import { mediumLabels } from '../../../electron/core/media/medium-label.ts';
import type { Medium } from '../../../electron/core/media/media-register.ts';

const labelOf = (one: Medium, language: 'en' | 'de'): string => mediumLabels([one], language);
const medium: Medium = {
  mediaId: 'M-0042', state: 'built', builtAt: '2024-07-19T09:30:12.000Z', builtBy: 'lead', expiresAt: '2024-07-26T18:00:00.000Z', scope: 'hosts 388', hosts: 388, keyRecords: 575, leftOut: 3, technicians: ['tech <1>', '"Ö\'Neil" & Co'],
  language: 'en', mode: 'repair', recipe: 'channel-file-291 1', architecture: 'x64', payload: '239f59ed55e737c7aa', imageSizeBytes: 1, imageName: 'a.img', results: 0, holder: null, stateAt: '2024-07-19T09:30:12.000Z', disk: null, renewalOf: null, withoutPasscode: false, loaders: [{ signedUnder: ['windows-uefi-ca-2023'], securityVersion: '9.0' }, { signedUnder: [], securityVersion: null }],
};

it('a label says what the medium is, in both languages, and whatever a name holds stays text', () => {
  const [english, german] = [labelOf(medium, 'en'), labelOf(medium, 'de')];
  for (const label of [english, german]) {
    expect(label).toContain('239F 59ED 55E7 37C7');
    expect(label).toContain('2024-07-26 18:00 UTC');
    expect(label).toContain('tech &#60;1&#62;, &#34;Ö&#39;Neil&#34; &#38; Co');
    expect(label).not.toMatch(/<script|<link|src=|url\(/);
  }
  expect(english).toContain('<dd>388 hosts</dd>');
  expect(german).toContain('<dt>Läuft ab</dt>');
  expect(labelOf({ ...medium, expiresAt: null, scope: 'all' }, 'de')).toContain('<dd>alle Hosts</dd><dt>Modus</dt><dd>reparieren</dd><dt>Läuft ab</dt><dd>nie</dd>');
  expect(labelOf(medium, 'en')).toBe(english);
});

it('the label of a medium without a passcode says in red who can read it, and names nobody', () => {
  for (const [language, sentence] of [['en', 'NO PASSCODE. Whoever holds this medium and a list of our key IDs can read every key on it.'], ['de', 'OHNE PASSCODE. Wer dieses Medium und eine Liste unserer Schlüssel-IDs hat, kann jeden Schlüssel darauf lesen.']] as const) {
    const label = labelOf({ ...medium, withoutPasscode: true, technicians: [] }, language);
    expect(label).toContain(`<p class="open">${sentence}</p>`);
    expect(label).toMatch(/\.open \{[^}]*color: #b00000/);
    expect(label).not.toMatch(/sealed|versiegelt|Technicians|Techniker/);
    expect(labelOf(medium, language)).not.toContain(sentence);
  }
});

it('the label of a manual medium says that there are no keys on it and where the recovery password is typed, and names nobody', () => {
  for (const [language, mode, sentence] of [['en', 'manual steps only', 'No keys on it; the recovery password is typed at the host.'], ['de', 'nur manuelle Schritte', 'Keine Schlüssel darauf; das Wiederherstellungskennwort wird am Host eingegeben.']] as const) {
    const label = labelOf({ ...medium, mode: 'manual', technicians: [], keyRecords: 0 }, language);
    expect(label).toContain(`<dd>${mode}</dd>`);
    expect(label).toContain(`<p>${sentence}</p>`);
    expect(label).not.toMatch(/sealed|versiegelt|[Pp]asscode|Technicians|Techniker/);
    expect(labelOf(medium, language)).not.toContain(sentence);
  }
});

it('a label says the site or wave it is for, and what the agent does', () => {
  expect(labelOf({ ...medium, scope: 'site Kiel <1>' }, 'de')).toContain('<dd>Standort Kiel &#60;1&#62;</dd><dt>Modus</dt><dd>reparieren</dd>');
  expect(labelOf({ ...medium, scope: 'wave Canary', mode: 'safe-boot' }, 'en')).toContain('<dd>Wave Canary</dd><dt>Mode</dt><dd>safe boot</dd>');
});

it('a label says under which authority each loader is signed and its security version: which hosts with Secure Boot it is for', () => {
  expect(labelOf(medium, 'en')).toContain('<dt>Secure Boot</dt><dd>2023 (9.0), none</dd>');
  expect(labelOf({ ...medium, loaders: [{ signedUnder: ['windows-pca-2011'], securityVersion: null }] }, 'de')).toContain('<dt>Secure Boot</dt><dd>2011</dd>');
  expect(labelOf({ ...medium, loaders: [] }, 'de')).not.toContain('Secure Boot');
});

it('labels of several media are printed each on a sheet of its own', () => {
  const page = mediumLabels([medium, { ...medium, mediaId: 'M-0043' }], 'de');
  expect([...page.matchAll(/<main>\n<h1>(.*?)<\/h1>/g)].map(([, id]) => id)).toEqual(['M-0042', 'M-0043']);
  expect(page).toContain('<title>Etikett von M-0042, M-0043</title>');
  expect(page).toContain('main + main { break-before: page }');
});
