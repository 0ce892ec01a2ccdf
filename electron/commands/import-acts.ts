// import undo, import rejections, coverage, reconcile.
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command } from './command.ts';
import { CSV_OUT, CSV_USAGE, csvFile } from './csv-file.ts';
import { listRejections } from './import-output.ts';
import { importPreviewCommand } from './import-preview.ts';

type FileReport = Output<'imports.get'>['files'][number];

const ALL = 200_000;
const SHOWN = 20;

export const importActCommands: readonly Command[] = [
  importPreviewCommand,
  {
    name: 'import undo', usage: 'import undo IMPORT-ID', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, codes, print, progress, signal }) {
      const importId = wholeNumber(words[0], 'IMPORT-ID');
      let done: Extract<Output<'imports.undo'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('imports.undo', { importId }, signal)) {
        if (event.kind === 'progress') progress(say.undoProgress(event.keyRecords, event.ofKeyRecords, event.hosts, event.ofHosts));
        else done = event;
      }
      if (done === null) throw new AppError('cancelled');
      const { kind: _done, ...report } = done;
      print(report.cancelled ? say.undoCancelled(importId, report.keyRecordsRemoved, report.hostsRemoved) : say.undone(importId, report.keyRecordsRemoved, report.hostsRemoved, report.hostsPutBack, report.conflictsSettled));
      if (report.listedKeysRemoved > 0) print(say.undoneListed(report.listedKeysRemoved));
      if (report.lapsPasswordsRemoved > 0) print(say.undoneLaps(report.lapsPasswordsRemoved));
      for (const { keyProtectorId, hostname, because } of report.stayed.slice(0, SHOWN)) print(say.stayed([keyProtectorId, hostname].filter((name) => name !== null).join('  ') || '-', codes.stayedBecause[because] ?? because));
      const stayed = report.keyRecordsStayed + report.hostsStayed;
      if (stayed > SHOWN) print(say.more(stayed - SHOWN));
      return { json: report, ...(report.cancelled ? { exitCode: EXIT.cancelled } : {}) };
    },
  },
  {
    name: 'import rejections', usage: 'import rejections IMPORT-ID --out FILE.csv [--overwrite]', options: CSV_OUT, words: [1, 1], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const importId = wholeNumber(words[0], 'IMPORT-ID');
      const file = csvFile(options);
      if (file === null) throw new AppError('invalid-input', { fields: ['--out'] });
      const rows = await listRejections(api, importId);
      file.write(say.rejectionHeader, rows.map(({ path, row, reason, groups }) => [path, row, codes.rejectReason[reason] ?? reason, (groups ?? []).join(' ')]));
      print(say.rejectionsWritten(rows.length, file.path));
      return { json: { importId, rejections: rows.length, out: file.path } };
    },
  },
  {
    name: 'coverage', usage: `coverage [--newer-than-days N] ${CSV_USAGE}`, options: { 'newer-than-days': { type: 'string' }, ...CSV_OUT }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const days = text(options['newer-than-days']);
      const file = csvFile(options);
      const coverage = await api.call('keys.coverage', { limit: ALL, ...(days === undefined ? {} : { newerThanDays: wholeNumber(days, '--newer-than-days') }) });
      print(say.coverage(coverage.withKey, coverage.hosts, coverage.withoutKey));
      if (coverage.age !== null) print(say.coverageAge(coverage.age.days, coverage.age.newer, coverage.age.older, coverage.age.undated));
      print(say.coverageTested(coverage.withTestedKey));
      print(say.coverageKeys(coverage.keyRecords, coverage.keyRecordsWithoutHost));
      if (coverage.listedKeys > 0) print(say.coverageListed(coverage.listedKeys, coverage.withListedKeyOnly));
      if (coverage.withKeyOfOtherHost > 0) print(say.coverageOfOtherHost(coverage.withKeyOfOtherHost));
      for (const { hostname, state } of coverage.hostsWithoutKey.slice(0, SHOWN)) print(say.withoutKey(hostname, codes.hostState[state]));
      if (coverage.withoutKey > SHOWN) print(say.more(coverage.withoutKey - SHOWN));
      if (file !== null) {
        file.write(say.coverageHeader, [
          ...coverage.hostsWithoutKey.map((host) => [say.coverageNoKey, host.hostname, codes.hostState[host.state], host.site, host.organizationalUnit, host.operatingSystem, host.lastSeenAt, null, null]),
          ...coverage.keysWithoutHost.map((key) => [say.coverageNoHost, null, null, null, null, null, key.createdAt, key.keyProtectorId, `${key.source}:${key.sourceRow}`]),
        ]);
      }
      return { json: coverage };
    },
  },
  {
    name: 'reconcile', usage: `reconcile FILE… ${CSV_USAGE}`, options: CSV_OUT, words: [1, 20], signsIn: true,
    async run({ api, words, options, say, codes, explain, print, tell, progress, signal }) {
      const file = csvFile(options); // before anything is taken in
      let importId: number | null = null;
      let failed = false;
      const reports: FileReport[] = [];
      for await (const event of api.stream('imports.run', { paths: words.map((word) => resolve(word)) }, signal)) {
        if (event.kind === 'progress') progress(say.importProgress(event.file, event.sizeBytes === 0 ? 100 : Math.floor((100 * event.bytesRead) / event.sizeBytes), event.rows));
        else if (event.kind === 'done') importId = event.importId;
        else {
          const { report } = event;
          print(say.importFile(report.name, codes.intakeKind[report.kind] ?? report.kind, report.imported, report.unchanged, report.conflicts, report.rejectedCount));
          if (report.error !== null) tell(explain({ code: report.error.code, facts: { path: report.path, ...report.error.facts } }));
          failed ||= report.error !== null;
          reports.push(report);
        }
      }
      if (importId === null) throw new AppError('cancelled');
      for (const { name, list } of reports) if (list !== null && list.down === 0) print(say.listInventory(list.hosts, reports.length > 1 ? `${importId} --file ${JSON.stringify(name)}` : String(importId)));
      const lists = (await api.call('hosts.lists', {})).filter((list) => list.importId === importId);
      if (lists.length === 0) {
        print(say.noLists);
        return { json: { importId, lists: [] }, exitCode: failed ? EXIT.unreadableFile : EXIT.nothingFound };
      }
      const result = await api.call('hosts.reconcile', { importFileIds: lists.map(({ importFileId }) => importFileId).reverse(), limit: ALL });
      const groups: (readonly [title: string, group: Output<'hosts.reconcile'>['verified']])[] = [
        ...result.lists.map((list) => [say.lacks(list.name, result.lists.length === 1), list.lacks] as const),
        [say.foundInTheField, result.foundInTheField], [say.listedWithoutKey, result.withoutKey], [say.seenSince, result.seenSince], [say.saidDownSince, result.saidDownSince], [say.verifiedByList, result.verified],
      ];
      for (const [title, { count, rows }] of groups) {
        print(say.group(title, count));
        for (const { hostname, state } of rows.slice(0, SHOWN)) print(say.inGroup(hostname, codes.hostState[state]));
        if (count > SHOWN) print(say.more(count - SHOWN));
      }
      file?.write(say.reconcileHeader, groups.flatMap(([title, { rows }]) => rows.map((host) => [title, host.hostname, codes.hostState[host.state], host.site, host.keyRecords, host.lastSeenAt])));
      return { json: { importId, ...result }, ...(failed ? { exitCode: EXIT.unreadableFile } : {}) };
    },
  },
];

/** @returns A number from 1 on that was typed. AppError `invalid-input` naming the field. */
export function wholeNumber(word: string | undefined, field: string): number {
  const number = Number(word);
  if (word === undefined || !/^\d{1,9}$/.test(word) || number < 1) throw new AppError('invalid-input', { fields: [`${field}: whole-number`] });
  return number;
}
