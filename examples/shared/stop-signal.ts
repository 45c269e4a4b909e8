/**
 * Fires with the first Ctrl-C, request to end, or loss of the terminal; a second Ctrl-C or request ends the program at once. A terminal that is lost is lost
 * once, however often the system says so.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  return controller.signal;
}
