import type { Answer, Ask, Request } from './ask.js';
import { mergeRequests } from './total.js';

/** Runs collectives of a batch that has one part: the whole of everything is its own. */
export function alone<T>(update: Iterable<Ask, T, unknown>): T {
  const generator = update[Symbol.iterator]();
  let answer: Answer | undefined;
  for (;;) {
    const { done, value } = generator.next(answer as unknown);
    if (done) return value;
    answer = { ...mergeRequests([value as Request]), stepped: false };
  }
}
