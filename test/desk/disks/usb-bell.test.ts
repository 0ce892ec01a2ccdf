import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BELL = fileURLToPath(new URL('../../../electron/desk/disks/usb-bell.ts', import.meta.url));

// In a process of its own: what the library throws out of reach would end a test run as it ended the desk.
test('a desk without a USB bus (a container, a server) goes on', () => {
  const program = `import { hangUsbBell } from ${JSON.stringify(BELL)}; const down = await hangUsbBell(() => undefined); await new Promise((later) => setTimeout(later, 1500)); down(); console.log('still there'); process.exit();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', program], { encoding: 'utf8' });
  expect({ stdout: stdout.trim(), stderr: stderr.trim() }).toEqual({ stdout: 'still there', stderr: '' });
});
