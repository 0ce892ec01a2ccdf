import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';

it('shows policies and sets some of them, refusing what is none', async () => {
  const { first } = await newDesk();
  expect((await bluelift(['policies', 'show', ...first, '--json'])).json()).toMatchObject({ hideAfterS: 120, clipboardAllowed: false });
  expect((await bluelift(['policies', 'set', '--call-steps', 'outcome,identity', '--disclosure-rate', '5/15', '--hide-after', '60', '--clipboard', 'on', ...first, '--json'])).json())
    .toMatchObject({ callSteps: ['identity', 'outcome'], disclosureRateCount: 5, disclosureRateMinutes: 15, hideAfterS: 60, clipboardAllowed: true, fourEyesPrinting: true });
  for (const wrong of [['--call-steps', 'greeting'], ['--hide-after', '5'], ['--hide-after', 'x'], ['--clipboard', 'maybe'], ['--disclosure-rate', '5'], []]) expect(await bluelift(['policies', 'set', ...wrong, ...first]), wrong.join(' ')).toMatchObject({ code: 2 });
}, 180_000);
