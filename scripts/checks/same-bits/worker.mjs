// Trains in a worker thread of Node and posts the result.
import { parentPort } from 'node:worker_threads';
import { trainAll } from './runs.mjs';

const hashes = await trainAll();
parentPort?.postMessage(hashes);
