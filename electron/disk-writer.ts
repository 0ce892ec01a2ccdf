// Entry of the process that writes a disk, started with the rights for it and nothing else: `disk-writer.ts REQUEST`.
import { runWriter } from './desk/disks/run-writer.ts';

const [request] = process.argv.slice(2);
process.exitCode = request !== undefined && (await runWriter(request).catch(() => false)) ? 0 : 1;
