// init, status, backup, restore, audit verify.
import { chmodSync, closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command } from './command.ts';
import { readTextFile } from './text-file.ts';

export const deskCommands: readonly Command[] = [
  {
    name: 'init', usage: 'init --operator NAME --passphrase-file FILE [--recovery-sheet FILE]', options: { 'recovery-sheet': { type: 'string' } }, words: [0, 0], signsIn: false,
    async run({ api, options, say, print, operatorName, passphrase }) {
      const sheetPath = text(options['recovery-sheet']);
      const known = await passphrase();
      if (sheetPath !== undefined) takeSheetPath(sheetPath);
      const { recoverySheet } = await api.call('desk.create', { operatorName, passphrase: known, recoverySheet: sheetPath !== undefined }).catch((error: unknown) => {
        if (sheetPath !== undefined) rmSync(sheetPath, { force: true });
        throw error;
      });
      const { folder } = await api.call('desk.state', {});
      print(say.deskCreated(folder, operatorName));
      if (sheetPath === undefined || recoverySheet === null) {
        process.stderr.write(`${say.noSheet}\n`);
        return { json: { desk: folder, operator: operatorName, recoverySheet: null } };
      }
      writeFileSync(sheetPath, say.sheet(recoverySheet.code, recoverySheet.deskId, recoverySheet.createdAt), { flag: 'r+', flush: true });
      print(say.sheetWritten(sheetPath));
      return { json: { desk: folder, operator: operatorName, recoverySheet: sheetPath } };
    },
  },
  {
    name: 'status', usage: 'status', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, codes, print }) {
      const status = await api.call('status.get', {});
      print(say.statusLine(status.stillDown, status.hosts, status.keyRecords, status.rotationDue, status.mediaOut));
      for (const { state, count } of status.states) print(say.state(codes.hostState[state], count));
      for (const { reason, count } of status.blockedReasons) if (count > 0) print(say.state(`  ${codes.blockedReason[reason]}`, count));
      const eta = await api.call('status.eta', {});
      if (eta.status === 'estimated') print(say.eta(eta.earliest, eta.likely, eta.latest, eta.decidedBy === 'work'));
      else if (eta.status === 'too-early') print(say.etaTooEarly(eta.reason));
      return { json: { ...status, eta } };
    },
  },
  {
    name: 'backup', usage: 'backup FILE', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, print }) {
      const backup = await api.call('desk.backup', { path: words[0] ?? '' });
      print(say.backedUp(backup.path, backup.sizeBytes, backup.auditHead));
      return { json: backup };
    },
  },
  {
    name: 'restore', usage: 'restore FILE --operator NAME --passphrase-file FILE [--recovery-sheet FILE]', options: { 'recovery-sheet': { type: 'string' } }, words: [1, 1], signsIn: false,
    async run({ api, words, options, say, print, operatorName, passphrase }) {
      const sheetPath = text(options['recovery-sheet']);
      const restored = await api.call('desk.restore', {
        path: words[0] ?? '', operatorName, passphrase: await passphrase(), ...(sheetPath === undefined ? {} : { recoverySheet: readTextFile(sheetPath) }),
      });
      const { folder } = await api.call('desk.state', {});
      print(say.restored(folder, restored.auditHead));
      return { json: { desk: folder, operator: restored.operator.name, auditHead: restored.auditHead } };
    },
  },
  {
    name: 'audit verify', usage: 'audit verify [--head N:HASH]', options: { head: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, print }) {
      const head = text(options['head']);
      const proof = await api.call('audit.verify', head === undefined ? {} : { head });
      if (proof.firstBroken !== null) print(say.auditBroken(proof.firstBroken));
      else print(say.auditIntact(proof.entries, proof.head));
      if (proof.headFound === false) print(say.auditHeadMissing);
      return { json: proof, exitCode: proof.intact && proof.headFound !== false ? EXIT.done : EXIT.auditBroken };
    },
  },
];

/** Makes the file of the recovery sheet, empty and for its owner only: its code is told once, so a place for it is had before there is a desk. */
function takeSheetPath(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    chmodSync(path, 0o600);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new AppError(exists ? 'file-exists' : 'file-unreadable', { path }, { cause });
  }
}
