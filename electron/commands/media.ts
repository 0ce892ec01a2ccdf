// media build, inspect, list, show, issue, return, lost.
import { resolve } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { AGENT_MODES, IMAGE_FORMATS } from '../core/codes.ts';
import { hasExpired } from '../core/media/expiry.ts';
import { EXIT, text, texts, type Command, type CommandContext } from './command.ts';
import { findIncident } from './incidents.ts';
import { knownNames } from './known-names.ts';
import { chooseOrder, NO_PASSCODE_OPTIONS } from './media-orders.ts';
import { readTextFile, writeNewFile } from './text-file.ts';

/** `all`, `wave:NAME`, `site:NAME`, or `hosts:FILE` with one name a line; what follows a comma, semicolon or tab is not part of the name. AppError `not-found` for a wave or site that is none. */
export async function parseScope(context: Pick<CommandContext, 'api'>, word: string | undefined): Promise<Input<'media.build'>['scope']> {
  if (word === 'all') return { kind: 'all' };
  const wave = /^wave:(.+)$/.exec(word ?? '')?.[1];
  if (wave !== undefined) return { kind: 'wave', wave: (await knownNames(context, 'waves', [wave]))[0] ?? wave };
  const site = /^site:(.+)$/.exec(word ?? '')?.[1];
  if (site !== undefined) return { kind: 'site', site: (await knownNames(context, 'sites', [site]))[0] ?? site };
  const file = /^hosts:(.+)$/s.exec(word ?? '')?.[1];
  if (file === undefined) throw new AppError('invalid-input', { fields: ['--scope'], known: ['all', 'hosts:FILE', 'wave:NAME', 'site:NAME'] });
  const hostnames = readTextFile(file).split(/\r?\n/).map((line) => (line.split(/[,;\t]/)[0] ?? '').trim().replace(/^"|"$/g, '')).filter((name) => name !== '');
  if (hostnames.length === 0) throw new AppError('invalid-input', { fields: ['--scope: no-hosts'], path: file });
  return { kind: 'hosts', hostnames };
}

/** Naming place, serial and size is the agreement: what speaks against the disk, short of refusing it, is printed and counts as seen. */
export async function chooseDisk({ api, say, codes, print }: Pick<CommandContext, 'api' | 'say' | 'codes' | 'print'>, id: string, options: CommandContext['options'], base?: string): Promise<NonNullable<Input<'media.build'>['disk']>> {
  const serial = text(options['serial']);
  const sizeBytes = Number(text(options['size-bytes']));
  if (serial === undefined) throw new AppError('invalid-input', { fields: ['--serial: missing'] });
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1) throw new AppError('invalid-input', { fields: ['--size-bytes'] });
  // As `disks` prints it: a disk without a serial number is named by `none`, and so is one that says so itself.
  const found = (await api.call('disks.list', base === undefined ? {} : { base })).find((disk) => disk.id === id && (disk.serial ?? 'none') === (serial || 'none') && disk.sizeBytes === sizeBytes);
  const wanted = { id, serial: found?.serial ?? (serial === 'none' || serial === '' ? null : serial), sizeBytes };
  const cautions = found?.reasons.filter(({ severity }) => severity === 'caution') ?? [];
  for (const { code, severity, about } of cautions) print(say.diskReason(codes.diskSeverity[severity], codes.diskReason[code], about.join(', ')));
  return { ...wanted, accepted: cautions.map(({ code }) => code) };
}

/** @returns What the medium or its label is to speak: `--media-language`, else the `--language` that was given with the command; undefined: neither. */
export function mediaLanguage(options: CommandContext['options']): 'en' | 'de' | undefined {
  const asked = text(options['media-language']) ?? text(options['language']);
  if (asked !== undefined && asked !== 'en' && asked !== 'de') throw new AppError('invalid-input', { fields: ['--media-language'], known: ['en', 'de'] });
  return asked;
}

export const DISK_OPTIONS = { disk: { type: 'string' }, serial: { type: 'string' }, 'size-bytes': { type: 'string' } } as const;
const NOTE = { note: { type: 'string' } } as const;

