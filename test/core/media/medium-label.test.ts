import { expect, it } from 'vitest';
import { mediumLabel } from '../../../electron/core/media/medium-label.ts';
import type { Medium } from '../../../electron/core/media/media-register.ts';

const medium: Medium = {
  mediaId: 'M-0042', state: 'built', builtAt: '2024-07-19T09:30:12.000Z', builtBy: 'lead', expiresAt: '2024-07-26T18:00:00.000Z', scope: 'hosts 388', hosts: 388, keyRecords: 575, leftOut: 3, technicians: ['tech <1>', '"Ö\'Neil" & Co'],
  language: 'en', recipe: 'channel-file-291 1', architecture: 'x64', payload: '239f59ed55e737c7aa', imageSizeBytes: 1, imageName: 'a.img', results: 0, holder: null, stateAt: '2024-07-19T09:30:12.000Z',
};

it('a label says what the medium is, in both languages, and whatever a name holds stays text', () => {
  const [english, german] = [mediumLabel(medium, 'en'), mediumLabel(medium, 'de')];
  for (const label of [english, german]) {
    expect(label).toContain('239F 59ED 55E7 37C7');
    expect(label).toContain('2024-07-26 18:00 UTC');
    expect(label).toContain('tech &#60;1&#62;, &#34;Ö&#39;Neil&#34; &#38; Co');
    expect(label).not.toMatch(/<script|<link|src=|url\(/);
  }
  expect(english).toContain('<dd>388 hosts</dd>');
  expect(german).toContain('<dt>Läuft ab</dt>');
  expect(mediumLabel({ ...medium, expiresAt: null, scope: 'all' }, 'de')).toContain('<dd>alle Hosts</dd><dt>Läuft ab</dt><dd>nie</dd>');
  expect(mediumLabel(medium, 'en')).toBe(english);
});
