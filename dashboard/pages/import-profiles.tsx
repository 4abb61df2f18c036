/** A file of company profiles: chosen, shown with what is wrong in it, and taken in when that is right. */
import type { Context } from 'hono';
import { maxProfileRows, type ReadRow, readProfiles } from '../../collector/receive/profiles.ts';
import type { ProfileRow } from '../../collector/store/store.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { mayManageAccounts } from '../roles.ts';
import { counted, number } from '../words.ts';
import { problem } from './problem.tsx';

const shownRows = 20;
const shownErrors = 50;
/** How long a file that was shown waits to be taken in. */
const waitMs = 30 * 60_000;
/** Files that wait at once; each may be large. */
const maxWaiting = 4;
const perBatch = 500;

interface Waiting {
  rows: ProfileRow[];
  at: number;
}

type Refused = Extract<ReadRow, { refused: unknown }>;

/** Files that were shown, one a user: the browser would have to send them again. */
export function createWaitingFiles(now: () => number) {
  const files = new Map<string, Waiting>();
  return {
    put(userId: string, rows: ProfileRow[]): void {
      files.delete(userId);
      for (const [id, { at }] of files) if (files.size >= maxWaiting || now() - at > waitMs) files.delete(id);
      files.set(userId, { rows, at: now() });
    },
    take(userId: string): ProfileRow[] | null {
      const found = files.get(userId);
      files.delete(userId);
      return found === undefined || now() - found.at > waitMs ? null : found.rows;
    },
  };
}

type WaitingFiles = ReturnType<typeof createWaitingFiles>;

function FileForm() {
  return (
    <section class="card" aria-labelledby="file-title">
      <div class="card-head">
        <h2 id="file-title">Choose a file</h2>
      </div>
      <form method="post" action="/accounts/import" enctype="multipart/form-data" class="form">
        <div class="field">
          <label for="file">CSV file</label>
          <p class="field-hint" id="file-hint">
            Its first line names the columns: name, domain, industry, size, country (two letters), owner.
            Every other column becomes an attribute. Up to 20 MB and {number(maxProfileRows)} rows.
          </p>
          <input
            type="file"
            id="file"
            name="file"
            accept=".csv,text/csv"
            required
            aria-describedby="file-hint"
          />
        </div>
        <button type="submit" class="button button-primary">
          Show what is in it
        </button>
      </form>
    </section>
  );
}

