// Runs inside the guest: the built worker, which is the whole desk, answers over the second serial line; and programs of the guest, started as asked.
// Plain JavaScript: it is started by the guest's first process, and without KVM every file that must be stripped of types costs a second.
import { spawn } from 'node:child_process';
import { createReadStream, openSync, writeSync } from 'node:fs';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

const LINE = '/dev/ttyS1';
const out = openSync(LINE, 'w');
const tell = (word) => {
  const bytes = Buffer.from(`${JSON.stringify(word)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(out, bytes, done);
};

const worker = new Worker('/bluelift/dist/electron/worker.js');
worker.on('message', tell);
worker.on('error', (error) => { throw error; });
worker.postMessage({ says: 'start', options: { folder: '/desk/desk', runtime: 'browser', demo: false, version: 'guest' } });

/** `ran` beside what the worker says: how a program of the guest ended. */
function run(ran, [program, ...words]) {
  let text = '';
  const child = spawn(program === 'node' ? execPath : program, words, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/bluelift' });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => { text += more; });
  child.on('error', (error) => tell({ ran, code: null, text: error.message }));
  child.on('close', (code) => tell({ ran, code, text }));
}

for await (const line of createInterface({ input: createReadStream(LINE) })) {
  const word = JSON.parse(line);
  if ('run' in word) run(word.run, word.words);
  else worker.postMessage(word);
}
