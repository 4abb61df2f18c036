/** Real Chromium for tests: the system's where there is one, else the one that comes as a package. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * Starts headless Chromium; whoever calls closes it.
 * @throws Error if neither browser starts
 */
export async function launchBrowser(candidates: readonly string[] = installed): Promise<Browser> {
  const found = candidates.find((candidate) => existsSync(candidate));
  const options = found === undefined ? await packaged() : { executablePath: found, args: [] };
  // Containers and CI mostly run as root, where the sandbox refuses to start.
  return chromium.launch({ ...options, args: [...options.args, '--no-sandbox'] });
}

/** Unpacks the package's browser into the temporary folder, once a machine. */
async function packaged(): Promise<LaunchOptions & { args: string[] }> {
  const { default: chromiumPackage } = await import('@sparticuz/chromium');
  return { executablePath: await chromiumPackage.executablePath(), args: chromiumPackage.args };
}
