/**
 * A module's URL that carries settings to the threads which import it: these know nothing of the command line.
 *
 * @param settings - numbers and texts; what the module needs to compose the same agent
 */
export function withSettings(module: string, settings: object): URL {
  const url = new URL(module);
  url.searchParams.set('settings', JSON.stringify(settings));
  return url;
}

/** The settings that came with the module, from its `import.meta.url`. */
export function settingsOf<TSettings>(module: string): TSettings {
  return JSON.parse(new URL(module).searchParams.get('settings')!) as TSettings;
}
