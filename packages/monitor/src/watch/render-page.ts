import { escapeXml } from '../plots/svg.js';
import { pageHtml } from './page.generated.js';
import type { PageData } from './page-data.js';

/** The page as one HTML document: with all its data, or without, to be asked for while it is open. */
export function renderPage(title: string, data: PageData | null): string {
  // what a script reads as JSON must not end that script
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return pageHtml.replace('<title></title>', () => `<title>${escapeXml(title)}</title>`).replace('>null</script>', () => `>${json}</script>`);
}
