import type { ObservationScaling } from '@pg/core';
import { copyTensors, type TrainableNetwork } from '@pg/nn';
import type { SavedShard } from '../checkpoints/shard-state.js';
import type { RunningShard } from './run-shard.js';
import type { ShardMail } from './shard-mail.js';
import type { Shards } from './shards.js';

/** Shards that are at work one after the other in the calling thread. */
export class LocalShards implements Shards {
  readonly mails: readonly ShardMail[];
  readonly #network: TrainableNetwork;
  readonly #running: readonly RunningShard[];

  /** @param network - the run's; a single shard may compute with that very network */
  constructor(network: TrainableNetwork, running: readonly RunningShard[]) {
    this.#network = network;
    this.#running = running;
    this.mails = running.map(({ mail }) => mail);
  }

  get metricNames(): readonly string[] {
    return this.#running[0]!.metricNames;
  }

  advance(): void {
    for (const { network } of this.#running) if (!this.#computesWith(network)) copyTensors(this.#network.parameters, network.parameters);
    // all of them, as on threads: the state after a failure then does not depend on where they are at work
    const failures = this.#running.flatMap((running) => running.advance() ?? []);
    if (failures.length > 0) throw failures[0]!.error;
  }

  sumGradients(): void {
    const network = this.#network;
    const networks = this.#running.map((running) => running.network);
    if (networks[0] === network) return;
    if (network.shared) {
      network.backward(0);
      for (const { shared } of networks) network.addGradients(shared!);
      return;
    }
    network.gradients.forEach(({ values }, k) => {
      values.fill(0);
      for (const { gradients } of networks) {
        const added = gradients[k]!.values;
        for (let i = 0; i < values.length; i++) values[i]! += added[i]!;
      }
    });
  }

  undo(): void {
    for (const running of this.#running) running.undo();
  }

  observationScaling(): ObservationScaling | undefined {
    return this.#running[0]!.env.normalization?.observationScaling();
  }

  save(): readonly SavedShard[] {
    return this.#running.map((running) => running.save());
  }

  restore(saved: readonly unknown[], from: string): void {
    const failures = this.#running.flatMap((running, i) => running.restore(saved[i], from) ?? []);
    if (failures.length > 0) throw failures[0]!.error;
  }

  dispose(): void {
    for (const running of this.#running) running.dispose();
  }

  /** Whether a shard's network has the very parameters of the run's. */
  #computesWith(network: TrainableNetwork): boolean {
    return network === this.#network || this.#network.shared !== undefined;
  }
}
