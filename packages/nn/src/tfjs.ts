/**
 * The optional TensorFlow.js engine, for a GPU. Importing this loads nothing of TensorFlow.js; calling `tfjs` does.
 *
 * @packageDocumentation
 */
export { type LayersModelNetwork, layersModel, type TfLayersModel, type TfModelWeight, type TfTensor } from './engines/tfjs/layers-model.js';
export { type TfjsBackend, type TfjsEngine, type TfjsOptions, tfjs } from './engines/tfjs/tfjs.js';
