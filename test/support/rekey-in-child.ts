// Changes the keys of a desk in a process of its own, to be killed. Words: FOLDER. Says `begun` when the vault is open.
import { rekeyVault } from '../../electron/core/operators/rekey.ts';
import { openVault, type SignInPorts } from '../../electron/core/operators/sign-in.ts';
import { openDeskFolder } from '../../electron/store/desk-folder.ts';

const ports: SignInPorts = { folder: openDeskFolder(process.argv[2] ?? ''), clock: Date.now, random: (count) => crypto.getRandomValues(new Uint8Array(count)), passphraseCost: 1024, sleep: async () => undefined };
const vault = await openVault(ports, 'first', 'constructed passphrase');
process.stdout.write('begun\n');
for await (const event of rekeyVault({ ...vault, ...ports, changed: () => undefined }, ports, { recoverySheet: true, signal: new AbortController().signal })) if (event.kind === 'done') event.opened.db.close();
