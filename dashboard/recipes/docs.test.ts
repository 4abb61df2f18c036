/** The documents have the same pieces to copy as the dashboard. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { proxyNames, proxyRecipe, recipes } from './index.ts';

const tag = {
  origin: 'https://footlight.example.com',
  key: 'YOUR-SITE-KEY',
  waitsForConsent: false,
  hasCalls: false,
};
const documentOf = (name: string) => readFileSync(path.join(packageRoot, 'docs', name), 'utf8');

test.each(Object.entries(recipes))('docs/install.md has what is copied for %s', (_, { make }) => {
  const text = documentOf('install.md');
  for (const { code } of make(tag).pieces) expect(text).toContain(`\n${code.trimEnd()}\n`);
});

test.each(proxyNames)('docs/proxy.md has what is copied for %s', (name) => {
  const text = documentOf('proxy.md');
  for (const { code } of proxyRecipe(tag, name).pieces) expect(text).toContain(`\n${code}\n`);
});

test('the stub that keeps calls is the same in both', () => {
  const [, stub] = recipes.html.make({ ...tag, hasCalls: true }).pieces;
  expect(documentOf('install.md')).toContain(stub?.code.replace('</script>', ''));
});