export const mediaCommands: readonly Command[] = [
  {
    name: 'media build', usage: 'media build --base FILE --scope all|hosts:FILE|wave:NAME|site:NAME [--out IMAGE] [--format image|vhd|iso|pxe | --format disk --disk ID --serial S|none --size-bytes N] [--two-loaders] [--drivers DIR] [--technician NAME…] [--expires INSTANT] [--mode repair|safe-boot|inspect | --manual-only] [--keep-copies] [--media-language en|de] [--incident NAME] [--override-waves REASON] [--no-passcode [--order ORDER-ID]] [--overwrite]',
    options: {
      base: { type: 'string' }, scope: { type: 'string' }, out: { type: 'string' }, technician: { type: 'string', multiple: true }, expires: { type: 'string' },
      'media-language': { type: 'string' }, mode: { type: 'string' }, 'keep-copies': { type: 'boolean' }, overwrite: { type: 'boolean' }, ...DISK_OPTIONS, ...NO_PASSCODE_OPTIONS, format: { type: 'string' }, incident: { type: 'string' }, 'override-waves': { type: 'string' }, 'two-loaders': { type: 'boolean' }, 'manual-only': { type: 'boolean' }, drivers: { type: 'string' },
    },
    words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print, progress, signal, operatorName }) {
      const base = text(options['base']);
      const onDisk = text(options['format']) === 'disk';
      const out = onDisk ? text(options['disk']) : text(options['out']);
      const expires = text(options['expires']);
      if (base === undefined || out === undefined) throw new AppError('invalid-input', { fields: [`${base === undefined ? '--base' : onDisk ? '--disk' : '--out'}: missing`] });
      if (expires !== undefined && Number.isNaN(Date.parse(expires))) throw new AppError('invalid-input', { fields: ['--expires: no-instant'] });
      const format = IMAGE_FORMATS.find((known) => known === (onDisk ? 'image' : text(options['format']) ?? 'image'));
      if (format === undefined) throw new AppError('invalid-input', { fields: ['--format'], known: [...IMAGE_FORMATS, 'disk'] });
      const isManual = options['manual-only'] === true;
      if (isManual) refuseWithoutUse(options);
      const mode = isManual ? 'manual' : AGENT_MODES.find((known) => known === (text(options['mode']) ?? 'repair'));
      if (mode === undefined) throw new AppError('invalid-input', { fields: ['--mode'], known: [...AGENT_MODES] });
      const technicians = texts(options['technician']);
      const order: Input<'media.build'> = {
        base: resolve(base), out: onDisk ? out : resolve(out), scope: await parseScope({ api }, text(options['scope']) ?? (isManual ? 'all' : undefined)), technicians: isManual ? [] : technicians.length === 0 ? [operatorName] : technicians,
        language: mediaLanguage(options) ?? 'en', mode, keepCopies: options['keep-copies'] === true, overwrite: options['overwrite'] === true, format, ...(expires === undefined ? {} : { expiresAt: new Date(expires).toISOString() }),
      };
      if (onDisk) order.disk = await chooseDisk({ api, say, codes, print }, out, options, order.base);
      const incident = text(options['incident']);
      if (incident !== undefined) order.incidentId = await findIncident({ api }, incident);
      const override = text(options['override-waves']);
      if (override !== undefined) order.override = override;
      const withoutPasscode = await chooseOrder(api, options);
      if (withoutPasscode !== undefined) order.withoutPasscode = withoutPasscode;
      if (options['two-loaders'] === true) order.twoLoaders = true;
      const { scope, technicians: named, expiresAt, incidentId } = order;
      await api.call('media.previewScope', { scope, overrideWaves: override !== undefined, order: { technicians: named, mode, ...(expiresAt === undefined ? {} : { expiresAt }), ...(incidentId === undefined ? {} : { incidentId }), ...(withoutPasscode === undefined ? {} : { withoutPasscode }) } });
      const { loaders, findings, architecture } = await api.call('media.inspectBase', { path: order.base, manualOnly: isManual });
      for (const loader of loaders) print(say.loaders.line(loader));
      for (const found of findings) if (found.finding !== 'both-there' || order.twoLoaders !== true) print(say.loaders.found(found));
      const folder = text(options['drivers']);
      if (folder !== undefined) order.drivers = resolve(folder);
      const drivers = order.drivers === undefined ? null : await api.call('media.inspectDrivers', { path: order.drivers, architecture });
      for (const driver of drivers?.drivers ?? []) print(say.loaders.driver(driver));
      for (const driver of drivers?.leftOut ?? []) print(say.loaders.driverLeftOut(driver));
      let built: Extract<Output<'media.build'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('media.build', order, signal)) {
        if (event.kind === 'done') built = event;
        else progress(say.mediaStep(event.step, event.totalBytes === 0 ? 100 : Math.floor((100 * event.doneBytes) / event.totalBytes)));
      }
      if (built === null) throw new AppError('cancelled');
      const { medium, passcodes, leftOut, leftOutCount, manifestSha256 } = built;
      print(isManual ? say.manualMediaBuilt(medium.mediaId, built.out) : say.mediaBuilt(medium.mediaId, built.out, medium.hosts, medium.keyRecords));
      if (format === 'iso' || format === 'pxe') print(say.loaders.takesNothing[format]);
      for (const { technician, passcode } of passcodes) print(say.passcode(technician, passcode));
      if (medium.withoutPasscode) print(say.noPasscode);
      for (const { hostname, reason } of leftOut) print(say.leftOut(hostname, codes.notOnMedium[reason]));
      return { json: { mediaId: medium.mediaId, image: built.out, passcode: passcodes[0]?.passcode ?? null, passcodes, hosts: medium.hosts, keyRecords: medium.keyRecords, payload: medium.payload, mode: medium.mode, leftOutCount, leftOut, manifestSha256, loaders, findings, drivers: drivers?.drivers ?? [], driversLeftOut: drivers?.leftOut ?? [] } };
    },
  },
  {
    name: 'media inspect', usage: 'media inspect IMAGE', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, print }) {
      const facts = await api.call('media.inspect', { path: resolve(words[0] ?? '') });
      print(say.medium(facts.mediaId, facts.files, String(facts.entries ?? '-'), facts.results));
      for (const loader of facts.loaders) print(say.loaders.line(loader));
      for (const found of facts.findings) print(say.loaders.found(found));
      for (const path of facts.mismatches) print(say.mismatch(path));
      return { json: facts, exitCode: facts.mismatches.length > 0 ? EXIT.diskOrMedium : EXIT.done };
    },
  },
  {
    name: 'media list', usage: 'media list', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, codes, print }) {
      const { rows } = await api.call('media.list', { limit: 500 });
      for (const medium of rows) print(mediumLine(medium, say, codes));
      return { json: { media: rows } };
    },
  },
  {
    name: 'media show', usage: 'media show MEDIA-ID', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, codes, print }) {
      const { medium, leftOut, attempts } = await api.call('media.get', { mediaId: mediaIdOf(words) });
      print(mediumLine(medium, say, codes));
      for (const { hostname, reason } of leftOut) print(say.leftOut(hostname, codes.notOnMedium[reason]));
      return { json: { ...medium, leftOutHosts: leftOut, attempts } };
    },
  },
  {
    name: 'media label', usage: 'media label MEDIA-ID… --out FILE.html [--media-language en|de]', options: { out: { type: 'string' }, 'media-language': { type: 'string' } }, words: [1, 200], signsIn: true,
    async run({ api, words, options, print }) {
      const out = text(options['out']) ?? '';
      if (out === '') throw new AppError('invalid-input', { fields: ['--out'] });
      const mediaIds = words.map((word) => word.toUpperCase());
      const { html } = await api.call('media.label', { mediaIds, language: mediaLanguage(options) ?? 'en' });
      writeNewFile(resolve(out), html);
      print(out);
      return { json: { mediaIds, out: resolve(out) } };
    },
  },
  {
    name: 'media issue', usage: 'media issue MEDIA-ID --holder NAME [--note TEXT]', options: { holder: { type: 'string' }, ...NOTE }, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const holder = text(options['holder'])?.trim() ?? '';
      if (holder === '') throw new AppError('invalid-input', { fields: ['--holder'] });
      const { medium } = await api.call('media.issue', { mediaId: mediaIdOf(words), holder, ...noteOf(options) });
      print(mediumLine(medium, say, codes));
      return { json: medium };
    },
  },
  {
    name: 'media return', usage: 'media return MEDIA-ID [--note TEXT]', options: NOTE, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const { medium } = await api.call('media.return', { mediaId: mediaIdOf(words), ...noteOf(options) });
      print(mediumLine(medium, say, codes));
      return { json: medium };
    },
  },
  {
    name: 'media lost', usage: 'media lost MEDIA-ID --note TEXT', options: NOTE, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const note = text(options['note'])?.trim() ?? '';
      if (note === '') throw new AppError('invalid-input', { fields: ['--note'] });
      const { medium, rotations } = await api.call('media.lose', { mediaId: mediaIdOf(words), note });
      print(mediumLine(medium, say, codes));
      print(medium.mode === 'manual' ? say.manualMediumLost : say.mediumLost(rotations));
      return { json: { ...medium, rotations } };
    },
  },
];

/** Named, so that nobody believes it is heeded: there is neither agent nor key on such a medium. */
function refuseWithoutUse(options: CommandContext['options']): void {
  const without = ['mode', 'technician', 'keep-copies', 'no-passcode', 'order'].filter((name) => options[name] !== undefined);
  if (without.length > 0) throw new AppError('invalid-input', { fields: without.map((name) => `--${name}: not-on-manual-medium`) });
}

export const mediaIdOf = (words: readonly string[]): string => (words[0] ?? '').toUpperCase();
export const noteOf = (options: CommandContext['options']): { note?: string } => {
  const note = text(options['note'])?.trim() ?? '';
  return note === '' ? {} : { note };
};
export const mediumLine = (medium: Output<'media.list'>['rows'][number], say: CommandContext['say'], codes: CommandContext['codes']): string =>
  [medium.mediaId, codes.mediaState[medium.state], medium.mode === 'manual' ? say.manualMedium : '', say.total(medium.hosts), medium.technicians.join(', '), medium.holder === null ? '' : say.mediumHolder(medium.holder), medium.expiresAt === null ? '' : say.mediumExpires(medium.expiresAt, hasExpired(medium, Date.now()))].filter((part) => part !== '').join('  ');
