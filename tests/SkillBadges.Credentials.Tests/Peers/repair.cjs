// Preloaded for some rows of the benchmarks: jsonld.js issue 414 repaired in memory. Leaving a type-scoped context clones the
// one before it, twice over, so that the cache of processed contexts, which goes by identity, rarely finds it again. With
// KEEP_CLONES the clone made on entering is kept as well, which is as far as this cache can be brought.
const Module = require('node:module');
const {readFileSync} = require('node:fs');
const load = Module._extensions['.js'];

function replace(source, before, after) {
  if(!source.includes(before)) {
    throw new Error('A line of the repair is not there any more.');
  }
  return source.replace(before, after);
}

Module._extensions['.js'] = function(module, filename) {
  if(!filename.endsWith('/jsonld/lib/context.js')) {
    return load(module, filename);
  }
  let source = readFileSync(filename, 'utf8');
  source = replace(source, 'child.previousContext = this.previousContext.clone()', 'child.previousContext = this.previousContext');
  source = replace(source, 'return this.previousContext.clone()', 'return this.previousContext');
  if(process.env.KEEP_CLONES) {
    source = replace(source, `rval = rval.clone();
    rval.previousContext = activeCtx;`, 'rval = activeCtx.kept ??= Object.assign(rval.clone(), {previousContext: activeCtx});');
  }
  module._compile(source, filename);
};
