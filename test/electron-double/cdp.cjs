// A minimal client of the Chrome DevTools Protocol over Node's own WebSocket.

/** @returns send(method, params), session(id, listener) for a page, close(). */
exports.connect = (url) => new Promise((resolve, reject) => {
  const socket = new WebSocket(url);
  const waiting = new Map();
  const listeners = new Map();
  let lastId = 0;

  const sender = (sessionId) => (method, params = {}) => new Promise((done, fail) => {
    const id = ++lastId;
    waiting.set(id, { done, fail, method });
    socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
  });

  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id === undefined) return listeners.get(message.sessionId ?? '')?.(message.method, message.params);
    const { done, fail, method } = waiting.get(message.id);
    waiting.delete(message.id);
    return message.error ? fail(new Error(`${method}: ${message.error.message}`)) : done(message.result);
  };
  socket.onopen = () => resolve({
    send: sender(),
    session: (id, listener) => {
      listeners.set(id ?? '', listener);
      return sender(id);
    },
    close: () => socket.close(),
  });
  socket.onerror = () => reject(new Error('no connection to Chromium'));
  socket.onclose = () => {
    for (const { fail } of waiting.values()) fail(new Error('connection to Chromium closed'));
    waiting.clear();
  };
});
