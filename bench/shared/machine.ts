import { cpus } from 'node:os';

/** What the numbers were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly platform: string;
}

/** This machine. */
export function thisMachine(): Machine {
  const all = cpus();
  return { cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length, node: process.version, platform: `${process.platform} ${process.arch}` };
}

/** A machine as the beginning of a heading. */
export function describeMachine({ cpu, cores, node, platform }: Machine): string {
  return `${cpu}, ${cores} cores, ${platform}, Node ${node.slice(1)}`;
}
