// waves list, create, assign, open, keep-off: planned groups of hosts, the canary first.
import { resolve } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { EXIT, text, texts, type Command, type CommandContext } from './command.ts';
import { findIncident } from './incidents.ts';
import { unknownName } from './known-names.ts';
import { readTextFile, writeNewFile } from './text-file.ts';

type Rule = Input<'waves.assign'>['rule'];
const RULES = { site: 'site', ou: 'organizational-unit', tag: 'tag', os: 'operating-system', name: 'name' } as const;
const RULE_OPTIONS = { ...Object.fromEntries(Object.keys(RULES).map((name) => [name, { type: 'string' as const }])), hosts: { type: 'string' }, host: { type: 'string', multiple: true } } as const;
const RULE_USAGE = '--site NAME | --ou DN | --tag TAG | --os PART | --name PATTERN | --hosts FILE | --host NAME…';

export const waveCommands: readonly Command[] = [
  {
    name: 'waves list', usage: 'waves list', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, print }) {
      const { waves, keptOff } = await api.call('waves.list', {});
      for (const wave of waves) print(waveLine(wave, say));
      for (const { hostname, reason } of keptOff) print(say.keptOff(hostname, reason));
      return { json: { waves, keptOff } };
    },
  },
  {
    name: 'waves suggest', usage: 'waves suggest [--out FILE]', options: { out: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const hosts = await api.call('waves.suggest', {});
      for (const { hostname, evidence, found, wave } of hosts) print(say.firstHost(hostname, codes.firstEvidence[evidence], found, wave));
      const out = text(options['out']);
      if (out !== undefined) writeNewFile(resolve(out), `${hosts.map(({ hostname }) => hostname).join('\n')}\n`);
      return { json: { hosts }, exitCode: hosts.length === 0 ? EXIT.nothingFound : EXIT.done };
    },
  },
  {
    name: 'waves create', usage: 'waves create NAME [--incident NAME] [--begins INSTANT] [--ends INSTANT]', options: { incident: { type: 'string' }, begins: { type: 'string' }, ends: { type: 'string' } }, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, print } = context;
      const incident = text(options['incident']);
      const wave = await api.call('waves.create', {
        name: words[0] ?? '', ...(incident === undefined ? {} : { incidentId: await findIncident(context, incident) }), ...instantOf(options, 'begins', 'beginsAt'), ...instantOf(options, 'ends', 'endsAt'),
      });
      print(waveLine(wave, say));
      return { json: wave };
    },
  },
  ...(['assign', 'unassign'] as const).map((act): Command => ({
    name: `waves ${act}`, usage: act === 'assign' ? `waves assign WAVE ${RULE_USAGE} [--free-only]` : `waves unassign ${RULE_USAGE}`,
    options: act === 'assign' ? { ...RULE_OPTIONS, 'free-only': { type: 'boolean' } } : RULE_OPTIONS, words: act === 'assign' ? [1, 1] : [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, print } = context;
      const report = await api.call('waves.assign', { waveId: act === 'assign' ? (await findWave(context)).waveId : null, rule: ruleOf(options), onlyFree: options['free-only'] === true });
      print(act === 'assign' ? say.assigned(report.assigned, report.moved, report.stayed) : say.takenOutOfWave(report.assigned));
      for (const name of report.unknown) print(say.leftOut(name, context.codes.notOnMedium['not-in-store']));
      const { undo: _undo, ...json } = report; // taking it back is for whoever keeps the desk open
      return { json };
    },
  })),
  {
    name: 'waves up', usage: 'waves up WAVE', options: {}, words: [1, 1], signsIn: true,
    async run(context) {
      const wave = await context.api.call('waves.moveUp', { waveId: (await findWave(context)).waveId });
      context.print(waveLine(wave, context.say));
      return { json: wave };
    },
  },
  {
    name: 'waves remove', usage: 'waves remove WAVE', options: {}, words: [1, 1], signsIn: true,
    async run(context) {
      const { name, waveId } = await findWave(context);
      await context.api.call('waves.remove', { waveId });
      context.print(context.say.waveRemoved(name));
      return { json: { removed: name } };
    },
  },
  {
    name: 'waves open', usage: 'waves open WAVE [--override REASON]', options: { override: { type: 'string' } }, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, print } = context;
      const override = text(options['override']);
      const { opened, gate } = await api.call('waves.open', { waveId: (await findWave(context)).waveId, ...(override === undefined ? {} : { override }) });
      if (gate.after !== null) print(say.gate(gate.after, gate.verified, gate.hosts, Math.round(gate.neededShare * 100), gate.unexpected));
      print(opened ? say.waveOpened(words[0] ?? '') : say.waveNotOpened(words[0] ?? ''));
      return { json: { opened, gate }, exitCode: opened ? EXIT.done : EXIT.notAllowed };
    },
  },
  ...(['keep-off', 'let-on'] as const).map((act): Command => ({
    name: `waves ${act}`, usage: act === 'keep-off' ? 'waves keep-off HOST… --reason TEXT' : 'waves let-on HOST…', options: act === 'keep-off' ? { reason: { type: 'string' } } : {}, words: [1, 10_000], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const reason = text(options['reason'])?.trim() ?? '';
      if (act === 'keep-off' && reason === '') throw new AppError('invalid-input', { fields: ['--reason'] });
      const report = await api.call('waves.keepOff', { hostnames: [...words], reason: act === 'keep-off' ? reason : null });
      print(say.total(report.changed));
      for (const name of report.unknown) print(say.leftOut(name, codes.notOnMedium['not-in-store']));
      return { json: report };
    },
  })),
];

async function findWave({ api, words }: CommandContext): Promise<Output<'waves.create'>> {
  const wanted = (words[0] ?? '').trim().toLowerCase();
  const { waves } = await api.call('waves.list', {});
  const found = waves.find(({ name }) => name.toLowerCase() === wanted);
  if (found === undefined) throw unknownName('wave', words[0] ?? '', waves.map(({ name }) => name));
  return found;
}

function ruleOf(options: CommandContext['options']): Rule {
  const given: Rule[] = Object.entries(RULES).flatMap(([option, kind]) => { const value = text(options[option])?.trim() ?? ''; return value === '' ? [] : [{ kind, value }]; });
  const file = text(options['hosts']);
  const names = [...texts(options['host']), ...(file === undefined ? [] : readTextFile(file).split(/\r?\n/).map((line) => (line.split(/[,;\t]/)[0] ?? '').trim().replace(/^"|"$/g, '')))].filter((name) => name !== '');
  if (names.length > 0) given.push({ kind: 'hosts', hostnames: names });
  const [rule] = given;
  if (rule === undefined || given.length > 1) throw new AppError('invalid-input', { fields: [RULE_USAGE] });
  return rule;
}

function instantOf<K extends string>(options: CommandContext['options'], option: string, field: K): { [F in K]?: string } {
  const word = text(options[option]);
  if (word === undefined) return {};
  if (Number.isNaN(Date.parse(word))) throw new AppError('invalid-input', { fields: [`--${option}`] });
  return { [field]: new Date(word).toISOString() } as { [F in K]?: string }; // the one field
}

const waveLine = (wave: Output<'waves.create'>, say: CommandContext['say']): string => say.waveLine(wave.place, wave.name, wave.canary, wave.openedAt, wave.hosts, wave.down, wave.repaired, wave.done);
