// What a program with the types of a browser, or of Node, does with what the packages give and take.
import { a2c } from '@pg/algos';
import { cartPole, drawToCanvas } from '@pg/envs';
import { svgToPng } from '@pg/monitor/png';
import { actorCritic, encodeSafeTensors, exportOnnx, loadPolicy, mlp } from '@pg/policies';

const agent = a2c()
  .env(cartPole())
  .policy(actorCritic({ encoder: mlp([8]) }));

export async function train(canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
  await using learner = agent.build({ seed: 1, workers: 1, module: new URL('file:///agent.js') });
  for await (const update of learner.train({ steps: 100, signal })) console.log(update.step);
  await learner.save(new URL('file:///policy.safetensors'));
  using policy = await loadPolicy(await fetch('policy.safetensors'), { env: cartPole() });
  using session = policy.session({ numEnvs: 2 });
  session.act(new Float32Array(8));
  const loaded = await loadPolicy(new Blob([policy.toBytes(), learner.toCheckpoint(), exportOnnx(policy)]));
  download(loaded.toBytes());
  download(encodeSafeTensors({ tensors: [], metadata: {} }));
  download(await svgToPng('<svg/>'));
  drawToCanvas(cartPole().make().render(), canvas);
}

/** Everything here takes bytes that are certain not to be shared between threads. */
function download(bytes: Uint8Array<ArrayBuffer>): void {
  console.log(URL.createObjectURL(new Blob([bytes])), new Response(bytes), new ImageData(new Uint8ClampedArray(bytes.buffer), 1, 1));
  void crypto.subtle.digest('SHA-256', bytes);
  postMessage(bytes, '*', [bytes.buffer]);
}
