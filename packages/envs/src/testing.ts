/**
 * For tests: whether an environment keeps the contract, and environments whose right answers are known.
 *
 * @packageDocumentation
 */
export { checkEnv } from './testing/check-env.js';
export { type IdentityEnvOptions, identityEnv } from './testing/identity-env.js';
export { type CheckEnvOptions, inspectEnv } from './testing/inspect-env.js';
export type { AnySpec, EnvCheck, EnvFinding, EnvReport } from './testing/report.js';
export { type Script, type ScriptedStep, scriptedEnv } from './testing/scripted-env.js';
