// Bundles the modules that `tsc -p tracker` emits into the scripts that a site may load.
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minify } from 'terser';

const built = fileURLToPath(new URL('../dist/tracker/', import.meta.url));

/** The names that `build.ts` declares, for each build. */
const least = { hasBreadth: false, hasEverything: false };
const usual = { hasBreadth: true, hasEverything: false };
const full = { hasBreadth: true, hasEverything: true };

const language = { ecma: 2020, toplevel: true };

const compress = (flags) => ({
  passes: 5,
  // No function of ours is called with `new` or asks for its `this`, name or length.
  unsafe_arrows: true,
  keep_fargs: false,
  unsafe: true,
  // But in the full build, which gives truth values to the site.
  booleans_as_integers: !flags.hasEverything,
  hoist_funs: true,
  global_defs: flags,
});

/** As it leaves a server: most browsers take brotli, some proxies only gzip. */
const packed = (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length +
  gzipSync(text, { level: 9 }).length;

/**
 * Functions may stand in any order, and the fewer bytes they take the more alike neighbours are. What is alike, by what
 * they do, by length, by what they are given? The order that packs best wins; then each function tries the first place and
 * the last.
 */
const orders = [
  (a, b) => (a.body < b.body ? -1 : 1),
  (a, b) => (a.body < b.body ? 1 : -1),
  (a, b) => a.text.length - b.text.length,
  (a, b) => b.text.length - a.text.length,
  (a, b) => a.head.length - b.head.length || (a.body < b.body ? -1 : 1),
  (a, b) => b.head.length - a.head.length || (a.body < b.body ? -1 : 1),
];

/** Of the whole bundle, so that wire.ts's constants go where they are used. */
const smallest = (flags) => ({
  name: 'smallest',
  async renderChunk(code) {
    // One word for all is less to tell apart, and by now nobody can assign to a constant any more.
    const source = code.replace(/\bconst\b/g, 'let');
    const folded = await minify(source, { ...language, mangle: false, compress: compress(flags) });
    const { functions, around } = takeApart(folded.code, this.parse(folded.code).body);
    // Names are given in a second go: then they go by what is left.
    const named = async (order) => {
      const { code } = await minify(around(order), { ...language, compress: false });
      return { order, code, size: packed(code) };
    };
    let best = await named(functions);
    const challenge = async (order) => {
      const other = await named(order);
      if (other.size < best.size) best = other;
    };
    for (const order of orders) await challenge([...functions].sort(order));
    for (const each of functions) {
      const others = best.order.filter((other) => other !== each);
      await challenge([each, ...others]);
      await challenge([...others, each]);
    }
    return best.code;
  },
  generateBundle(_, files) {
    for (const file of Object.values(files)) file.code = file.code.trimEnd();
  },
});

/** The functions of a bundle, and how to put them together again. */
function takeApart(code, program) {
  const body = program[0].expression?.argument?.callee.body.body ?? program;
  const inside = ({ start, end }) => code.slice(start, end);
  const isFunction = ({ type }) => type === 'FunctionDeclaration';
  const functions = body.filter(isFunction).map((node) => ({
    text: inside(node),
    head: code.slice(node.start, node.body.start),
    body: inside(node.body),
  }));
  const others = body.filter((node) => !isFunction(node)).map(inside);
  const [first, last] = [code.slice(0, body[0].start), code.slice(body.at(-1).end)];
  return {
    functions,
    around: (order) => first + [...order.map(({ text }) => text), ...others].join('') + last,
  };
}

const script = (file, flags) => ({
  file: built + file,
  format: 'iife',
  // A directive would cost bytes, and the modules were written and checked as strict code.
  strict: false,
  plugins: [smallest(flags)],
});

export default [
  {
    input: `${built}modules/main.js`,
    output: [script('t.js', usual), script('t.least.js', least), script('t.full.js', full)],
  },
  { input: `${built}modules/segment.js`, output: script('segment.js', full) },
  {
    input: `${built}modules/module.js`,
    output: { file: `${built}module.js`, format: 'es', plugins: [smallest(full)] },
  },
];
