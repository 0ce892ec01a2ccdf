// media wipe and media renew: sticks that came back; hosts models: what drivers the next ones need.
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { text, texts, type Command, type CommandContext } from './command.ts';
import { CSV_OUT, CSV_USAGE, csvFile } from './csv-file.ts';
import { findIncident } from './incidents.ts';
import { chooseOrder, NO_PASSCODE_OPTIONS } from './media-orders.ts';
import { chooseDisk, DISK_OPTIONS, mediaIdOf, mediaLanguage, mediumLine, noteOf, parseScope } from './media.ts';

const share = (doneBytes: number, totalBytes: number): number => (totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes));
const LOSING = { 'even-unread': { type: 'boolean' } } as const;

/** The stick of a medium: as it is named, or the only one in the ports that is this medium. */
async function findStick(context: CommandContext, mediaId: string): ReturnType<typeof chooseDisk> {
  const named = text(context.options['disk']);
  if (named !== undefined) return chooseDisk(context, named, context.options);
  const found = (await context.api.call('disks.list', {})).filter((disk) => disk.usable && disk.medium?.mediaId === mediaId);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new AppError('invalid-input', { fields: [`--disk: ${only === undefined ? 'no-stick' : 'several-sticks'}`] });
  return chooseDisk(context, only.id, { serial: only.serial ?? 'none', 'size-bytes': String(only.sizeBytes) });
}

export const stickCommands: readonly Command[] = [
  {
    name: 'hosts models', usage: `hosts models ${CSV_USAGE}`, options: CSV_OUT, words: [0, 0], signsIn: true,
    async run({ api, options, say, print }) {
      const file = csvFile(options);
      const models = await api.call('hosts.driverlessModels', {});
      for (const { maker, model, hosts, blocked, controllers } of models) {
        print(say.driverlessModel([maker, model].filter((part) => part !== null).join(' '), hosts, blocked));
        for (const { hardwareId, name } of controllers) print(`  ${hardwareId}  ${name}`);
      }
      file?.write(say.driverlessHeader, models.flatMap(({ maker, model, hosts, blocked, attempts, lastAt, hostnames, controllers }) =>
        (controllers.length === 0 ? [null] : controllers).map((controller) => [maker, model, hosts, blocked, attempts, lastAt, controller?.hardwareId ?? null, controller?.name ?? null, hostnames.join(' ')])));
      return { json: { models } };
    },
  },
  {
    name: 'media wipe', usage: 'media wipe MEDIA-ID [--note TEXT] [--on-disk | --disk ID --serial S|none --size-bytes N] [--even-unread]',
    options: { note: { type: 'string' }, 'on-disk': { type: 'boolean' }, ...DISK_OPTIONS, ...LOSING }, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, codes, print, progress, signal } = context;
      const mediaId = mediaIdOf(words);
      // Without a disk somebody says that it was wiped by other means.
      if (options['on-disk'] !== true && text(options['disk']) === undefined) {
        const { medium } = await api.call('media.wipe', { mediaId, ...noteOf(options) });
        print(mediumLine(medium, say, codes));
        return { json: medium };
      }
      const disk = await findStick(context, mediaId);
      let wiped: Extract<Output<'media.wipeDisk'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('media.wipeDisk', { mediaId, disk, evenUnread: options['even-unread'] === true, ...noteOf(options) }, signal)) {
        if (event.kind === 'done') wiped = event;
        else progress(say.mediaStep(event.step, share(event.doneBytes, event.totalBytes)));
      }
      if (wiped === null) throw new AppError('cancelled');
      print(say.resultsTaken(wiped.results.imported, wiped.results.unchanged));
      print(say.mediumWiped(mediaId, disk.id, wiped.erasedBytes));
      return { json: { ...wiped.medium, results: wiped.results.imported, erasedBytes: wiped.erasedBytes } };
    },
  },
  {
    name: 'media renew', usage: 'media renew MEDIA-ID --scope all|hosts:FILE|wave:NAME|site:NAME [--disk ID --serial S|none --size-bytes N] [--technician NAME…] [--expires INSTANT] [--media-language en|de] [--incident NAME] [--override-waves REASON] [--no-passcode [--order ORDER-ID]] [--even-unread]',
    options: { scope: { type: 'string' }, technician: { type: 'string', multiple: true }, expires: { type: 'string' }, 'media-language': { type: 'string' }, incident: { type: 'string' }, 'override-waves': { type: 'string' }, ...NO_PASSCODE_OPTIONS, ...DISK_OPTIONS, ...LOSING }, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, codes, print, progress, signal, operatorName } = context;
      const mediaId = mediaIdOf(words);
      const expires = text(options['expires']);
      if (expires !== undefined && Number.isNaN(Date.parse(expires))) throw new AppError('invalid-input', { fields: ['--expires: no-instant'] });
      const [technicians, language, incident, override] = [texts(options['technician']), mediaLanguage(options), text(options['incident']), text(options['override-waves'])];
      const withoutPasscode = await chooseOrder(api, options);
      const order = {
        mediaId, scope: await parseScope(context, text(options['scope'])), disk: await findStick(context, mediaId), evenUnread: options['even-unread'] === true, technicians: technicians.length === 0 ? [operatorName] : technicians,
        ...(expires === undefined ? {} : { expiresAt: new Date(expires).toISOString() }), ...(language === undefined ? {} : { language }),
        ...(incident === undefined ? {} : { incidentId: await findIncident({ api }, incident) }), ...(override === undefined ? {} : { override }), ...(withoutPasscode === undefined ? {} : { withoutPasscode }),
      };
      let renewed: Extract<Output<'media.renew'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('media.renew', order, signal)) {
        if (event.kind === 'done') renewed = event;
        else progress(say.mediaStep(event.step, share(event.doneBytes, event.totalBytes)));
      }
      if (renewed === null) throw new AppError('cancelled');
      const { medium, results, passcodes, leftOut, leftOutCount, manifestSha256 } = renewed;
      print(say.resultsTaken(results.imported, results.unchanged));
      print(say.mediumRenewed(mediaId, medium.mediaId));
      print(say.mediaBuilt(medium.mediaId, renewed.out, medium.hosts, medium.keyRecords));
      for (const { technician, passcode } of passcodes) print(say.passcode(technician, passcode));
      if (medium.withoutPasscode) print(say.noPasscode);
      for (const { hostname, reason } of leftOut) print(say.leftOut(hostname, codes.notOnMedium[reason]));
      return { json: { mediaId: medium.mediaId, renewalOf: mediaId, passcode: passcodes[0]?.passcode ?? null, passcodes, hosts: medium.hosts, keyRecords: medium.keyRecords, payload: medium.payload, results: results.imported, leftOutCount, leftOut, manifestSha256 } };
    },
  },
];
