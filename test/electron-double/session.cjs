// electron.session and electron.protocol
const { EventEmitter } = require('node:events');
const { state, strict } = require('./state.cjs');

let beforeRequest;
const webRequest = {
  onBeforeRequest(filterOrListener, listener) { beforeRequest = listener ?? filterOrListener; },
  async _isCancelled(details) {
    if (typeof beforeRequest !== 'function') return false;
    const { cancel } = await new Promise((resolve) => { beforeRequest(details, resolve); });
    return cancel === true;
  },
};

const protocol = {
  _handlers: new Map(),
  registerSchemesAsPrivileged(schemes) {
    if (state.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) state.schemes.set(scheme, privileges ?? {});
  },
  handle(scheme, handler) { protocol._handlers.set(scheme, handler); },
};

let requestHandler;
let checkHandler;
const defaultSession = Object.assign(new EventEmitter(), {
  webRequest: strict('session.webRequest', webRequest),
  protocol: strict('session.protocol', protocol),
  setPermissionRequestHandler(handler) { requestHandler = handler; },
  setPermissionCheckHandler(handler) { checkHandler = handler; },
  setDevicePermissionHandler() {},
  /** Electron's name and Chromium's. */
  _permissions: [
    ['geolocation', 'geolocation'], ['notifications', 'notifications'], ['media', 'camera'], ['media', 'microphone'], ['midi', 'midi'],
    ['clipboard-read', 'clipboard-read'], ['clipboard-sanitized-write', 'clipboard-write'],
  ],
  _isGranted(page, permission, origin) {
    let granted = true;
    if (requestHandler) requestHandler(page, permission, (answer) => { granted = answer; }, {});
    return granted && (checkHandler === undefined || checkHandler(page, permission, origin, {}));
  },
});

module.exports = { defaultSession, protocol, session: strict('session', { defaultSession: strict('session.defaultSession', defaultSession) }) };
