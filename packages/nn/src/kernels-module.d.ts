/** A host that imports WebAssembly gives the compiled module. */
declare module '*/kernels.wasm' {
  const module: object;
  // biome-ignore lint/style/noDefaultExport: the host's way
  export default module;
}
