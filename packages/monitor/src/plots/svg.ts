/** Rounded to 2 decimals, which is finer than any screen and keeps the file small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

/** Text that may stand in an SVG document: markup is escaped, characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An element with its attributes in the order given; children are markup. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value)}"`);
  const opening = `<${name}${written.join('')}`;
  return children.length === 0 ? `${opening}/>` : `${opening}>${children.join('')}</${name}>`;
}

/** A line of text at a point. */
export function textAt(x: number, y: number, content: string, attributes: Readonly<Record<string, string | number>> = {}): string {
  return element('text', { x, y, ...attributes }, escapeXml(content));
}

/** About how wide text is in the sans-serif font of the plots; there is nothing to measure with outside a browser. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56;
}
