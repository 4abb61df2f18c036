/** Real Chromium for tests: the system's where there is one, else the one that comes as a package. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { packageRoot } from '../../collector/package-root.ts';

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
  /** False for the packaged one, a smaller program without a back-forward cache. */
  isWhole: boolean;
}

/**
 * Which browser to start, and how.
 * @param candidates where the system may have one
 */
export async function findBrowser(candidates: readonly string[] = installed): Promise<BrowserCommand> {
  const found = candidates.find((candidate) => existsSync(candidate));
  return {
    executablePath: found ?? (await unpack()),
    // Containers and CI mostly run as root, where the sandbox refuses to start.
    args: ['--no-sandbox'],
    isWhole: found !== undefined,
  };
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

/**
 * Unpacks the package's browser into the temporary folder, once a machine and version. The arguments that come with it
 * are for one short visit: `--single-process` ends the browser with its first context, others switch web security off.
 */
async function unpack(): Promise<string> {
  const about = path.join(packageRoot, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(about, 'utf8')) as { version: string };
  const folder = path.join(tmpdir(), `footlight-chromium-${version}`);
  if (!existsSync(folder)) {
    // Test files run side by side: each unpacks into a folder of its own, and the first to be done gives it the name.
    const own = await mkdtemp(`${folder}-`);
    const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: packageRoot,
      env: { ...process.env, TMPDIR: own },
    });
    await rename(own, folder).catch(() => rm(own, { recursive: true }));
  }
  return path.join(folder, 'chromium');
}
