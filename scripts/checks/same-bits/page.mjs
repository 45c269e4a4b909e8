// Trains in a browser's page; whoever opened the page awaits `trained`.
import { trainAll } from './runs.mjs';

Object.assign(globalThis, { trained: trainAll() });
