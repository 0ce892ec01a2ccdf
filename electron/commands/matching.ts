// keys conflicts, keys without-host, hosts without-key; questions about hosts, and what a supervisor decides: hosts questions, join, apart, one, decisions, undo.
import { AppError } from '../core/app-error.ts';
import { type Command } from './command.ts';
import { findHost, needed } from './host-acts.ts';
import { CSV_OUT, CSV_USAGE, csvFile } from './csv-file.ts';

const PAGE = 10_000;
const CONFLICTS_PAGE = 500;
const SHOWN = 200;
const QUESTIONS_PAGE = 500;
const REASON = { reason: { type: 'string' } } as const;

export const matchingCommands: readonly Command[] = [
  {
    name: 'keys conflicts', usage: `keys conflicts ${CSV_USAGE}`, options: CSV_OUT, words: [0, 0], signsIn: true,
    async run({ api, options, say, print }) {
      const file = csvFile(options);
      const { total, rows } = await all((offset) => api.call('keys.conflicts', { offset, limit: CONFLICTS_PAGE }));
      if (total === 0) print(say.noConflicts);
      for (const { keyProtectorId, records } of rows) {
        print(say.conflictLine(keyProtectorId, records.length));
        for (const record of records) {
          print(say.rivalLine(record.fingerprint, record.keyRecordId, record.hostname ?? '-', record.createdAt ?? '-', record.testedAt !== null, record.goesOnMedia));
          for (const { source, sourceRow } of record.sources) print(say.rivalSource(source, sourceRow));
        }
      }
      if (file !== null) {
        const lines = rows.flatMap(({ keyProtectorId, records }) => records.map((record) => [
          keyProtectorId, record.fingerprint, record.keyRecordId, record.hostname, record.createdAt, record.importedAt, record.testedAt, record.goesOnMedia ? say.yes : null, sourcesText(record.sources),
        ]));
        file.write(say.conflictHeader, lines);
        print(say.fileWritten(lines.length, file.path));
      }
      return { json: { total, conflicts: rows } };
    },
  },
  {
    name: 'keys without-host', usage: `keys without-host ${CSV_USAGE}`, options: CSV_OUT, words: [0, 0], signsIn: true,
    async run({ api, options, say, print }) {
      const file = csvFile(options);
      const { total, rows } = await all((offset) => api.call('keys.withoutHost', { offset, limit: PAGE }));
      print(say.keysOfNobody(total));
      for (const key of rows.slice(0, SHOWN)) print(say.keyOfNobody(key.keyProtectorId ?? '-', key.createdAt ?? '-', key.entraDeviceId ?? '', sourcesText(key.sources)));
      if (rows.length > SHOWN) print(say.more(rows.length - SHOWN));
      if (file !== null) {
        file.write(say.keyOfNobodyHeader, rows.map((key) => [key.keyProtectorId, key.createdAt, key.importedAt, key.entraDeviceId, key.volumeId, sourcesText(key.sources)]));
        print(say.fileWritten(rows.length, file.path));
      }
      return { json: { total, keyRecords: rows } };
    },
  },
  {
    name: 'hosts without-key', usage: `hosts without-key ${CSV_USAGE}`, options: CSV_OUT, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const file = csvFile(options);
      const { total, rows } = await all((offset) => api.call('hosts.withoutKey', { offset, limit: PAGE }));
      print(say.hostsWithoutKey(total));
      for (const { hostname, state } of rows.slice(0, SHOWN)) print(say.inGroup(hostname, codes.hostState[state]));
      if (rows.length > SHOWN) print(say.more(rows.length - SHOWN));
      if (file !== null) {
        file.write(say.hostsWithoutKeyHeader, rows.map((host) => [host.hostname, codes.hostState[host.state], host.site, host.organizationalUnit, host.operatingSystem, host.lastSeenAt]));
        print(say.fileWritten(rows.length, file.path));
      }
      return { json: { total, hosts: rows } };
    },
  },
  {
    name: 'hosts questions', usage: 'hosts questions', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, codes, print }) {
      const { total, rows } = await all((offset) => api.call('hosts.questions', { offset, limit: QUESTIONS_PAGE }));
      print(say.questions(total));
      for (const { guess, hosts } of rows) {
        print(say.question(hosts.map(({ hostname }) => hostname).join(', '), codes.hostGuess[guess]));
        for (const host of hosts) for (const { kind, value, source, sourceRow } of host.ids) print(say.questionId(host.hostname, codes.hostIdKind[kind], value, source === null ? '-' : `${source}:${sourceRow}`));
      }
      return { json: { total, questions: rows } };
    },
  },
  {
    name: 'hosts join', usage: 'hosts join HOST OTHER --reason TEXT', options: REASON, words: [2, 2], signsIn: true,
    async run(context) {
      const { api, words, options, say, codes, print } = context;
      const reason = needed(options, 'reason');
      const [hostId, otherHostId] = [await findHost(context, words[0] ?? ''), await findHost(context, words[1] ?? '')];
      const { match: _match, ...host } = await api.call('hosts.join', { hostId, otherHostId, reason });
      print(say.joined(host.hostname, words[1] ?? '', codes.hostState[host.state], host.decisionId));
      return { json: host };
    },
  },
  {
    name: 'hosts apart', usage: 'hosts apart HOST OTHER --reason TEXT', options: REASON, words: [2, 2], signsIn: true,
    async run(context) {
      const { api, words, options, say, print } = context;
      const reason = needed(options, 'reason');
      const decision = await api.call('hosts.keepApart', { hostId: await findHost(context, words[0] ?? ''), otherHostId: await findHost(context, words[1] ?? ''), reason });
      print(say.decided(decision.decisionId));
      return { json: decision };
    },
  },
  {
    name: 'hosts one', usage: 'hosts one HOST --reason TEXT', options: REASON, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, say, print } = context;
      const reason = needed(options, 'reason');
      const decision = await api.call('hosts.takeAsOne', { hostId: await findHost(context, words[0] ?? ''), reason });
      print(say.decided(decision.decisionId));
      return { json: decision };
    },
  },
  {
    name: 'hosts decisions', usage: 'hosts decisions', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, codes, print }) {
      const { total, rows } = await all((offset) => api.call('hosts.decisions', { offset, limit: QUESTIONS_PAGE }));
      for (const { decisionId, kind, hostname, otherHostname, at, operator, reason, undoneAt } of rows) print(say.decision(decisionId, codes.hostDecision[kind], [hostname, otherHostname].filter((name) => name !== null).join(', '), at, operator, reason, undoneAt));
      return { json: { total, decisions: rows } };
    },
  },
  {
    name: 'hosts undo', usage: 'hosts undo DECISION --reason TEXT', options: REASON, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, print }) {
      const decisionId = Number(words[0]);
      if (!/^\d{1,9}$/.test(words[0] ?? '')) throw new AppError('invalid-input', { fields: ['DECISION'] });
      const decision = await api.call('hosts.undoDecision', { decisionId, reason: needed(options, 'reason') });
      print(say.decisionUndone(decision.decisionId));
      return { json: decision };
    },
  },
];

/** Every row of a list that is answered in pages. */
export async function all<Row>(ask: (offset: number) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>): Promise<{ total: number; rows: Row[] }> {
  const rows: Row[] = [];
  for (;;) {
    const page = await ask(rows.length);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return { total: page.total, rows };
  }
}

/** Several sources in one cell. */
const sourcesText = (sources: readonly { readonly source: string; readonly sourceRow: number }[]): string => sources.map(({ source, sourceRow }) => `${source}:${sourceRow}`).join('; ');
