/** How often each class is among the actions, as a part of all. */
export function frequencies(actions: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < actions.length; i++) counts[actions[i]!]! += 1;
  return counts.map((count) => count / actions.length);
}
