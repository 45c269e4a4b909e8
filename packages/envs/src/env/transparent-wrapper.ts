import type { Space } from '@pg/core';
import type { PipedEnv, Wrapper } from './wrapper.js';

/** What pipes a wrapper that leaves both spaces as they are behind an environment of whatever spaces. */
export type TransparentWrapper = <TObs extends Space, TAct extends Space>(space: TObs, env: PipedEnv<TAct>) => Wrapper<TObs, TAct>;
