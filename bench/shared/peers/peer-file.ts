import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder beside the project, from `bench/dist/NAME/main.js` on, or the one that the environment names. */
const FOLDER = process.env.PEERS ?? fileURLToPath(new URL('../../../../shared/peers/', import.meta.url));

/** Why something cannot be compared with. */
export interface Skipped {
  readonly skipped: string;
}

/** Where the program of a peer is. */
export function peerFile(name: string): { readonly file: string } | Skipped {
  const file = path.join(FOLDER, name);
  if (existsSync(file)) return { file };
  return { skipped: `${file} is not there: the peers are looked for in shared/peers beside the project, or where PEERS says` };
}
