// import and what belongs to it, find, disclose.
import { resolve } from 'node:path';
import { AppError } from '../core/app-error.ts';
import { DISCLOSURE_REASONS, type DisclosureReason } from '../core/codes.ts';
import { parseKeyProtectorId } from '../core/keys/key-protector-id.ts';
import { EXIT, text, type Command } from './command.ts';
import { importActCommands } from './import-acts.ts';
import { mappingsFor } from './import-preview.ts';
import { printImport } from './import-output.ts';
import { listsOf, listSaysCommands, sayOfLists } from './list-says.ts';
import { discloseLaps } from './laps.ts';
import { sourceCommands } from './sources.ts';

const isReason = (word: string): word is DisclosureReason => (DISCLOSURE_REASONS as readonly string[]).includes(word);

export const keyCommands: readonly Command[] = [
  ...listSaysCommands,
  ...importActCommands, // before `import`, whose name is the beginning of theirs
  ...sourceCommands,
  {
    name: 'import', usage: 'import FILE… [--map COLUMN=FIELD,…] [--down | --inventory]', options: { map: { type: 'string' }, inventory: { type: 'boolean' }, down: { type: 'boolean' } }, words: [1, 1000], signsIn: true,
    async run({ api, words, options, signal, ...context }) {
      const paths = words.map((word) => resolve(word));
      const map = text(options['map']);
      const said = options['down'] === true ? 'down' : options['inventory'] === true ? 'inventory' : null;
      if (options['down'] === true && options['inventory'] === true) throw new AppError('invalid-input', { fields: ['--down', '--inventory'] });
      const mappings = map === undefined ? [] : mappingsFor(await api.call('imports.preview', { paths }), map, options['inventory'] === true);
      const { json, exitCode } = await printImport(api.stream('imports.run', { paths, mappings }, signal), { ...context, api }, EXIT.unreadableFile, said !== null);
      const { importId } = json as { importId: number | null }; // of printImport
      const contrary = said === null || importId === null ? [] : (await listsOf(api, importId)).filter(({ list }) => list !== null && (said === 'down' ? list.down < list.hosts : list.down > 0));
      const lists = said === null ? [] : await sayOfLists({ ...context, api }, contrary, said);
      return { json: said === null ? json : { ...(json as object), lists }, ...(exitCode === undefined ? {} : { exitCode }) };
    },
  },
  {
    name: 'find', usage: 'find QUERY [--limit N]', options: { limit: { type: 'string' } }, words: [1, 10], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const query = words.join(' ');
      const limit = Number(text(options['limit']) ?? 50);
      const found = await api.call('keys.lookUp', { query, limit, nearest: true, settled: true });
      if (found.guessed) print(say.guessed(query));
      for (const key of found.keyRecords) {
        print(say.keyLine(key.keyProtectorId ?? '-', key.hostname ?? '-', key.hostState === null ? '-' : codes.hostState[key.hostState], key.createdAt ?? '-', key.source, key.conflict));
        for (const { source, sourceRow } of key.sources.slice(1)) print(say.alsoFrom(source, sourceRow));
      }
      for (const host of found.hosts) print(say.hostLine(host.hostname, codes.hostState[host.state], host.blockedReason === null ? '' : codes.blockedReason[host.blockedReason], host.keyRecords));
      for (const { keyProtectorId, hostname, entraDeviceId, keptIn, source, sourceRow } of found.listedKeys) print(say.listedKey(keyProtectorId, hostname ?? entraDeviceId ?? '-', source, sourceRow, keptIn));
      const nothing = found.guessed || found.keyRecords.length + found.hosts.length + found.listedKeys.length === 0;
      if (nothing && !found.guessed) print(say.nothingFound(query));
      return { json: found, exitCode: nothing ? EXIT.nothingFound : EXIT.done };
    },
  },
  {
    name: 'disclose', usage: `disclose KEY-PROTECTOR-ID | --laps HOST [--account A] --reason ${DISCLOSURE_REASONS.join('|')} [--ticket T] [--record N]`,
    options: { reason: { type: 'string' }, ticket: { type: 'string' }, record: { type: 'string' }, laps: { type: 'string' }, account: { type: 'string' } }, words: [0, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, print, tell } = context;
      const reason = text(options['reason']) ?? '';
      const ticket = text(options['ticket']);
      const laps = text(options['laps']);
      if (laps !== undefined && words.length > 0) throw new AppError('invalid-input', { fields: ['--laps'] });
      const id = laps === undefined ? parseKeyProtectorId(words[0] ?? '') : null;
      if (id === null && laps === undefined) throw new AppError('invalid-input', { fields: ['KEY-PROTECTOR-ID'] });
      if (!isReason(reason)) throw new AppError('invalid-input', { fields: ['--reason'], known: DISCLOSURE_REASONS });
      if (id === null) return discloseLaps(context, laps ?? '', { account: text(options['account']), reason, ticket });
      const candidates = (await api.call('keys.lookUp', { query: id })).keyRecords.filter(({ keyProtectorId }) => keyProtectorId === id);
      const wanted = text(options['record']);
      const chosen = wanted === undefined ? candidates : candidates.filter(({ keyRecordId }) => String(keyRecordId) === wanted);
      const [record] = chosen;
      if (record === undefined) throw new AppError('not-found', { keyProtectorId: id });
      if (chosen.length > 1) {
        tell(say.severalRecords(chosen.length));
        for (const { keyRecordId, source, sourceRow } of chosen) tell(say.recordChoice(keyRecordId, source, sourceRow));
        return { json: { error: { code: 'several-records', records: chosen.map(({ keyRecordId, source, sourceRow }) => ({ record: keyRecordId, source, sourceRow })) } }, exitCode: EXIT.usage };
      }
      const disclosure = await api.call('disclosures.disclose', { keyRecordId: record.keyRecordId, reason, ...(ticket === undefined ? {} : { ticket }) });
      print(disclosure.recoveryPassword);
      tell(say.disclosed(disclosure.disclosureId, record.hostname ?? '-'));
      return { json: { keyProtectorId: id, hostname: record.hostname, recoveryPassword: disclosure.recoveryPassword, disclosureId: disclosure.disclosureId, at: disclosure.at } };
    },
  },
];
