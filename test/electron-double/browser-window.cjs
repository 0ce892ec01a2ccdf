// electron.BrowserWindow and electron.webContents
const { EventEmitter } = require('node:events');
const { state, cancellable, notSupported } = require('./state.cjs');
const { app } = require('./app.cjs');
const { WebContents } = require('./web-contents.cjs');

/** What the double can only do this way; anything else is refused rather than ignored. */
const FIXED = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false };

class BrowserWindow extends EventEmitter {
  constructor(options = {}) {
    super();
    const preferences = options.webPreferences ?? {};
    for (const [name, value] of Object.entries(FIXED)) {
      if (preferences[name] !== undefined && preferences[name] !== value) notSupported(`webPreferences.${name}=${preferences[name]}`);
    }
    this._title = options.title ?? '';
    this._visible = options.show !== false;
    this._protected = false;
    this._bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new WebContents(this, preferences);
    this.id = this.webContents.id;
    state.windows.set(this.id, this);
    app.emit('browser-window-created', cancellable(), this);
    app.emit('web-contents-created', cancellable(), this.webContents);
  }

  loadURL(url) { return this.webContents.loadURL(url); }

  /** @returns Whether it closed. */
  close() {
    if (this.isDestroyed()) return true;
    const event = cancellable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return this.isDestroyed();
  }

  destroy() {
    if (this.isDestroyed()) return;
    this.webContents._destroy();
    state.windows.delete(this.id);
    this.emit('closed');
    if (state.windows.size > 0 || state.quitting) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }

  isDestroyed() { return this.webContents.isDestroyed(); }
  show() {
    this._visible = true;
    this.emit('show');
  }
  isVisible() { return this._visible; }
  focus() { this.emit('focus'); }
  isMinimized() { return false; }
  restore() {}
  getTitle() { return this._title; }
  getBounds() { return { ...this._bounds }; }
  setContentProtection(on) { this._protected = on; }
  isContentProtected() { return this._protected; }

  static getAllWindows() { return [...state.windows.values()]; }
  static fromWebContents(contents) { return contents?._window ?? null; }
  static fromId(id) { return state.windows.get(id) ?? null; }
  static getFocusedWindow() { return [...state.windows.values()][0] ?? null; }
}

const contentsOf = (window) => window.webContents;
const webContents = {
  getAllWebContents: () => [...state.windows.values()].map(contentsOf),
  fromId: (id) => state.windows.get(id)?.webContents,
  fromDevToolsTargetId: (targetId) => [...state.windows.values()].map(contentsOf).find((contents) => contents._targetId === targetId),
};

module.exports = { BrowserWindow, webContents };
