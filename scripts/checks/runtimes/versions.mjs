// Every runtime that is fetched, with its exact version: raise them here.
export const NODE = /** @type {const} */ ({ 22: '22.23.5', 24: '24.22.3', 26: '26.12.1' });
export const BUN = '1.4.5';
export const DENO = '2.9.6';
export const WORKERD = '1.20261117.1';
