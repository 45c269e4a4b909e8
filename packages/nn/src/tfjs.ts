/**
 * The optional TensorFlow.js engine, for a GPU. Importing this loads nothing of TensorFlow.js; calling `tfjs` does.
 *
 * @packageDocumentation
 */
export { type TfjsBackend, type TfjsEngine, type TfjsOptions, tfjs } from './engines/tfjs/tfjs.js';
