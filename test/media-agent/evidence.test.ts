// What is left of a repair for those who look at it later: copies, times, hints.
import { describe, expect, test } from 'vitest';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { FAULTY_BYTES, FOLDER, play, recordOn, setScene } from './scene.ts';

describe('the evidence', () => {
  test('has a copy of each removed file beside the record when the medium keeps copies', async () => {
    const { host, passcode } = await setScene({ keepsCopies: true });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    const name = /removed\.1\.copy=([0-9a-f]{32}-1\.bin)\r\n/.exec(recordOn(host))?.[1];
    expect(host.files.get(`E:\\bluelift\\results\\${name}`)?.bytes).toEqual(FAULTY_BYTES);
  });

  test('has copies of what was removed before and after a key press, each under a name of its own', async () => {
    const { host, passcode } = await setScene({ keepsCopies: true });
    host.volumes.push({ letter: 'F', keys: {}, isLocked: false });
    host.put('F:\\Windows\\System32\\config\\SYSTEM', 'regf');
    host.put(`F:\\${FOLDER}\\C-00000291-00000000-00000032.sys`, [...FAULTY_BYTES, 1]);
    host.put('F:\\hiberfil.sys', 'HIBR....');
    play(host, null);
    play(host, passcode);
    play(host, 'R');
    const names = [...recordOn(host).matchAll(/removed\.\d\.copy=(\S+)\r\n/g)].map(([, name]) => name);
    expect(names.map((name) => host.files.get(`E:\\bluelift\\results\\${name}`)?.bytes)).toEqual([FAULTY_BYTES, [...FAULTY_BYTES, 1]]);
  });

  test('tells how long each step took', async () => {
    const { host, passcode } = await setScene();
    play(host, null);
    play(host, passcode);
    for (const step of ['lookMs', 'passcodeMs', 'unlockMs', 'examineMs', 'repairMs']) expect(recordOn(host)).toMatch(new RegExp(`\\r\\n${step}=[1-9][0-9]*\\r\\n`));
  });

  test('hints at the keyboard when signs come where digits belong', async () => {
    const { host, passcode } = await setScene({ isKeyAbsent: true });
    play(host, null);
    play(host, `${passcode.slice(0, 17)}&`);
    expect(host.said.join('\n')).toContain('another keyboard layout');
    play(host, passcode);
    play(host, 'T');
    play(host, '&\u00e9"\'(-');
    expect(host.said.join('\n')).toContain('another keyboard layout');
  });
});
