// Runs in a page whose Content-Security-Policy forbids compiling WebAssembly, and tells the page around it what is said there.
import { tryToCompile } from './runs.mjs';

parent.postMessage(tryToCompile());
