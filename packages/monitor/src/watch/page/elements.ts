type Attributes = Readonly<Record<string, string | number>>;

/** An HTML element. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** The element of the page with an id. */
export function byId<TElement extends HTMLElement = HTMLElement>(id: string): TElement {
  return document.getElementById(id) as TElement;
}

/** Makes a description list of names and values. */
export function fillList(list: HTMLElement, entries: readonly (readonly [string, string])[]): void {
  list.replaceChildren(...entries.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value))));
}

function fill<TElement extends Element>(element: TElement, attributes: Attributes, children: readonly (Node | string)[]): TElement {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
