import path from 'node:path';

// Next itself lies in the folder around the project.
export default { turbopack: { root: path.resolve('..') } };
