import { serveWorker } from '@pg/algos';
import { agent } from './agent.js';

serveWorker(agent);
