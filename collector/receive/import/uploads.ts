/**
 * Files on their way from a browser to the store: kept on the disk while somebody says what their columns are, for an
 * hour at most and a few at a time.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { importKinds } from '../../store/imports.ts';
import { encodings } from './content.ts';

export const maxUploadBytes = 20 * 1024 * 1024;
const keptMs = 60 * 60_000;
/** Files at once, of everybody and of one person. */
const maxFiles = 8;
const maxOwnFiles = 2;

/** What somebody chose for a file that waits. */
const choices = z.object({
  columns: z.array(z.tuple([z.string(), z.string()])),
  settings: z.object({
    timeZone: z.string(),
    order: z.enum(['dmy', 'mdy']).nullable(),
    kind: z.string(),
    source: z.string(),
    encoding: z.enum(encodings).nullable(),
  }),
  siteId: z.number().nullable(),
});
export type Choices = z.infer<typeof choices>;

const about = z.object({
  userId: z.string(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  sha256: z.string(),
  at: z.number(),
  choices: choices.nullable(),
});

export interface Upload extends z.infer<typeof about> {
  token: string;
  path: string;
}

export interface Uploads {
  /** Keeps a file; the oldest of those that wait give way. */
  put(file: Pick<Upload, 'userId' | 'kind' | 'fileName'>, bytes: Uint8Array): Promise<Upload>;
  /** A file of this person's that waits; null: there is none, or not any more. */
  find(token: string, userId: string): Promise<Upload | null>;
  choose(upload: Upload, chosen: Choices): Promise<Upload>;
  /** The file leaves the row of those that wait: nobody else gets it. Its path stays until `remove`. */
  take(upload: Upload): Promise<boolean>;
  remove(upload: Upload): Promise<void>;
}

/** @param folder made when the first file comes; everything in it is ours */
export function openUploads({ folder, now }: { folder: string; now(): number }): Uploads {
  const fileOf = (token: string) => path.join(folder, token);
  const aboutOf = (token: string) => path.join(folder, `${token}.json`);

  async function read(token: string): Promise<Upload | null> {
    // It becomes a path.
    if (!/^[\w-]{22}$/.test(token)) return null;
    try {
      const said = about.parse(JSON.parse(await readFile(aboutOf(token), 'utf8')));
      return now() - said.at > keptMs ? null : { ...said, token, path: fileOf(token) };
    } catch {
      // Never there, taken, or swept away since.
      return null;
    }
  }

  async function removeToken(token: string): Promise<void> {
    await rm(aboutOf(token), { force: true });
    await rm(fileOf(token), { force: true });
  }

  /** Takes away what is too old, also what a crash left behind, and then the oldest until one more fits. */
  async function makeRoom(userId: string): Promise<void> {
    const names = await readdir(folder);
    const waiting: Upload[] = [];
    for (const name of names.filter((one) => !one.endsWith('.json'))) {
      const upload = await read(name);
      if (upload !== null) waiting.push(upload);
      // Taken ones are being read just now, and are removed by whoever does.
      else if (await isOld(fileOf(name))) await removeToken(name);
    }
    waiting.sort((one, other) => other.at - one.at);
    const own = waiting.filter((upload) => upload.userId === userId).slice(maxOwnFiles - 1);
    for (const { token } of new Set([...own, ...waiting.slice(maxFiles - 1)])) await removeToken(token);
  }

  async function isOld(file: string): Promise<boolean> {
    const found = await stat(file).catch(() => null);
    return found !== null && now() - found.mtimeMs > keptMs;
  }

  const write = ({ token, path: _, ...said }: Upload) =>
    writeFile(aboutOf(token), JSON.stringify(said), { mode: 0o600 });

  return {
    async put(file, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await makeRoom(file.userId);
      const token = randomBytes(16).toString('base64url');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const upload: Upload = { ...file, sha256, at: now(), choices: null, token, path: fileOf(token) };
      await writeFile(upload.path, bytes, { mode: 0o600 });
      await write(upload);
      return upload;
    },
    async find(token, userId) {
      const upload = await read(token);
      return upload?.userId === userId ? upload : null;
    },
    async choose(upload, chosen) {
      const changed = { ...upload, choices: chosen };
      await write(changed);
      return changed;
    },
    async take({ token }) {
      try {
        await rm(aboutOf(token));
        return true;
      } catch {
        // Somebody pressed twice.
        return false;
      }
    },
    remove: ({ token }) => removeToken(token),
  };
}
