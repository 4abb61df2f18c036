// Bundles the modules that `tsc -p tracker` emits into the scripts that a site may load.
import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';

const built = fileURLToPath(new URL('../dist/tracker/', import.meta.url));

/** The names that `build.ts` declares, for each script. */
const builds = {
  't.js': { hasBreadth: true, hasEverything: false },
  't.least.js': { hasBreadth: false, hasEverything: false },
  't.full.js': { hasBreadth: true, hasEverything: true },
};

export default {
  input: `${built}modules/main.js`,
  output: Object.entries(builds).map(([name, flags]) => ({
    file: built + name,
    format: 'iife',
    // A directive would cost bytes, and the modules were written and checked as strict code.
    strict: false,
    // In the output, not the input: terser then sees the whole bundle and folds wire.ts's constants into their uses.
    plugins: [
      terser({
        ecma: 2020,
        toplevel: true,
        // No function of ours is called with `new` or asks for its `this`, name or length.
        compress: { passes: 5, unsafe_arrows: true, keep_fargs: false, global_defs: flags },
      }),
    ],
  })),
};
