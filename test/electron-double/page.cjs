// The page's side: `mainWorld` runs in the page's own world, `preloadWorld` in an isolated one, as with contextIsolation.
// Both are sent as text, so each stands alone. They talk by events of the document; a value crosses as a shape that is rebuilt on the other side.

exports.mainWorld = function () {
  if (window.top !== window) return;
  let lastId = 0;
  let returned;
  const pending = new Map();
  const callbacks = new Map();
  const fire = (type, detail) => document.dispatchEvent(new CustomEvent(`electron-double:${type}`, { detail }));
  const listen = (type, listener) => document.addEventListener(`electron-double:${type}`, ({ detail }) => listener(detail));
  const isPlain = (value) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

  function keepCallback(callback) {
    callbacks.set(++lastId, callback);
    return { $callback: lastId };
  }

  function outgoing(value) {
    if (typeof value === 'function') return keepCallback(value);
    if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, outgoing(item)]));
    try {
      return structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  function call(fn, values) {
    const reply = ++lastId;
    returned = undefined;
    fire('call', { fn, values: values.map(outgoing), reply });
    const { promise, error, shape } = returned ?? {};
    if (promise) return new Promise((resolve, reject) => pending.set(reply, { resolve, reject }));
    if (error !== undefined) throw new Error(error);
    return shape && build(shape);
  }

  function build(shape) {
    switch (shape.kind) {
      case 'function': return (...values) => call(shape.id, values);
      case 'object': return Object.freeze(Object.fromEntries(Object.entries(shape.fields).map(([key, field]) => [key, build(field)])));
      case 'array': return shape.items.map(build);
      default: return shape.value;
    }
  }

  listen('returned', (detail) => { returned = detail; });
  listen('settled', ({ reply, error, shape }) => {
    const { resolve, reject } = pending.get(reply);
    pending.delete(reply);
    if (error === undefined) resolve(build(shape));
    else reject(new Error(error));
  });
  listen('callback', ({ id, shapes }) => callbacks.get(id)?.(...shapes.map(build)));
  listen('expose', ({ name, shape }) => Object.defineProperty(window, name, { value: build(shape), enumerable: true }));

  window.open = (url = 'about:blank', name = '', features = '') => {
    fire('open-window', { url: new URL(url, location.href).href, name, features });
    return null;
  };
  addEventListener('click', (event) => {
    const link = event.target?.closest?.('a[href][target]');
    if (!link || link.target === '_self' || event.defaultPrevented) return;
    event.preventDefault();
    window.open(link.href, link.target);
  });
};

exports.preloadWorld = function (makeWire, binding, facts, source) {
  if (window.top !== window) return;
  const { pack, unpack } = makeWire();
  let lastId = 0;
  const functions = new Map();
  const invoked = new Map();
  const listeners = new Map();
  const fire = (type, detail) => document.dispatchEvent(new CustomEvent(`electron-double:${type}`, { detail }));
  const listen = (type, listener) => document.addEventListener(`electron-double:${type}`, ({ detail }) => listener(detail));
  const post = (message) => globalThis[binding](JSON.stringify(message));
  const isPlain = (value) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const messageOf = (error) => String(error?.message ?? error);
  const notSupported = (what) => { throw new Error(`electron double: ${what} is not supported`); };

  function shapeOf(value) {
    if (typeof value === 'function') {
      functions.set(++lastId, value);
      return { kind: 'function', id: lastId };
    }
    if (Array.isArray(value)) return { kind: 'array', items: value.map(shapeOf) };
    if (isPlain(value)) return { kind: 'object', fields: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)])) };
    try {
      return { kind: 'value', value: structuredClone(value) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  function incoming(value) {
    if (!isPlain(value)) return value;
    if ('$callback' in value) return (...values) => fire('callback', { id: value.$callback, shapes: values.map(shapeOf) });
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, incoming(item)]));
  }

  listen('call', ({ fn, values, reply }) => {
    try {
      const result = functions.get(fn)(...values.map(incoming));
      if (typeof result?.then !== 'function') return fire('returned', { shape: shapeOf(result) });
      fire('returned', { promise: true });
      result.then((value) => fire('settled', { reply, shape: shapeOf(value) }), (error) => fire('settled', { reply, error: messageOf(error) }));
    } catch (error) {
      fire('returned', { error: messageOf(error) });
    }
  });
  listen('open-window', (detail) => post({ kind: 'open-window', ...detail }));

  globalThis[`${binding}Deliver`] = (message) => {
    if (message.kind === 'emit') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ sender: ipcRenderer, ports: [] }, ...unpack(message.body));
      return;
    }
    const { resolve, reject } = invoked.get(message.id);
    invoked.delete(message.id);
    if (message.error === undefined) resolve(unpack(message.body));
    else reject(new Error(message.error));
  };

  const ipcRenderer = {
    invoke: (channel, ...values) => new Promise((resolve, reject) => {
      const body = pack(values);
      invoked.set(++lastId, { resolve, reject });
      post({ kind: 'invoke', id: lastId, channel, body });
    }),
    send: (channel, ...values) => post({ kind: 'send', channel, body: pack(values) }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((known) => known !== listener));
      return ipcRenderer;
    },
  };
  const contextBridge = { exposeInMainWorld: (name, api) => fire('expose', { name, shape: shapeOf(api) }) };
  // A File of plain Chromium does not tell its path: only files made by the page can be asked about here.
  const webUtils = { getPathForFile: () => '' };
  const strict = (name, object) => new Proxy(object, { get: (target, key) => (key in target || typeof key === 'symbol' ? target[key] : notSupported(`${name}.${key}`)) });

  const modules = { electron: { contextBridge: strict('contextBridge', contextBridge), ipcRenderer: strict('ipcRenderer', ipcRenderer), webUtils: strict('webUtils', webUtils) } };
  // A sandboxed preload can require `electron` and hardly anything else.
  const require = (id) => modules[id] ?? (() => { throw new Error(`module not found: ${id}`); })();
  const process = Object.freeze({ ...facts, env: {}, argv: [], type: 'renderer', sandboxed: true, contextIsolated: true });
  const module = { exports: {} };
  new Function('require', 'module', 'exports', 'process', 'Buffer', source)(require, module, module.exports, process, undefined);
};
