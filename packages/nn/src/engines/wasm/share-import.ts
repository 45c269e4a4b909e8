/** The id of the section with the imports (WebAssembly core specification, 5.5.2). */
const IMPORTS = 2;
/** Flags of a memory's limits: the unshared one, and the shared one of the threads extension. Both give a maximum. */
const [WITH_MAXIMUM, SHARED_WITH_MAXIMUM] = [1, 3];

/**
 * The same module, importing a shared memory: a module says which kind it imports, and cannot be instantiated with the other.
 * Instructions are the same for both, so that one flag is all that differs, and one module is shipped for both.
 *
 * @param module - a module whose first import is a memory with a maximum
 * @throws Error for another module
 */
export function importSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const shared = Uint8Array.from(module);
  let [id, at, end] = section(module, 8);
  while (id !== IMPORTS && end < module.length) [id, at, end] = section(module, end);
  const [, moduleName] = integer(module, at);
  const memory = afterName(module, afterName(module, moduleName));
  if (id !== IMPORTS || module[memory] !== 2 || module[memory + 1] !== WITH_MAXIMUM)
    throw new Error('the first import of the kernels has to be a memory with a maximum');
  shared[memory + 1] = SHARED_WITH_MAXIMUM;
  return shared;
}

/** A section's id, where its contents begin, and where they end. */
function section(module: Uint8Array, at: number): [id: number, begin: number, end: number] {
  const [size, begin] = integer(module, at + 1);
  return [module[at]!, begin, begin + size];
}

function afterName(module: Uint8Array, at: number): number {
  const [length, begin] = integer(module, at);
  return begin + length;
}

/** An unsigned integer in LEB128, and where it ends. */
function integer(module: Uint8Array, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value |= (module[at]! & 127) << shift;
    if (!(module[at]! & 128)) return [value, at + 1];
  }
}
