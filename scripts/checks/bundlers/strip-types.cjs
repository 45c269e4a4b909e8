// A loader for webpack: TypeScript without its types.
const { transformSync } = require('esbuild');

module.exports = (source) => transformSync(source, { loader: 'ts' }).code;
