// Bundles the modules that `tsc -p tracker` emits into the scripts that a site may load.
import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';

const built = fileURLToPath(new URL('../dist/tracker/', import.meta.url));

/** The names that `build.ts` declares, for each build. */
const least = { hasBreadth: false, hasEverything: false };
const usual = { hasBreadth: true, hasEverything: false };
const full = { hasBreadth: true, hasEverything: true };

const language = { ecma: 2020, toplevel: true };

/** Functions may stand in any order; sorted by what they do first, they are told in fewer bytes. */
function likeBesideLike(code) {
  const program = this.parse(code).body;
  const body = program[0].expression?.argument?.callee.body.body ?? program;
  const inside = ({ start, end }) => code.slice(start, end);
  const first = body[0].start;
  const functions = body.filter(({ type }) => type === 'FunctionDeclaration');
  const others = body.filter(({ type }) => type !== 'FunctionDeclaration');
  const sorted = functions
    .map((each) => ({ text: inside(each), does: inside(each.body) }))
    .sort((a, b) => (a.does < b.does ? -1 : 1))
    .map(({ text }) => text);
  return code.slice(0, first) + sorted.join('') + others.map(inside).join('') + code.slice(body.at(-1).end);
}

function trimEnd(file) {
  file.code = file.code.trimEnd();
}

/** In the output, not the input: terser then sees the whole bundle and folds wire.ts's constants into their uses. */
const smallest = (flags) => [
  // One word for all is less to tell apart, and by now nobody can assign to a constant any more.
  { name: 'let', renderChunk: (code) => code.replace(/\bconst\b/g, 'let') },
  terser({
    ...language,
    mangle: false,
    compress: {
      passes: 5,
      // No function of ours is called with `new` or asks for its `this`, name or length.
      unsafe_arrows: true,
      keep_fargs: false,
      unsafe: true,
      // But in the full build, which gives truth values to the site.
      booleans_as_integers: !flags.hasEverything,
      hoist_funs: true,
      global_defs: flags,
    },
  }),
  { name: 'like-beside-like', renderChunk: likeBesideLike },
  // Names are given in a second go: then they go by what is left.
  terser({ ...language, compress: false }),
  { name: 'no-line-end', generateBundle: (_, files) => Object.values(files).forEach(trimEnd) },
];

const script = (file, flags) => ({
  file: built + file,
  format: 'iife',
  // A directive would cost bytes, and the modules were written and checked as strict code.
  strict: false,
  plugins: smallest(flags),
});

export default [
  {
    input: `${built}modules/main.js`,
    output: [script('t.js', usual), script('t.least.js', least), script('t.full.js', full)],
  },
  { input: `${built}modules/segment.js`, output: script('segment.js', full) },
  {
    input: `${built}modules/module.js`,
    output: { file: `${built}module.js`, format: 'es', plugins: smallest(full) },
  },
];
