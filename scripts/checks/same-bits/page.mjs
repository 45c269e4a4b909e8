// Trains in a page, and posts the hashes, or the error, to the server that it is from.
/** @type {unknown} */
let result;
try {
  const { trainAll } = await import('./runs.mjs');
  result = await trainAll({ threads: globalThis.crossOriginIsolated });
} catch (error) {
  result = { error: String(error?.stack ?? error) };
}
await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
