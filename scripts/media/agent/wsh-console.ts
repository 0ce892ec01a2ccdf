// The person, through the launcher: what it asked with `set /p` stands in the environment. And what the machine says of itself.
import type { Console, HostFacts } from './ports.ts';
import { echo, environment } from './script-host.ts';
import type { FileSystemObject, Shell } from './script-host.ts';
import { listMissingDrivers } from './wmi-devices.ts';
import { readSerialNumber } from './wmi-serial.ts';

const BIOS = 'HKLM\\HARDWARE\\DESCRIPTION\\System\\BIOS\\';

/** @returns The screen, keyboard and facts of the host, by what the script host has. */
export function makeConsole(fso: FileSystemObject, shell: Shell): Console {
  const registryText = (name: string): string => {
    try {
      return String(shell.RegRead(BIOS + name)).replace(/^\s+|\s+$/g, '').substring(0, 200);
    } catch (error) {
      return '';
    }
  };
  return {
    say: echo,
    answer: () => environment(shell, 'BLUELIFT_ANSWER'),
    answersGiven: () => environment(shell, 'BLUELIFT_ANSWERS'),
    passcode: () => environment(shell, 'BLUELIFT_PASSCODE'),
    typed: () => environment(shell, 'BLUELIFT_TYPED'),
    nowMs: () => new Date().getTime(),
    timeZoneBiasMinutes: () => new Date().getTimezoneOffset(),
    chance: () => `${new Date().getTime()} ${Math.random()} ${Math.random()} ${fso.GetTempName()} ${environment(shell, 'BLUELIFT_CHANCE')}`,
    hostFacts: () => {
      const facts: { -readonly [name in keyof HostFacts]: HostFacts[name] } = {};
      const maker = registryText('SystemManufacturer');
      const model = registryText('SystemProductName');
      const serialNumber = readSerialNumber();
      if (maker !== '') facts.maker = maker;
      if (model !== '') facts.model = model;
      if (serialNumber !== null) facts.serialNumber = serialNumber;
      return facts;
    },
    missingDrivers: listMissingDrivers,
    isSafeMode: () => environment(shell, 'BLUELIFT_SAFE_MODE') !== '',
  };
}
