/** Holds the house to its plan: what lies where, who may import whom, and where SQL is. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../collector/package-root.ts';

/** What each build of the tag may take, packed at its best. A higher number is a commit of its own, with the reason. */
const maxTagBytes = {
  't.js': { brotli: 2_175, gzip: 2_450 },
  't.least.js': { brotli: 1_160, gzip: 1_340 },
  't.full.js': { brotli: 3_585, gzip: 4_050 },
};

/** Source files as git knows them, tracked or new, so that nothing built or installed is read. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: packageRoot,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(packageRoot, file)));
const sources = files.filter((file) => /\.tsx?$/.test(file));
const product = sources.filter((file) => !file.startsWith('test/') && !/\.test\.tsx?$/.test(file));
const textOf = (file: string) => readFileSync(path.join(packageRoot, file), 'utf8');

/** Files that a file imports from this project, types too. */
function importsOf(file: string): string[] {
  return [
    ...textOf(file).matchAll(
      /^\s*(?:import|export)\b[^'"]*?from '(\.[^']+)'|^import '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm,
    ),
  ].map((match) => path.posix.join(path.posix.dirname(file), match[1] ?? match[2] ?? match[3] ?? ''));
}

/** Packages that are loaded with a file, before anything in it runs: its own and those of all it imports, but for types. */
function loadedWith(file: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const statements = textOf(one).matchAll(/^\s*(?:import|export)\s+(?!type\b)([^'"]*?)from '([^']+)'/gm);
    for (const [, names = '', from = ''] of statements) {
      const isOfTypes = /^\{(\s*type [\w ]+,?)+\s*\}\s*$/.test(names);
      if (isOfTypes) continue;
      if (from.startsWith('.')) visit(path.posix.join(path.posix.dirname(one), from));
      else packages.add(from.split('/', from.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  visit(file);
  return packages;
}

const leaves =
  /^collector\/(draft|time|remember|url|events|keyed-hash|package-root|site-domain|tag-settings|progress|wire-check|event-word|sealed|list-name)\.ts$/;
const verdicts = /^collector\/reveal\/(verdict|resolver)\.ts$/;
const reasons = /^collector\/receive\/reasons\.ts$/;
const waist =
  /^collector\/store\/(store|segments|scores|alerts|outbox|api-key|audit|raw-event|imports|people|person|shares|traffic|live|marks|completeness|audience|pain-points|signs)\.ts$/;
/** Roles, capabilities and keys: pure, and asked by every edge that lets somebody in. */
const access = /^collector\/access\//;
/** What people type and programs send, checked: the same for pages and the API. */
const typed = /^collector\/typed\//;
/** What a store is asked and answers about decisions and what was learned: types. */
const decided = /^collector\/identify\/(decision|learn)\.ts$/;
/** What a segment asks, once it is checked: types, and the list of its conditions. */
const segments = /^collector\/segment\/(tree|names|syntax|counted)\.ts$/;
/** What a score is made of, and what it would have been: pure. */
const scoring = /^collector\/score\/(scoring|then)\.ts$/;
const wire = /^tracker\/wire\.ts$/;

/** Each room, and what it may import from outside itself. The first room that a file lies in counts. */
const rooms: { room: RegExp; may: RegExp[] }[] = [
  { room: /^tracker\//, may: [] },
  { room: /^collector\/reveal\//, may: [/^collector\/(time|remember|package-root)\.ts$/] },
  {
    room: /^collector\/identify\//,
    may: [/^collector\/draft\.ts$/, /^collector\/reveal\/(verdict|name|email|address|prefix-map)\.ts$/],
  },
  { room: /^collector\/journey\//, may: [leaves, waist] },
  { room: /^collector\/segment\//, may: [leaves, waist] },
  { room: /^collector\/score\//, may: [leaves, waist, /^collector\/segment\//] },
  { room: waist, may: [wire, leaves, reasons, verdicts, decided, segments, scoring] },
  { room: access, may: [waist] },
  { room: typed, may: [leaves, waist, verdicts, /^collector\/(segment|score)\//] },
  {
    room: /^collector\/store\//,
    may: [
      wire,
      leaves,
      reasons,
      verdicts,
      segments,
      scoring,
      /^collector\/identify\//,
      /^collector\/reveal\/address\.ts$/,
    ],
  },
  { room: /^collector\/enrich\//, may: [wire, leaves, reasons, /^collector\/reveal\//] },
  {
    room: /^collector\/receive\//,
    may: [
      wire,
      leaves,
      waist,
      /^collector\/enrich\//,
      /^collector\/reveal\/address\.ts$/,
      /^collector\/identify\/row-company\.ts$/,
    ],
  },
  {
    room: /^collector\/deliver\//,
    may: [
      leaves,
      waist,
      segments,
      /^collector\/segment\/(index|print)\.ts$/,
      /^collector\/journey\//,
      /^collector\/reveal\/(address|reserved)\.ts$/,
    ],
  },
  {
    room: /^collector\/api\//,
    may: [
      leaves,
      waist,
      reasons,
      verdicts,
      decided,
      access,
      typed,
      /^collector\/(ip-data|doctor|segment|score|deliver)\//,
      /^collector\/receive\/(body\.ts$|import\/)/,
    ],
  },
  { room: /^collector\/ip-data\//, may: [leaves, waist, /^collector\/reveal\//] },
  {
    room: /^collector\/doctor\//,
    may: [leaves, waist, verdicts, /^collector\/reveal\/(address|reserved|listed|reason)\.ts$/],
  },
  {
    room: /^collector\/(draft|events|keyed-hash|config|tag-settings|time|url)\.ts$/,
    may: [wire, leaves, verdicts],
  },
  { room: /^dashboard\/client\//, may: [] },
  {
    room: /^dashboard\//,
    may: [
      wire,
      leaves,
      waist,
      reasons,
      verdicts,
      decided,
      access,
      typed,
      /^collector\/(journey|deliver|ip-data|doctor|segment|score)\//,
      /^collector\/receive\/import\//,
    ],
  },
];

describe('the house', () => {
  test('its top level holds what the plan says and nothing else', () => {
    const top = [...new Set(files.map((file) => file.split('/')[0] ?? ''))].filter(
      (name) => !name.startsWith('.'),
    );
    expect(top.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'collector',
      'dashboard',
      'docs',
      'package-lock.json',
      'package.json',
      'test',
      'tracker',
      'tsconfig.json',
    ]);
  });

  test('imports go one way: no room reaches into one it must not know', () => {
    const wrong = product.flatMap((file) => {
      const plan = rooms.find(({ room }) => room.test(file));
      if (plan === undefined) return [];
      return importsOf(file)
        .filter((target) => !plan.room.test(target) && !plan.may.some((allowed) => allowed.test(target)))
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('nobody imports the composition root but the command line and the demo, which start it', () => {
    const importers = product.filter((file) => importsOf(file).includes('collector/main.ts'));
    expect(
      importers.filter((file) => file !== 'collector/cli.ts' && !file.startsWith('collector/demo/')),
    ).toEqual([]);
  });

  test('imports make no circles, not even for types', () => {
    const graph = new Map(product.map((file) => [file, importsOf(file)]));
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('a command that needs no server starts without loading one', () => {
    const ofServers = ['hono', '@hono/node-server', '@hono/zod-openapi', 'better-auth', 'ohm-js'];
    const ofStores = ['better-sqlite3', 'kysely'];
    const cli = loadedWith('collector/cli.ts');
    expect(cli).toContain('commander');
    expect([...ofServers, ...ofStores].filter((name) => cli.has(name))).toEqual([]);
    // What every command on a store opens.
    const rooms = loadedWith('collector/rooms.ts');
    expect(rooms).toContain('better-sqlite3');
    expect(ofServers.filter((name) => rooms.has(name))).toEqual([]);
    // So that the question can be answered with yes.
    expect(ofServers.filter((name) => !loadedWith('collector/main.ts').has(name))).toEqual([]);
  });

  test('SQL is written in the store and nowhere else', () => {
    const statement =
      /\b(select\s+[\w*,\s.()]+\s+from|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(table|index))\b/i;
    const elsewhere = product
      .filter((file) => !file.startsWith('collector/store/'))
      // Prose may say "select … from"; code says it in a string that is not a comment.
      .filter((file) => statement.test(textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(elsewhere).toEqual([]);
  });

  test.each(Object.entries(maxTagBytes))('%s is as small as it promises, and loads nothing', (name, most) => {
    const script = readFileSync(path.join(packageRoot, 'dist/tracker', name));
    const brotli = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    const gzip = gzipSync(script, { level: 9 }).length;
    console.info(`${name}: ${script.length} bytes raw, ${gzip} gzip, ${brotli} brotli`);
    expect(brotli).toBeLessThanOrEqual(most.brotli);
    expect(gzip).toBeLessThanOrEqual(most.gzip);
    expect(script.toString()).not.toMatch(/\bimport\b|\bexport\b|\brequire\(|hasBreadth|hasEverything/);
  });

  test.each(['t.js', 't.least.js'])('%s has no code that could read what was typed', (name) => {
    const script = readFileSync(path.join(packageRoot, 'dist/tracker', name), 'utf8');
    // That something was typed may be heard, by `input` and `change`; but nothing that holds what it was.
    expect(script).not.toMatch(
      /FormData|\bvalue|\.elements|innerText|textContent|innerHTML|key(down|up|press)|beforeinput|clipboard/i,
    );
    expect(script).not.toMatch(/\b(checked|data|files|key|code|selected\w*|selection\w*)\b(?!-)/);
  });

  test('only config.ts reads the environment', () => {
    expect(product.filter((file) => /process\.env\b/.test(textOf(file)))).toEqual(['collector/config.ts']);
  });
});
