// A medium that looks and changes nothing.
import { describe, expect, test } from 'vitest';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { play, recordOn, setScene } from './scene.ts';

describe('a medium that only inspects', () => {
  test('unlocks, looks, changes nothing and says so, with what it found in the record', async () => {
    const { host, passcode } = await setScene({ mode: 'inspect' });
    const before = new Map([...host.files].filter(([path]) => path.startsWith('D:')));
    play(host, null);
    expect(host.said.join('\n')).toContain('changes nothing on this host');
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(new Map([...host.files].filter(([path]) => path.startsWith('D:')))).toEqual(before);
    expect(host.bcdedit).toEqual([]);
    expect(recordOn(host)).toMatch(/mode=inspect\r\n[\s\S]*outcome=inspected\r\n[\s\S]*keptCount=1\r\n[\s\S]*windows\.1\.outcome=inspected[\s\S]*kept\.1\.reason=dry-run/);
    expect(play(host, '')).toBe(NEXT.restart);
  });

  test('still takes a recovery password for what it can not open', async () => {
    const { host, key, passcode } = await setScene({ mode: 'inspect', isKeyAbsent: true });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askBlue);
    expect(recordOn(host)).toContain('kept.1.reason=dry-run');
  });

  test('is what a medium of a mode nobody knows is, too', async () => {
    const { host, passcode } = await setScene({ mode: 'wipe-everything' });
    play(host, null);
    play(host, passcode);
    expect(host.removed).toEqual([]);
  });

  test('names maker, model and the controller without a driver where no disk is seen', async () => {
    for (const mode of ['repair', 'inspect']) {
      const { host, passcode } = await setScene({ mode });
      host.volumes.splice(0);
      host.missingDrivers = [{ hardwareId: 'PCI\\VEN_8086&DEV_9A0B', name: 'RAID Controller' }];
      play(host, null);
      play(host, passcode);
      expect(recordOn(host)).toMatch(/maker=CONSTRUCTED\r\nmodel=Model 1\r\n[\s\S]*driver\.1\.hardwareId=PCI\\VEN_8086&DEV_9A0B\r\ndriver\.1\.name=RAID Controller/);
      if (mode === 'repair') expect(host.said.join('\n')).toMatch(/CONSTRUCTED Model 1[\s\S]*PCI\\VEN_8086&DEV_9A0B/);
    }
  });
});