function Preview({ rows }: { rows: readonly ProfileRow[] }) {
  return (
    <table class="list list-rules">
      <caption class="hidden">The first rows of the file</caption>
      <thead>
        <tr>
          <th scope="col">Company</th>
          <th scope="col">Industry</th>
          <th scope="col">Size</th>
          <th scope="col">Country</th>
          <th scope="col">Owner</th>
          <th scope="col">Attributes</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, shownRows).map((row) => (
          <tr>
            <th scope="row">
              {row.name ?? row.domain}
              {row.name && row.domain && <span class="claim-domain">{row.domain}</span>}
            </th>
            <td data-label="Industry">{row.industry ?? '–'}</td>
            <td data-label="Size">{row.size ?? '–'}</td>
            <td data-label="Country">{row.country ?? '–'}</td>
            <td data-label="Owner">{row.owner ?? '–'}</td>
            <td data-label="Attributes">
              {Object.entries(row.attributes)
                .map(([name, value]) => `${name}: ${value}`)
                .join(', ') || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Errors({ refused }: { refused: readonly Refused[] }) {
  return (
    <section class="card" aria-labelledby="errors-title">
      <div class="card-head">
        <h2 id="errors-title">{counted(refused.length, 'row')} left out</h2>
      </div>
      <ul class="import-errors">
        {refused.slice(0, shownErrors).map(({ line, says }) => (
          <li>
            <strong>Line {number(line)}</strong>: {says}
          </li>
        ))}
      </ul>
      {refused.length > shownErrors && <p class="muted">and {number(refused.length - shownErrors)} more</p>}
    </section>
  );
}

function frame(c: Context<Env>, house: House, status: 200 | 400, body: unknown) {
  return render(
    c,
    house,
    { title: 'Import profiles', place: 'accounts', status },
    <>
      <a class="back" href="/accounts">
        <Icon name="left" />
        Companies
      </a>
      <div class="page-head">
        <h1>Import company profiles</h1>
      </div>
      <p class="lead">
        What you know of companies beats what any database says of them: their name first. The same file again
        changes nothing.
      </p>
      {body}
    </>,
  );
}

const notYours = (c: Context<Env>, house: House) =>
  problem(c, house, 403, 'Not yours to import', 'Ask an owner or a marketer of this Footlight.');

export function importPage(house: House): Page {
  return (c) => (mayManageAccounts(c.get('user')) ? frame(c, house, 200, <FileForm />) : notYours(c, house));
}

async function fileOf(c: Context<Env>): Promise<string | null> {
  try {
    const { file } = await c.req.parseBody();
    return file instanceof File ? await file.text() : null;
  } catch {
    // No form with a file in it.
    return null;
  }
}

export function previewImport(house: House, waiting: WaitingFiles): Page {
  return async (c) => {
    if (!mayManageAccounts(c.get('user'))) return notYours(c, house);
    const again = (says: string) =>
      frame(
        c,
        house,
        400,
        <div class="stack">
          <Notice>{says}</Notice>
          <FileForm />
        </div>,
      );
    const text = await fileOf(c);
    if (text === null) return again('Choose a file.');
    const rows: ProfileRow[] = [];
    const refused: Refused[] = [];
    try {
      for await (const read of readProfiles([text])) {
        if ('row' in read) rows.push(read.row);
        else refused.push(read);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return again(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
    }
    waiting.put(c.get('user').id, rows);
    return frame(
      c,
      house,
      200,
      <div class="stack">
        <section class="card card-list">
          <p class="list-note">
            {counted(rows.length, 'company', 'companies')} can be taken in
            {rows.length > shownRows && `; here are the first ${shownRows}`}.
          </p>
          {rows.length > 0 && <Preview rows={rows} />}
          <div class="import-actions">
            {rows.length > 0 && (
              <form method="post" action="/accounts/import/confirm">
                <button type="submit" class="button button-primary">
                  Import {counted(rows.length, 'company', 'companies')}
                </button>
              </form>
            )}
            <a class="button" href="/accounts/import">
              Choose another file
            </a>
          </div>
        </section>
        {refused.length > 0 && <Errors refused={refused} />}
      </div>,
    );
  };
}

export function confirmImport(house: House, waiting: WaitingFiles): Page {
  return async (c) => {
    const user = c.get('user');
    if (!mayManageAccounts(user)) return notYours(c, house);
    const rows = waiting.take(user.id);
    if (rows === null)
      return frame(
        c,
        house,
        400,
        <div class="stack">
          <Notice>The file is no longer here; choose it again.</Notice>
          <FileForm />
        </div>,
      );
    let stored = 0;
    for (let start = 0; start < rows.length; start += perBatch) {
      const outcomes = await house.store.importProfiles(
        rows.slice(start, start + perBatch),
        user.email,
        house.now(),
      );
      stored += outcomes.filter((outcome) => outcome === 'stored').length;
      // Between two batches events are taken in.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const detail = { rows: rows.length, stored };
    await house.store.record(
      { who: user.email, what: 'import', subject: 'company profiles', detail },
      house.now(),
    );
    return frame(
      c,
      house,
      200,
      <div class="notice notice-done" role="status">
        <Icon name="check" />
        <p>
          {counted(stored, 'company', 'companies')} taken in; {number(rows.length - stored)} said what was
          known already. <a href="/accounts">Back to the companies</a>
        </p>
      </div>,
    );
  };
}
