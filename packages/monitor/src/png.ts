/**
 * Plots as PNG, drawn by resvg in WebAssembly with the font Open Sans. Both are packages of their own, which only this entry needs:
 * `npm install @resvg/resvg-wasm @fontsource/open-sans`.
 *
 * @packageDocumentation
 */
export type { PngOptions } from './plots/png-options.js';
export { svgToPng } from './plots/svg-to-png.js';
