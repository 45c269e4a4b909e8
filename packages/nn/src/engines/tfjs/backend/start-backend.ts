import { type Device, onDevice, type TensorFlow } from '../tensorflow.js';

/**
 * Makes a backend the current one and lets it compute: only then is it known to work.
 *
 * @param adapt - what is done to the backend before it computes
 * @throws whatever the backend throws
 */
export async function startBackend(tf: TensorFlow, registered: string, adapt: (backend: object) => void = () => {}): Promise<Device> {
  const before = tf.getBackend();
  try {
    await quietly(tf, async () => {
      if (!(await tf.setBackend(registered))) throw new Error(`TensorFlow.js could not start the backend "${registered}"`);
      // the WebGPU backend's own note that it would rather be read later
      Object.assign(tf.backend(), { hasReadSyncWarned: true });
      adapt(tf.backend());
      multiplyOnce({ tf, registered });
    });
  } catch (error) {
    if (before) await tf.setBackend(before);
    throw error;
  }
  return { tf, registered };
}

/** What an engine needs first of all: a product whose numbers can be read at once. */
function multiplyOnce(device: Device): void {
  const { tf } = device;
  onDevice(device, () => {
    const product = tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync()[0];
    if (product !== 31) throw new Error(`it computes 2·5 + 3·7 = ${product}`);
  });
}

/** Runs something without TensorFlow.js's advice on the console, then lets it speak again. */
async function quietly(tf: TensorFlow, work: () => Promise<void>): Promise<void> {
  const flag = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    await work();
  } finally {
    tf.env().set('PROD', flag);
  }
}
