import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../collector/package-root.ts';

const folder = path.join(packageRoot, 'dashboard/client/styles');
const tokens = readFileSync(path.join(folder, '1-tokens.css'), 'utf8');
const written = readFileSync(path.join(packageRoot, 'docs/design.md'), 'utf8');

/** Light and dark, as `#rrggbb`. */
const colours = new Map(
  [...tokens.matchAll(/(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, [light, dark] as const],
  ),
);

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const rows = [...written.matchAll(/^\| `(--[\w-]+)` \| `(--[\w-]+)` \| ([\d.]+) \| ([\d.]+) \|$/gm)].map(
  ([, ink = '', ground = '', light = '', dark = '']) => ({
    ink,
    ground,
    said: [Number(light), Number(dark)],
  }),
);

test.each(rows)(
  '$ink on $ground has the contrast that docs/design.md says, and enough',
  ({ ink, ground, said }) => {
    const isText = !/^--(line|bar)/.test(ink);
    for (const theme of [0, 1] as const) {
      const ratio = contrast(colours.get(ink)?.[theme] ?? '', colours.get(ground)?.[theme] ?? '');
      expect(Math.abs(ratio - (said[theme] ?? 0))).toBeLessThan(0.06);
      expect(ratio).toBeGreaterThanOrEqual(isText ? 4.5 : 3);
    }
  },
);

test('sizes of text and corners are those that docs/design.md lists', () => {
  const sizes = [...tokens.matchAll(/(--text(?:-\w+)?): ([\d.]+)rem/g)].map(([, name, rem]) => [
    name,
    `${Math.round(Number(rem) * 16)} px`,
  ]);
  const listed = [...written.matchAll(/^\| `(--text[\w-]*)` \| (\d+ px) \|/gm)].map(([, name, px]) => [
    name,
    px,
  ]);
  expect(sizes).toEqual(expect.arrayContaining(listed));
  expect(listed).toHaveLength(sizes.length);
});

test('no style names a colour, a size of text or a corner of its own', () => {
  const own = readdirSync(folder)
    // On paper there is one theme: black on white.
    .filter((file) => file !== '1-tokens.css' && file !== '9-print.css')
    .flatMap((file) =>
      readFileSync(path.join(folder, file), 'utf8')
        .split('\n')
        .filter(
          (line) =>
            /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|light-dark)\(/i.test(line.replace(/\/\*.*?\*\//g, '')) ||
            /^\s*font-size: [\d.]+(px|rem)/.test(line) ||
            /^\s*border-radius: [1-9][\d.]*(px|rem)/.test(line),
        )
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(own).toEqual([]);
});
