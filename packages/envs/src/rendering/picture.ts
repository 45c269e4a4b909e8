// Of @pg/core, because whoever draws or records pictures needs no environment.
export type { Picture } from '@pg/core';
