// Loaded before everything: makes this Node look like Electron's main process, and `electron` the double.
const { registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

process.argv = JSON.parse(process.env.ELECTRON_DOUBLE_ARGV);
delete process.env.ELECTRON_DOUBLE_ARGV;
Object.defineProperty(process.versions, 'electron', { value: '45.4.1-double' });
process.versions.chrome ??= 'double';
process.type = 'browser';

const url = pathToFileURL(path.join(__dirname, 'electron-module.cjs')).href;
const NAMES = new Set(['electron', 'electron/main', 'electron/common']);
registerHooks({
  resolve: (specifier, context, next) => (NAMES.has(specifier) ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context)),
});
