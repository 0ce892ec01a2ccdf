// What the parts of the double share: the connection to Chromium, the windows, the app's folder and manifest.
const later = () => {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
};

const state = {
  cdp: undefined,
  chromium: undefined,
  appFolder: process.cwd(),
  manifest: {},
  isReady: false,
  quitting: false,
  /** By the number of their web contents. */
  windows: new Map(),
  /** Running utility processes: pid and name. */
  utilities: new Set(),
  /** Switches of Chromium, as far as the app or Playwright added them. */
  switches: new Map(),
  /** Declared with protocol.registerSchemesAsPrivileged. */
  schemes: new Map(),
  browserStarted: later(),
  ready: later(),
};

/** An event as Electron hands it to a listener. */
function cancellable(fields = {}) {
  const event = { ...fields, defaultPrevented: false, preventDefault: () => { event.defaultPrevented = true; } };
  return event;
}

function notSupported(what) {
  throw new Error(`electron double: ${what} is not supported`);
}

/** Makes every member that is not there throw, so that an app never runs past a gap of the double. */
function strict(name, object) {
  const get = (target, key) => (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON' ? target[key] : notSupported(`${name}.${String(key)}`));
  return new Proxy(object, { get });
}

function describeApp(folder, manifest) {
  state.appFolder = folder;
  state.manifest = manifest;
}

module.exports = { state, cancellable, notSupported, strict, describeApp };
