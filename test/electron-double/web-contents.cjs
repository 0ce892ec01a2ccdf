// WebContents: one page in Chromium, its requests, its navigation, its messages.
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const { state, cancellable } = require('./state.cjs');
const { ipcMain, handlerOf } = require('./ipc-main.cjs');
const { defaultSession, protocol } = require('./session.cjs');
const { makeWire, pack, unpack } = require('./wire.cjs');
const { mainWorld, preloadWorld } = require('./page.cjs');

const WORLD = 'electron-double-preload';
const BINDING = '__electronDouble';
let lastId = 0;

/** app://desk/x is http://desk.app.localhost/x for Chromium, which knows no schemes of ours. */
function toReal(url) {
  const [, scheme, host, rest] = /^([a-z][\w+.-]*):\/\/([^/]*)(.*)$/i.exec(url) ?? [];
  return state.schemes.has(scheme) ? `http://${host || 'x'}.${scheme}.localhost${rest || '/'}` : url;
}

function toApp(url) {
  const [, host, scheme, , rest] = /^http:\/\/([^/]+)\.([\w+-]+)\.localhost(:\d+)?(\/.*)?$/.exec(url) ?? [];
  return state.schemes.has(scheme) ? `${scheme}://${host}${rest ?? '/'}` : url;
}

class WebContents extends EventEmitter {
  constructor(window, preferences) {
    super();
    this.id = ++lastId;
    this.session = defaultSession;
    this._window = window;
    this._preload = preferences.preload === undefined ? '' : fs.readFileSync(preferences.preload, 'utf8');
    this._url = '';
    this._destroyed = false;
    this._context = new Promise((resolve) => { this._contextMade = resolve; });
    const contents = this;
    this.mainFrame = { get url() { return contents.getURL(); }, routingId: 1, processId: 1, parent: null };
    this._opened = this._open();
    this._opened.catch((error) => console.error(error));
  }

