import type { Update } from '@pg/algos';

/** What is timed. */
interface Trainable {
  train(options: { readonly steps: number; readonly until: (update: Update) => boolean }): AsyncIterable<Update>;
  dispose(): void;
}

/** Environment steps a second of a new learner that trains for so many seconds; building it is not counted. */
export async function trainingSpeed(learner: Trainable, seconds: number): Promise<number> {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let steps = 0;
  for await (const { step } of learner.train({ steps: 1e9, until: () => elapsed() >= seconds })) steps = step;
  const speed = steps / elapsed();
  learner.dispose();
  return speed;
}
