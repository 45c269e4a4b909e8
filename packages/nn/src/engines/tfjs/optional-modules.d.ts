// Packages that the user may have installed, and this repository has not.
declare module '@tensorflow/tfjs';
declare module '@tensorflow/tfjs-backend-webgpu';
