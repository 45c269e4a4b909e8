/**
 * A number in all four lanes, from where `memory.data` put it. V8 builds a constant vector anew wherever it is used, loops included, in three
 * instructions that compete with the arithmetic; a load is one, and has ports of its own.
 */
// @ts-ignore: decorator
@inline
export function constant(at: usize): v128 {
  return v128.load32_splat(at);
}
