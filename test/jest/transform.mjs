// One transformer for everything: TypeScript goes through swc; an ES-module-only package that a CommonJS package
// require()s is compiled to CommonJS (jest's own require cannot load ES modules); all other JavaScript passes untouched.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const packageIsModule = new Map();

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  return nearestPackageIsModule(dirname(file));
}

function nearestPackageIsModule(folder) {
  const known = packageIsModule.get(folder);
  if (known !== undefined) return known;
  const manifest = join(folder, 'package.json');
  const answer = existsSync(manifest)
    ? JSON.parse(readFileSync(manifest, 'utf8')).type === 'module'
    : dirname(folder) !== folder && nearestPackageIsModule(dirname(folder));
  packageIsModule.set(folder, answer);
  return answer;
}

const typescript = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
};

export default {
  getCacheKey: (source, file, options) =>
    createHash('sha1')
      .update(`v2\0${source}\0${file}\0${options.supportsStaticESM}\0${options.instrument}`)
      .digest('hex'),
  process(source, file, options) {
    const isTypeScript = /\.[cm]?ts$/.test(file);
    if (!isTypeScript && (options.supportsStaticESM || !isModule(file))) return { code: source };
    return transformSync(source, {
      filename: file,
      sourceMaps: 'inline',
      swcrc: false,
      configFile: false,
      module: { type: options.supportsStaticESM ? 'es6' : 'commonjs' },
      jsc: { target: 'es2024', keepClassNames: true, ...(isTypeScript && typescript) },
    });
  },
};
