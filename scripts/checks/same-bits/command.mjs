// Trains in a runtime that has a command line, and prints the hashes. `--no-threads` leaves out what needs threads.
import { trainAll } from './runs.mjs';

const hashes = await trainAll({ threads: !process.argv.includes('--no-threads') });
console.log(JSON.stringify(hashes));
