// Trains in a worker thread of Node, and prints the hashes.
import { Worker } from 'node:worker_threads';

new Worker(new URL('./command.mjs', import.meta.url));
