// Loads the app as Electron does: the main file first, then the browser, then `ready`.
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { start } = require('./chromium.cjs');

const given = path.resolve(process.argv.slice(1).find((word) => !word.startsWith('-')) ?? '.');
const isFolder = fs.statSync(given).isDirectory();
const pkg = isFolder ? JSON.parse(fs.readFileSync(path.join(given, 'package.json'), 'utf8')) : {};
const main = isFolder ? path.join(given, pkg.main ?? 'index.js') : given;

async function boot() {
  require('./state.cjs').describeApp(isFolder ? given : path.dirname(given), pkg);
  await import(pathToFileURL(main).href);
  await start();
}

boot().catch((error) => {
  console.error(error);
  process.exit(1);
});
