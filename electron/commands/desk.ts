// init, status, backup, restore, audit verify.
import { EXIT, text, type Command } from './command.ts';
import { readTextFile, reserveFile } from './text-file.ts';

export const deskCommands: readonly Command[] = [
  {
    name: 'init', usage: 'init --operator NAME --passphrase-file FILE [--recovery-sheet FILE]', options: { 'recovery-sheet': { type: 'string' } }, words: [0, 0], signsIn: false,
    async run({ api, options, say, print, tell, operatorName, passphrase }) {
      const sheetPath = text(options['recovery-sheet']);
      const known = await passphrase();
      const sheetFile = sheetPath === undefined ? null : reserveFile(sheetPath, SHEET_BYTES);
      const { recoverySheet } = await api.call('desk.create', { operatorName, passphrase: known, recoverySheet: sheetPath !== undefined }).catch((error: unknown) => {
        sheetFile?.drop();
        throw error;
      });
      const { folder } = await api.call('desk.state', {});
      print(say.deskCreated(folder, operatorName));
      if (sheetPath === undefined || sheetFile === null || recoverySheet === null) {
        tell(say.noSheet);
        return { json: { desk: folder, operator: operatorName, recoverySheet: null } };
      }
      sheetFile.fill(say.sheet(recoverySheet.code, recoverySheet.deskId, recoverySheet.createdAt));
      print(say.sheetWritten(sheetPath));
      return { json: { desk: folder, operator: operatorName, recoverySheet: sheetPath } };
    },
  },
  {
    name: 'status', usage: 'status', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, codes, print }) {
      const status = await api.call('status.get', {});
      print(say.statusLine(status.stillDown, status.hosts, status.keyRecords, status.rotationDue, status.mediaOut, status.mediaNotIssued));
      for (const { state, count } of status.states) print(say.state(codes.hostState[state], count));
      for (const { reason, count } of status.blockedReasons) if (count > 0) print(say.state(`  ${codes.blockedReason[reason]}`, count));
      const eta = await api.call('status.eta', {});
      if (eta.status === 'estimated' || eta.status === 'blocked') {
        print(eta.status === 'blocked' ? say.etaBlocked(eta.hosts) : say.eta(eta.earliest, eta.likely, eta.latest, eta.decidedBy === 'work'));
        print(eta.free === null ? say.etaAllBlocked : say.etaFree(eta.free.earliest, eta.free.latest));
      }
      if (eta.status === 'too-early') print(say.etaTooEarly(eta.reason));
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

/** Of a recovery sheet: its code is told once, so there is room for it before there is a desk. */
export const SHEET_BYTES = 16 * 1024;
