/**
 * Resolves after the event loop has turned once: timers, signals, messages and page updates get their chance, which a
 * chain of resolved promises never gives them.
 */
export function nextEventLoopTurn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  // edge functions and some test environments have neither; a timer of a page would wait for milliseconds
  if (typeof MessageChannel !== 'function') return new Promise((resolve) => setTimeout(resolve, 0));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
