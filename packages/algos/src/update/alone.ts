import type { Answer, Ask, Request } from './ask.js';
import { mergeRequests } from './total.js';

/** Runs collectives of a batch that has one part: the whole of everything is its own. */
export function alone<T>(generator: Generator<Ask, T, unknown>): T {
  let answer: Answer | undefined;
  for (;;) {
    const { done, value } = generator.next(answer);
    if (done) return value;
    answer = { ...mergeRequests([value as Request]), stepped: false };
  }
}
