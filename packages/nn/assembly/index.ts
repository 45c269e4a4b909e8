export { activationBackward, activationForward } from './activation';
export { categoricalBackward, categoricalEvaluate, categoricalMode, categoricalSample } from './categorical';
export { gaussianBackward, gaussianEvaluate, gaussianSample } from './gaussian';
export { expArray, logArray } from './math';
export { biasGradient, copy, product, transpose, weightGradient } from './matrix';
export { adam, scale, sgd, sgdMomentum, sumOfSquares } from './optimizer';
