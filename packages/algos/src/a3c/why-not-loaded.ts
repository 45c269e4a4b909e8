import { describeThrown } from '@pg/core';

const JAVASCRIPT = /^(text|application)\/(x-)?(java|ecma)script\b/;

/** Why a page cannot import a module, as far as that can be found out; undefined for a module that is there and is JavaScript. */
export async function whyNotLoaded(module: string): Promise<string | undefined> {
  const inline = /^data:([^;,]*)/.exec(module);
  if (inline) return JAVASCRIPT.test(inline[1]!) ? undefined : `a bundler has put it into the page as data of the type ${describeType(inline[1]!)}`;
  try {
    const response = await fetch(module);
    if (!response.ok) return `the server answers ${response.status}`;
    const type = response.headers.get('content-type') ?? '';
    return JAVASCRIPT.test(type) ? undefined : `the server says that it is of the type ${describeType(type)}`;
  } catch (error) {
    return `it cannot be fetched (${describeThrown(error)})`;
  }
}

function describeType(type: string): string {
  if (type.startsWith('video/mp2t')) return 'video/mp2t, which the ending .ts is taken for';
  return type === '' ? 'none' : type;
}
