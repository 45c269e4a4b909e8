/** Ends the program with a sentence where an error has one that says what to do; all others are shown whole. */
export function explainErrors(): void {
  process.once('uncaughtException', (error: Error & { readonly remedy?: unknown }) => {
    console.error(typeof error.remedy === 'string' ? `${error.name}: ${error.message}` : error);
    process.exit(1);
  });
}
