import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// `@pg/source` leads to the packages' sources: nothing needs to be built for a test.
const conditions = ['@pg/source', ...defaultServerConditions];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,examples,bench,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Nothing here has global state, so the files can share a process: a third of the time. A test that stubs a global puts it back.
    isolate: false,
    // The checks of `npm test` share two cores.
    testTimeout: 30_000,
    typecheck: {
      enabled: true,
      include: ['{packages,examples}/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
      ignoreSourceErrors: true,
    },
  },
});
