// rotation list, export, confirm: what was disclosed until it is replaced.
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { ROTATION_STATES, ROTATION_TARGETS } from '../core/codes.ts';
import { parseKeyProtectorId } from '../core/keys/key-protector-id.ts';
import { disclosedLapsOf } from './laps.ts';
import { EXIT, text, texts, type Command } from './command.ts';
import { reserveFile } from './text-file.ts';

const PAGE = 500;

/** Of a script without its hosts, and of the lines of each: more than they have. */
const SCRIPT_BYTES = 16 * 1024;
const SCRIPT_LINE_BYTES = 512;

export const rotationCommands: readonly Command[] = [
  {
    name: 'rotation list', usage: `rotation list [--state ${ROTATION_STATES.join('|')}…]`, options: { state: { type: 'string', multiple: true } }, words: [0, 0], signsIn: true,
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
      for (const line of rotations) print(say.rotationLine(line.lapsPasswordId === null ? (line.keyProtectorId ?? '-') : `LAPS ${line.account ?? '-'}`, line.hostname ?? '-', codes.rotationState[line.state], codes.rotationRisk[line.risk], line.dueAt));
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
      const { total } = await api.call('rotations.list', { states: ['due', 'asked'], offset: 0, limit: 1 });
      const file = reserveFile(path, SCRIPT_BYTES + total * SCRIPT_LINE_BYTES); // first of all: what is handed over counts as asked, so there must be room for it
      const { script, ...handedOver } = await api.call('rotations.handOver', { target, again: options['again'] === true }).catch((error: unknown) => {
        file.drop();
        throw error;
      });
      if (script === null) file.drop(); // nothing to hand over, nothing in the way of the next try
      else file.fill(script);
      print(script === null ? say.rotationNothing : say.rotationHandedOver(handedOver.keyRecords + handedOver.lapsPasswords, handedOver.hosts, out));
      for (const { reason, count } of handedOver.leftOut) print(say.rotationLeftOut(count, codes.rotationNotHandedOver[reason]));
      if (handedOver.remaining > 0) print(say.rotationRemaining(handedOver.remaining));
      return { json: { ...handedOver, out: script === null ? null : path } };
    },
  },
  {
    name: 'rotation request', usage: 'rotation request --via graph --tenant ID-OR-DOMAIN --client APPLICATION-ID [--certificate-file PEM] [--again]',
    options: { via: { type: 'string' }, tenant: { type: 'string' }, client: { type: 'string' }, 'certificate-file': { type: 'string' }, again: { type: 'boolean' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, print, tell, progress, signal }) {
      if (text(options['via']) !== 'graph') throw new AppError('invalid-input', { fields: ['--via'], known: ['graph'] });
      const [tenant, client, file] = [text(options['tenant']), text(options['client']), text(options['certificate-file'])];
      if (tenant === undefined || client === undefined) throw new AppError('invalid-input', { fields: [tenant === undefined ? '--tenant' : '--client'] });
      const hosts: Extract<Output<'rotations.request'>, { kind: 'host' }>['request'][] = [];
      let sums = { asked: 0, notAsked: 0, cancelled: false };
      for await (const event of api.stream('rotations.request', { tenant, client, again: options['again'] === true, ...(file === undefined ? {} : { certificatePath: resolve(file) }) }, signal)) {
        if (event.kind === 'device-code') tell(say.deviceCode(event.url, event.userCode));
        else if (event.kind === 'waiting') tell(say.tenantWaits(event.until));
        else if (event.kind === 'progress') progress(say.rotationRequested(event.done, event.hosts));
        else if (event.kind === 'host') {
          hosts.push(event.request);
          print(say.rotationRequest(event.request.hostname, event.request.what, event.request.outcome, event.request.why));
        } else sums = { asked: event.asked, notAsked: event.notAsked, cancelled: event.cancelled };
      }
      print(say.rotationRequestTotals(sums.asked, sums.notAsked));
      return { json: { ...sums, hosts }, exitCode: sums.cancelled ? EXIT.cancelled : sums.notAsked > 0 ? EXIT.source : EXIT.done };
    },
  },
  {
    name: 'rotation confirm', usage: 'rotation confirm KEY-PROTECTOR-ID… [--laps HOST…] --reason TEXT', options: { reason: { type: 'string' }, laps: { type: 'string', multiple: true } }, words: [0, 1000], signsIn: true,
    async run(context) {
      const { api, words, options, say, print } = context;
      const lapsHosts = texts(options['laps']);
      if (words.length + lapsHosts.length === 0) throw new AppError('invalid-input', { fields: ['KEY-PROTECTOR-ID'] });
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
      const lapsPasswordIds: number[] = [];
      for (const hostname of lapsHosts) lapsPasswordIds.push(...await disclosedLapsOf(context, hostname));
      const report = await api.call('rotations.confirm', { keyRecordIds, lapsPasswordIds, statement });
      print(say.rotationConfirmed(report.confirmed));
      return { json: report };
    },
  },
];
