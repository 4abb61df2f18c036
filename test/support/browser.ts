/** Real Chromium for tests: the system's where there is one, else the one that comes as a package. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A program and the arguments it cannot run without. */
export interface BrowserCommand {
  executablePath: string;
  args: string[];
}

/**
 * Which browser to start, and how.
 * @param candidates where the system may have one
 */
export async function findBrowser(candidates: readonly string[] = installed): Promise<BrowserCommand> {
  const found = candidates.find((candidate) => existsSync(candidate));
  const { executablePath, args } =
    found === undefined ? await packaged() : { executablePath: found, args: [] };
  // Containers and CI mostly run as root, where the sandbox refuses to start.
  return { executablePath, args: [...args, '--no-sandbox'] };
}

/**
 * Starts headless Chromium; whoever calls closes it.
 * @param options further arguments, and Playwright's own that are not wanted
 * @throws Error if the browser does not start
 */
export async function launchBrowser(
  options: Pick<LaunchOptions, 'args' | 'ignoreDefaultArgs'> = {},
  candidates?: readonly string[],
): Promise<Browser> {
  const { executablePath, args } = await findBrowser(candidates);
  return chromium.launch({ ...options, executablePath, args: [...args, ...(options.args ?? [])] });
}

/** Unpacks the package's browser into the temporary folder, once a machine. */
async function packaged(): Promise<BrowserCommand> {
  const { default: chromiumPackage } = await import('@sparticuz/chromium');
  return { executablePath: await chromiumPackage.executablePath(), args: chromiumPackage.args };
}
