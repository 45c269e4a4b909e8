// Trains in a page, and posts the hashes, or the error, to the server that it is from.
/** The page that may not compile WebAssembly, by its Content-Security-Policy. */
const STRICT = '/strict';

/** @type {unknown} */
let result;
try {
  const { trainAll } = await import('./runs.mjs');
  result = { ...(await trainAll({ threads: globalThis.crossOriginIsolated })), [STRICT]: await tellOfStrictPage() };
} catch (error) {
  result = { error: String(error?.stack ?? error) };
}
await fetch('/result', { method: 'POST', body: JSON.stringify(result) });

/** @returns {Promise<string>} the message of the error there */
function tellOfStrictPage() {
  return new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data), { once: true });
    document.body.append(Object.assign(document.createElement('iframe'), { src: STRICT }));
  });
}
