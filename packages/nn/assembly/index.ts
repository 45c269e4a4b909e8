export { activationBackward, activationForward } from './activation';
export { categoricalBackward, categoricalEvaluate, categoricalMode, categoricalSample } from './categorical';
export { addPatchesToImage, imageToPatches } from './convolution';
export { gaussianBackward, gaussianEvaluate, gaussianSample } from './gaussian';
export { expArray, logArray } from './math';
export { biasGradient, clear, copy, product, usePanel, weightGradient } from './matrix';
export { adam, rmsprop, scale, sgd, sgdMomentum, sumOfSquares } from './optimizer';
export { transpose } from './transpose';
