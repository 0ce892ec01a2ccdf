// rotation list, export, confirm: what was disclosed until it is replaced.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { ROTATION_STATES, ROTATION_TARGETS } from '../core/codes.ts';
import { parseKeyProtectorId } from '../core/keys/key-protector-id.ts';
import { text, texts, type Command } from './command.ts';
import { writeTextFile } from './text-file.ts';

const PAGE = 500;

export const rotationCommands: readonly Command[] = [
  {
    name: 'rotation list', usage: `rotation list [--state ${ROTATION_STATES.join('|')}]`, options: { state: { type: 'string', multiple: true } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const named = texts(options['state']).flatMap((value) => value.split(','));
      const states = ROTATION_STATES.filter((state) => named.includes(state));
      const unknown = named.find((word) => !(ROTATION_STATES as readonly string[]).includes(word));
      if (unknown !== undefined) throw new AppError('invalid-input', { fields: [`--state: ${unknown}`], known: ROTATION_STATES });
      const rotations: Output<'rotations.list'>['rows'] = [];
      let page: Output<'rotations.list'>;
      do {
        page = await api.call('rotations.list', { states, offset: rotations.length, limit: PAGE });
        rotations.push(...page.rows);
      } while (page.rows.length > 0 && rotations.length < page.total);
      for (const line of rotations) print(say.rotationLine(line.keyProtectorId ?? '-', line.hostname ?? '-', codes.rotationState[line.state], codes.rotationRisk[line.risk], line.dueAt));
      const count = (state: string): number => page.states.find((group) => group.state === state)?.count ?? 0;
      print(say.rotationTotals(count('due'), count('asked'), count('confirmed')));
      return { json: { total: page.total, states: page.states, rotations } };
    },
  },
  {
    name: 'rotation export', usage: `rotation export --for ${ROTATION_TARGETS.join('|')} --out FILE.ps1 [--again]`, options: { for: { type: 'string' }, out: { type: 'string' }, again: { type: 'boolean' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const target = ROTATION_TARGETS.find((known) => known === text(options['for']));
      if (target === undefined) throw new AppError('invalid-input', { fields: ['--for'], known: ROTATION_TARGETS });
      const out = text(options['out']);
      if (out === undefined || out === '') throw new AppError('invalid-input', { fields: ['--out'] });
      const path = resolve(out);
      writeTextFile(path, ''); // first of all: what is handed over counts as asked, so the file must be there to take it
      const { script, ...handedOver } = await api.call('rotations.handOver', { target, again: options['again'] === true });
      writeFileSync(path, script ?? '');
      print(script === null ? say.rotationNothing : say.rotationHandedOver(handedOver.keyRecords, handedOver.hosts, out));
      for (const { reason, count } of handedOver.leftOut) print(say.rotationLeftOut(count, codes.rotationNotHandedOver[reason]));
      if (handedOver.remaining > 0) print(say.rotationRemaining(handedOver.remaining));
      return { json: { ...handedOver, out: path } };
    },
  },
  {
    name: 'rotation confirm', usage: 'rotation confirm KEY-PROTECTOR-ID… --reason TEXT', options: { reason: { type: 'string' } }, words: [1, 1000], signsIn: true,
    async run({ api, words, options, say, print }) {
      const statement = text(options['reason'])?.trim() ?? '';
      if (statement === '') throw new AppError('invalid-input', { fields: ['--reason'] });
      const keyRecordIds: number[] = [];
      for (const word of words) {
        const id = parseKeyProtectorId(word);
        if (id === null) throw new AppError('invalid-input', { fields: ['KEY-PROTECTOR-ID'] });
        const found = (await api.call('keys.lookUp', { query: id })).keyRecords.filter(({ keyProtectorId, disclosedAt }) => keyProtectorId === id && disclosedAt !== null);
        if (found.length === 0) throw new AppError('not-found', { keyProtectorId: id });
        keyRecordIds.push(...found.map(({ keyRecordId }) => keyRecordId));
      }
      const report = await api.call('rotations.confirm', { keyRecordIds, statement });
      print(say.rotationConfirmed(report.confirmed));
      return { json: report };
    },
  },
];
