import { expect, test } from 'vitest';
import { browserCommand } from '../../electron/http/open-browser.ts';

const ADDRESS = 'http://127.0.0.1:1/#x';

test.each([
  ['a Linux desktop', { DISPLAY: ':0' }, 'linux', ['xdg-open', ADDRESS]],
  ['a Wayland desktop', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', ['xdg-open', ADDRESS]],
  ['a Linux without a display', {}, 'linux', null],
  ['macOS', {}, 'darwin', ['open', ADDRESS]],
  ['Windows', {}, 'win32', ['cmd', '/c', 'start', '', ADDRESS]],
  ['a browser of the person’s choice', { BROWSER: '/opt/firefox' }, 'linux', ['/opt/firefox', ADDRESS]],
  ['a build machine', { CI: 'true', DISPLAY: ':0', BROWSER: 'firefox' }, 'linux', null],
  ['somebody who wants none', { BROWSER: 'none', DISPLAY: ':0' }, 'linux', null],
] as const)('on %s the page is opened with the right command, or none', (_where, environment, platform, command) => {
  expect(browserCommand(ADDRESS, environment, platform)).toEqual(command);
});
