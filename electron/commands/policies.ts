// policies show, set: what a supervisor has set for the desk.
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { CALL_STEPS } from '../core/codes.ts';
import { text, type Command, type CommandContext } from './command.ts';

const ON_OFF = { 'four-eyes-printing': 'fourEyesPrinting', 'four-eyes-purge': 'fourEyesPurge', clipboard: 'clipboardAllowed', 'media-without-passcode': 'mediaWithoutPasscodeAllowed' } as const;

export const policyCommands: readonly Command[] = [
  {
    name: 'policies show', usage: 'policies show', options: {}, words: [0, 0], signsIn: true,
    async run(context) { return show(context, await context.api.call('policies.get', {})); },
  },
  {
    name: 'policies set', usage: `policies set [--call-steps ${CALL_STEPS.join(',')}] [--disclosure-rate COUNT/MINUTES] [--hide-after SECONDS] ${Object.keys(ON_OFF).map((name) => `[--${name} on|off]`).join(' ')}`,
    options: {
      'call-steps': { type: 'string' }, 'disclosure-rate': { type: 'string' }, 'hide-after': { type: 'string' },
      'four-eyes-printing': { type: 'string' }, 'four-eyes-purge': { type: 'string' }, clipboard: { type: 'string' }, 'media-without-passcode': { type: 'string' },
    },
    words: [0, 0], signsIn: true,
    async run(context) {
      const wanted = readWanted(context.options);
      if (Object.keys(wanted).length === 0) throw new AppError('invalid-input', { fields: ['--call-steps', '--disclosure-rate', '--hide-after', ...Object.keys(ON_OFF).map((name) => `--${name}`)] });
      return show(context, await context.api.call('policies.set', wanted));
    },
  },
];

function show({ print }: CommandContext, policies: Output<'policies.get'>): { json: unknown } {
  for (const [name, value] of Object.entries(policies)) print(`${name}: ${Array.isArray(value) ? value.join(' ') : String(value)}`);
  return { json: policies };
}

function readWanted(options: CommandContext['options']): Input<'policies.set'> {
  const wanted: { -readonly [K in keyof Input<'policies.set'>]: Input<'policies.set'>[K] } = {};
  const steps = text(options['call-steps']);
  if (steps !== undefined) {
    const named = steps.split(',').map((word) => word.trim()).filter((word) => word !== '');
    const unknown = named.find((word) => !(CALL_STEPS as readonly string[]).includes(word));
    if (unknown !== undefined) throw new AppError('invalid-input', { fields: [`--call-steps: ${unknown}`], known: CALL_STEPS });
    wanted.callSteps = CALL_STEPS.filter((step) => named.includes(step));
  }
  const rate = text(options['disclosure-rate']);
  if (rate !== undefined) {
    const [, count, minutes] = /^(\d{1,5})\/(\d{1,4})$/.exec(rate) ?? [];
    if (count === undefined || minutes === undefined) throw new AppError('invalid-input', { fields: ['--disclosure-rate'] });
    Object.assign(wanted, { disclosureRateCount: Number(count), disclosureRateMinutes: Number(minutes) });
  }
  const hideAfter = text(options['hide-after']);
  if (hideAfter !== undefined) wanted.hideAfterS = /^\d{1,5}$/.test(hideAfter) ? Number(hideAfter) : Number.NaN; // refused by the contract
  for (const [option, policy] of Object.entries(ON_OFF)) {
    const word = text(options[option]);
    if (word === undefined) continue;
    if (word !== 'on' && word !== 'off') throw new AppError('invalid-input', { fields: [`--${option}`], known: ['on', 'off'] });
    wanted[policy] = word === 'on';
  }
  return wanted;
}
