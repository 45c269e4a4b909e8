/** What is timed. */
interface Trainable {
  readonly step: number;
  train(options: { readonly steps: number; readonly until: () => boolean }): AsyncIterable<unknown>;
  dispose(): void;
}

/** Environment steps a second of a learner that trains, or goes on training, for so many seconds. */
export async function trainingSpeed(learner: Trainable, seconds: number): Promise<number> {
  const first = learner.step;
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  for await (const _ of learner.train({ steps: 1e9, until: () => elapsed() >= seconds }));
  return (learner.step - first) / elapsed();
}

/** The same of a new learner, which is disposed then; building it is not counted. */
export async function newRunSpeed(learner: Trainable, seconds: number): Promise<number> {
  const speed = await trainingSpeed(learner, seconds);
  learner.dispose();
  return speed;
}