  async _open() {
    await state.browserStarted.promise;
    const { targetId } = await state.cdp.send('Target.createTarget', { url: 'about:blank' });
    this._targetId = targetId;
    const { sessionId } = await state.cdp.send('Target.attachToTarget', { targetId, flatten: true });
    this._send = state.cdp.session(sessionId, (method, params) => this._onEvent(method, params));
    const facts = { platform: process.platform, arch: process.arch, versions: { ...process.versions } };
    const preload = `(${preloadWorld})(${makeWire}, ${JSON.stringify(BINDING)}, ${JSON.stringify(facts)}, ${JSON.stringify(this._preload)})`;
    const { width, height } = this._window.getBounds();
    await Promise.all([
      this._send('Page.enable'),
      this._send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
      this._send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
      this._send('Page.addScriptToEvaluateOnNewDocument', { source: `(${mainWorld})()` }),
      this._send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: WORLD }),
      this._send('Runtime.enable'),
      this._send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ]);
  }

  _onEvent(method, params) {
    switch (method) {
      case 'Runtime.executionContextCreated': {
        if (params.context.name !== WORLD || params.context.auxData?.frameId !== this._targetId) return;
        this._contextId = params.context.id;
        return this._contextMade();
      }
      case 'Runtime.bindingCalled': return params.name === BINDING && params.executionContextId === this._contextId ? void this._onMessage(JSON.parse(params.payload)) : undefined;
      case 'Page.frameNavigated': {
        if (params.frame.parentId) return;
        this._url = params.frame.url;
        return void this.emit('did-navigate', cancellable(), this.getURL(), 200, '');
      }
      case 'Page.domContentEventFired': return void this.emit('dom-ready', cancellable());
      case 'Page.loadEventFired': {
        this.emit('did-finish-load', cancellable());
        return void this._window.emit('ready-to-show', cancellable());
      }
      case 'Fetch.requestPaused': return void this._answer(params).catch(() => this._fail(params.requestId, 'Failed')).catch(() => {});
      default: return undefined;
    }
  }

  _fail(requestId, errorReason) { return this._send('Fetch.failRequest', { requestId, errorReason }); }

  /** A request of the page, as the session and the protocol handler of the app would see it. */
  async _answer({ requestId, request, resourceType, frameId, redirectedRequestId }) {
    const url = toApp(request.url);
    if (resourceType === 'Document' && frameId === this._targetId && !redirectedRequestId && !this._mayNavigate(request.url, url)) return this._fail(requestId, 'Aborted');
    if (await defaultSession.webRequest._isCancelled({ url, method: request.method, resourceType, webContentsId: this.id })) return this._fail(requestId, 'BlockedByClient');
    const scheme = url.slice(0, url.indexOf(':'));
    if (!state.schemes.has(scheme)) return this._send('Fetch.continueRequest', { requestId });
    const handler = protocol._handlers.get(scheme);
    if (!handler) return this._fail(requestId, 'AddressUnreachable');
    const asked = Object.defineProperty(new Request(request.url, { method: request.method, headers: request.headers, body: request.postData }), 'url', { value: url });
    const response = await handler(asked);
    return this._send('Fetch.fulfillRequest', {
      requestId, responseCode: response.status, responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  /** What main itself asked for passes; whatever the page starts is offered to `will-navigate`. */
  _mayNavigate(real, url) {
    if (this._askedFor === real) {
      this._askedFor = undefined;
      return true;
    }
    const event = cancellable({ url });
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  async _onMessage(message) {
    if (message.kind === 'open-window') return this._onWindowOpen(message);
    const event = { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: 1, ports: [] };
    const values = unpack(message.body);
    if (message.kind === 'send') return ipcMain.emit(message.channel, event, ...values);
    try {
      return this._deliver({ kind: 'reply', id: message.id, body: pack(await handlerOf(message.channel)(event, ...values)) });
    } catch (error) {
      return this._deliver({ kind: 'reply', id: message.id, error: `Error invoking remote method '${message.channel}': ${error?.name}: ${error?.message}` });
    }
  }

  /** As in Electron: without a handler a window opens. */
  _onWindowOpen({ url, name, features }) {
    const { action } = this._windowOpenHandler?.({ url: toApp(url), frameName: name, features, disposition: 'foreground-tab' }) ?? { action: 'allow' };
    if (action !== 'allow') return;
    const { BrowserWindow } = require('./browser-window.cjs');
    new BrowserWindow().loadURL(toApp(url)).catch(() => {});
  }

  async _deliver(message) {
    await this._context;
    await this._send('Runtime.evaluate', { contextId: this._contextId, expression: `${BINDING}Deliver(${JSON.stringify(message)})` }).catch(() => {}); // the page is gone
  }

  _destroy() {
    this._destroyed = true;
    state.cdp?.send('Target.closeTarget', { targetId: this._targetId }).catch(() => {});
    this.emit('destroyed');
  }

  send(channel, ...values) {
    if (this._destroyed) throw new TypeError('Object has been destroyed');
    void this._deliver({ kind: 'emit', channel, body: pack(values) });
  }

  async loadURL(url) {
    await this._opened;
    await this._givePermissions(url);
    const loaded = new Promise((resolve) => { this.once('did-finish-load', resolve); });
    this._askedFor = toReal(url).split('#')[0];
    const { errorText } = await this._send('Page.navigate', { url: toReal(url) });
    if (errorText) {
      this.emit('did-fail-load', cancellable(), -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    await loaded;
  }

  /** Chromium asks nobody in here: what the app's handler would say is set beforehand. Electron grants where there is no handler. */
  async _givePermissions(url) {
    const origin = new URL(toReal(url)).origin;
    const page = Object.create(this, { getURL: { value: () => url } }); // as it will be when the page asks
    for (const [permission, name] of defaultSession._permissions) {
      const setting = defaultSession._isGranted(page, permission, origin) ? 'granted' : 'denied';
      await state.cdp.send('Browser.setPermission', { origin, setting, permission: { name } });
    }
  }

  getURL() { return toApp(this._url); }
  isDestroyed() { return this._destroyed; }
  reload() {
    this._askedFor = this._url.split('#')[0];
    void this._send('Page.reload');
  }
  setWindowOpenHandler(handler) { this._windowOpenHandler = handler; }
}

module.exports = { WebContents };
