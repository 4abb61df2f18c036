/** Styles and scripts of the pages: read once at the start, named by their content, cached for a year. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../collector/package-root.ts';

/** Client scripts by the name of their file in `dashboard/client/`. */
export const scripts = [
  'chosen',
  'copy',
  'filters',
  'hints',
  'keys',
  'live',
  'menus',
  'periods',
  'preview',
  'rail',
  'reload',
  'segment',
  'waiting',
] as const;
export type Script = (typeof scripts)[number];

interface Asset {
  body: string;
  contentType: string;
}

export interface Assets {
  /** Path of the one style sheet. */
  styles: string;
  icon: string;
  scripts: Record<Script, string>;
  /** What is served under a path's last part; undefined: nothing of that name. */
  find(name: string): Asset | undefined;
}

/**
 * Reads everything the pages need. Styles come from the sources and scripts from the build, both found from the
 * package's folder, so that it is the same for tests (run from the sources) and for the server (run from `dist/`).
 * @param scriptFolder compiled client scripts; left out: `dist/dashboard/client`
 * @throws Error that names a script which is not built
 */
export function readAssets(scriptFolder?: string): Assets {
  const files = new Map<string, Asset>();

  function add(name: string, extension: string, contentType: string, body: string): string {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const file = `${name}.${hash}.${extension}`;
    files.set(file, { body, contentType });
    return `/assets/${file}`;
  }

  // Numbered, so that the order of the cascade can be seen in the folder.
  const styleFolder = join(packageRoot, 'dashboard/client/styles');
  const css = readdirSync(styleFolder)
    .filter((file) => file.endsWith('.css'))
    .sort()
    .map((file) => readFileSync(join(styleFolder, file), 'utf8'))
    .join('\n');

  const from = scriptFolder ?? join(packageRoot, 'dist/dashboard/client');
  function script(name: Script): string {
    const path = join(from, `${name}.js`);
    if (!existsSync(path)) throw new Error(`${path} is missing; run \`npm run build\``);
    return add(name, 'js', 'text/javascript; charset=utf-8', readFileSync(path, 'utf8'));
  }

  const icon = readFileSync(join(packageRoot, 'dashboard/client/icon.svg'), 'utf8');

  return {
    icon: add('icon', 'svg', 'image/svg+xml', icon),
    styles: add('app', 'css', 'text/css; charset=utf-8', css),
    scripts: {
      chosen: script('chosen'),
      copy: script('copy'),
      filters: script('filters'),
      hints: script('hints'),
      keys: script('keys'),
      live: script('live'),
      menus: script('menus'),
      periods: script('periods'),
      preview: script('preview'),
      rail: script('rail'),
      reload: script('reload'),
      segment: script('segment'),
      waiting: script('waiting'),
    },
    find: (name) => files.get(name),
  };
}
