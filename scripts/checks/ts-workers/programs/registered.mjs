// For threads that no loader reaches, as those of Node 20.
import { register } from 'tsx/esm/api';

register();
export const { asynchronous, env, synchronous } = await import('./agent.ts');
