// A printed label is read back by a decoder nobody here wrote.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { labelCode, mediumLabels } from '../../electron/core/media/medium-label.ts';
import type { Medium } from '../../electron/core/media/media-register.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { launch } from './window.ts';

let browser: Browser;
beforeAll(async () => { browser = await launch(); });
afterAll(async () => { await browser.close(); });

test('the code on a label says the medium and its payload, and everything fits on the label', async () => {
  const medium: Medium = {
    mediaId: 'M-0042', state: 'built', builtAt: '2024-07-19T09:30:12.000Z', builtBy: 'lead', expiresAt: null, scope: 'all', hosts: 388, keyRecords: 575, leftOut: 3, technicians: ['tech-ki-04', 'a technician with a very long name indeed'],
    language: 'de', mode: 'repair', recipe: 'channel-file-291 1', architecture: 'x64', payload: '239F 59ED 55E7 37C7', imageSizeBytes: 1, imageName: 'a.img', results: 0, holder: null, stateAt: '2024-07-19T09:30:12.000Z', disk: null, renewalOf: null, withoutPasscode: false, loaders: [{ signedUnder: ['windows-uefi-ca-2023'], securityVersion: '9.0' }, { signedUnder: ['windows-pca-2011'], securityVersion: '9.0' }],
  };
  const safeBoot: Medium = { ...medium, mode: 'safe-boot', scope: 'site Klinikum Neustadt am Rübenberge', expiresAt: '2024-07-26T18:00:00.000Z' };
  for (const [language, shown] of (['en', 'de'] as const).flatMap((each) => [medium, safeBoot, { ...safeBoot, withoutPasscode: true, technicians: [] }, { ...safeBoot, mode: 'manual' as const, technicians: [] }].map((one) => [each, one] as const))) {
    const page = await browser.newPage({ viewport: { width: 700, height: 420 }, deviceScaleFactor: 2 });
    await page.setContent(mediumLabels([shown], language));
    const picture = join(temporaryFolder(), 'label.png');
    await page.screenshot({ path: picture });
    expect(execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).trim()).toBe(labelCode(medium));
    const main = page.locator('main');
    expect(await main.evaluate((element) => [element.scrollWidth <= element.clientWidth, element.scrollHeight <= element.clientHeight])).toEqual([true, true]);
    await page.close();
  }
});
