import { expect, test } from 'vitest';
import { readEvidence } from '../../renderer/screens/waves/evidence.ts';
import { createWave, openWave } from '../../electron/core/waves/waves.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';

test('what a wave was opened on is read as the desk writes it, in any language; anything else is shown as it is', () => {
  const desk = openTestDesk();
  const [first, second] = ['Canary: of two', 'Next'].map((name) => createWave(desk, { name }).waveId);
  openWave(desk, first ?? 0);
  openWave(desk, second ?? 0, 'the ward; opens at 7 of 8 verified');
  const evidence = desk.db.prepare('SELECT evidence FROM waves ORDER BY wave_id').pluck().all() as string[];
  expect(evidence.map(readEvidence)).toEqual([null, { after: 'Canary: of two', verified: 0, hosts: 0, unexpected: 0, override: 'the ward; opens at 7 of 8 verified' }]);
});
