/** A file taken in by hand: chosen, its columns named, shown with what is wrong in it, and stored when that is right. */
import type { Context } from 'hono';
import { type Checked, checkFile, missingOf, sampleOf } from '../../collector/receive/import/check.ts';
import { guessMapping, type Mapping, withChoices } from '../../collector/receive/import/mapping.ts';
import { type Settings, type Subject, usualSettings } from '../../collector/receive/import/subject.ts';
import { subjects } from '../../collector/receive/import/subjects.ts';
import { maxRows, openTable, type Table } from '../../collector/receive/import/table.ts';
import { maxUploadBytes, type Upload } from '../../collector/receive/import/uploads.ts';
import { type ImportKind, importKinds } from '../../collector/store/imports.ts';
import type { Site } from '../../collector/store/store.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { readChoices } from '../import-input.ts';
import { kindTitles, rowWords } from '../import-words.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { ImportPreview, Mistakes } from '../parts/import-preview.tsx';
import { MappingForm } from '../parts/mapping-form.tsx';
import { Notice } from '../parts/notice.tsx';
import { mayManageAccounts } from '../roles.ts';
import { bytes, counted, date, number } from '../words.ts';
import { problem } from './problem.tsx';

/** An import that is over by then is shown as such at once. */
const promptMs = 1_500;
const maxFileNameLength = 200;

const says: Record<ImportKind, string> = {
  touchpoints:
    'Calls, meetings, webinars, support tickets, payments, e-mails, chats, trade fairs: a row each, with its date and whom it was with. They stand in the stories of their companies beside the visits, and are counted as none.',
  contacts:
    'People whom you know: e-mail, name, title, buying role. Those with a business e-mail belong to its company, whether or not they have visited.',
  profiles:
    'What you know of companies: name, domain, industry, size, country, owner. It beats what any database says of them.',
};

export const notYours = (c: Context<Env>, house: House) =>
  problem(c, house, 403, 'Not yours to import', 'Ask an owner or a marketer of this Footlight.');

function FileForm({ kind }: { kind: ImportKind }) {
  return (
    <section class="card" aria-labelledby="file-title">
      <div class="card-head">
        <h2 id="file-title">Choose a file</h2>
      </div>
      <form method="post" action={`/imports/new?kind=${kind}`} enctype="multipart/form-data" class="form">
        <div class="field">
          <label for="file">CSV file, or one with a JSON object a line</label>
          <p class="field-hint" id="file-hint">
            Its first line names the columns; you say what they are in the next step, and nothing is stored
            before. Up to {bytes(maxUploadBytes)} and {number(maxRows)} rows. The same file again stores
            nothing new.
          </p>
          <input
            type="file"
            id="file"
            name="file"
            accept=".csv,.tsv,.txt,.jsonl,.ndjson,.gz,text/csv"
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

function frame(
  c: Context<Env>,
  house: House,
  { kind, title, status = 200 }: { kind: ImportKind; title?: string; status?: 200 | 400 },
  body: unknown,
) {
  return render(
    c,
    house,
    { title: `Import ${kindTitles[kind].toLowerCase()}`, place: 'accounts', status },
    <>
      <a class="back" href="/imports">
        <Icon name="left" />
        Imports
      </a>
      <div class="page-head">
        <h1>{title ?? `Import ${kindTitles[kind].toLowerCase()}`}</h1>
      </div>
      {body}
    </>,
  );
}

function choosing(c: Context<Env>, house: House, kind: ImportKind, wrong: string | null = null) {
  return frame(
    c,
    house,
    { kind, status: wrong === null ? 200 : 400 },
    <div class="stack">
      <nav class="segments import-kinds" aria-label="What the file is about">
        {importKinds.map((one) => (
          <a href={`/imports/new?kind=${one}`} aria-current={one === kind ? 'page' : undefined}>
            {kindTitles[one]}
          </a>
        ))}
      </nav>
      <p class="lead">{says[kind]}</p>
      {wrong !== null && <Notice>{wrong}</Notice>}
      <FileForm kind={kind} />
    </div>,
  );
}

function kindOf(c: Context<Env>): ImportKind {
  const asked = c.req.query('kind');
  return importKinds.find((kind) => kind === asked) ?? 'touchpoints';
}

export function newImportPage(house: House): Page {
  return (c) => (mayManageAccounts(c.get('user')) ? choosing(c, house, kindOf(c)) : notYours(c, house));
}

/** The page that profiles alone once had. */
export const oldImportPage: Page = (c) => c.redirect('/imports/new?kind=profiles', 302);

async function fileOf(c: Context<Env>): Promise<File | null> {
  try {
    const { file } = await c.req.parseBody();
    return file instanceof File && file.size > 0 ? file : null;
  } catch {
    // No form with a file in it.
    return null;
  }
}

export function uploadFile(house: House, only: ImportKind | null = null): Page {
  return async (c) => {
    const user = c.get('user');
    if (!mayManageAccounts(user)) return notYours(c, house);
    const kind = only ?? kindOf(c);
    const file = await fileOf(c);
    if (file === null) return choosing(c, house, kind, 'Choose a file that has something in it.');
    if (file.size > maxUploadBytes)
      return choosing(
        c,
        house,
        kind,
        `The file has ${bytes(file.size)}; up to ${bytes(maxUploadBytes)} can be taken in.`,
      );
    const fileName = file.name.replace(/\p{Cc}+/gu, ' ').slice(-maxFileNameLength) || 'file';
    const content = new Uint8Array(await file.arrayBuffer());
    const upload = await house.uploads.put({ userId: user.id, kind, fileName }, content);
    try {
      await openTable(upload.path, null, { maxBytes: maxUnpackedBytes });
    } catch (error) {
      await house.uploads.remove(upload);
      return choosing(c, house, kind, sentence(error));
    }
    return c.redirect(`/imports/file/${upload.token}`, 303);
  };
}

/** A packed file may be smaller than what is in it, but not by any amount. */
const maxUnpackedBytes = 20 * maxUploadBytes;

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** A file that waits, as far as it is understood. */
interface Understood {
  table: Table;
  mapping: Mapping;
  settings: Settings;
  siteId: number | null;
  samples: Awaited<ReturnType<typeof sampleOf>>;
}

async function understand({ kind, path, choices }: Upload): Promise<Understood> {
  const settings = choices?.settings ?? usualSettings;
  const table = await openTable(path, settings.encoding, { maxBytes: maxUnpackedBytes });
  const samples = await sampleOf(table);
  const guessed = guessMapping(subjects[kind], table.columns, samples.of);
  // Read in another way, the file may have other columns.
  const chosen = (choices?.columns ?? []).filter(([column]) => guessed.has(column));
  const mapping = withChoices(subjects[kind], guessed, chosen);
  return { table, mapping, settings, siteId: choices?.siteId ?? null, samples };
}

const nothingChecked: Checked<unknown> = {
  read: 0,
  good: 0,
  refused: {},
  wrongIn: new Map(),
  mistakes: [],
  rows: [],
};

async function shown(c: Context<Env>, house: House, upload: Upload, wrong: string | null = null) {
  const { kind, fileName, token } = upload;
  const subject = subjects[kind] as Subject<unknown>;
  const sites = await house.store.sites();
  const { table, mapping, settings, siteId, samples } = await understand(upload);
  const missing = missingOf(subject, mapping, settings);
  const checked =
    missing === null
      ? await checkFile(subject, table, { mapping, settings, now: house.now })
      : nothingChecked;
  const before = await house.store.importOfFile(kind, upload.sha256);
  const action = `/imports/file/${token}`;
  const [one, many] = rowWords[kind];
  return frame(
    c,
    house,
    { kind, title: fileName, status: wrong === null ? 200 : 400 },
    <div class="stack">
      {wrong !== null && <Notice>{wrong}</Notice>}
      {missing !== null && <Notice>{sentence(missing)}</Notice>}
      {before !== null && (
        <p class="notice notice-done">
          <Icon name="check" />
          <span>
            This very file was taken in on {date(before.at)} (
            <a href={`/imports/${before.id}`}>import {before.id}</a>
            ). What is known already is not stored again.
          </span>
        </p>
      )}
      <section class="card card-list" aria-labelledby="columns-title">
        <div class="card-head import-head">
          <h2 id="columns-title">{kindTitles[kind]}: what the columns are</h2>
          <span class="muted">{counted(table.columns.length, 'column')}</span>
        </div>
        <MappingForm
          {...{ action, mapping, samples, settings, sites, siteId }}
          columns={table.columns}
          fields={subject.fields}
          wrongIn={checked.wrongIn}
          hasTimes={kind === 'touchpoints'}
        />
      </section>
      {missing === null && (
        <section class="card card-list" aria-labelledby="preview-title">
          <div class="card-head import-head">
            <h2 id="preview-title">
              {counted(checked.good, one, many)} can be taken in
              {checked.read > checked.good && `, ${number(checked.read - checked.good)} cannot`}
            </h2>
            {checked.good > checked.rows.length && (
              <span class="muted">The first {number(checked.rows.length)} of them</span>
            )}
          </div>
          {checked.rows.length > 0 && <ImportPreview kind={kind} rows={checked.rows} />}
          <div class="import-actions">
            {checked.good > 0 && (
              <form method="post" action={`${action}/import`}>
                <button type="submit" class="button button-primary">
                  Import {counted(checked.good, one, many)}
                </button>
              </form>
            )}
            <a class="button" href={`/imports/new?kind=${kind}`}>
              Choose another file
            </a>
          </div>
        </section>
      )}
      {checked.mistakes.length > 0 && (
        <Mistakes mistakes={checked.mistakes} total={checked.read - checked.good} />
      )}
    </div>,
  );
}

/** Runs a page about a file that waits. */
function withUpload(house: House, page: (c: Context<Env>, upload: Upload) => Promise<Response>): Page {
  return async (c) => {
    const user = c.get('user');
    if (!mayManageAccounts(user)) return notYours(c, house);
    const upload = await house.uploads.find(c.req.param('token') ?? '', user.id);
    return upload === null
      ? choosing(c, house, 'touchpoints', 'The file is no longer here; choose it again.')
      : page(c, upload);
  };
}

export function filePage(house: House): Page {
  return withUpload(house, async (c, upload) => shown(c, house, upload));
}

export function chooseColumns(house: House): Page {
  return withUpload(house, async (c, upload) => {
    const form = await readForm(c);
    const { table } = await understand(upload);
    const read = readChoices(form, table.columns, await house.store.sites());
    if ('wrong' in read) return shown(c, house, upload, read.wrong);
    try {
      // Chosen together they may contradict each other.
      await understand({ ...upload, choices: read.choices });
    } catch (error) {
      return shown(c, house, upload, sentence(error));
    }
    await house.uploads.choose(upload, read.choices);
    return c.redirect(`/imports/file/${upload.token}`, 303);
  });
}

export function importUpload(house: House): Page {
  return withUpload(house, async (c, upload) => {
    const { table, mapping, settings, siteId } = await understand(upload);
    const missing = missingOf(subjects[upload.kind] as Subject<unknown>, mapping, settings);
    const site = siteFor(await house.store.sites(), siteId);
    if (missing !== null) return shown(c, house, upload, sentence(missing));
    if (upload.kind === 'touchpoints' && site === null)
      return shown(c, house, upload, 'Touchpoints belong to a site, and there is none yet; add one first.');
    if (!(await house.uploads.take(upload)))
      return choosing(c, house, upload.kind, 'The file is no longer here; choose it again.');
    const { id, ended } = await house.imports.start({
      kind: upload.kind,
      fileName: upload.fileName,
      table,
      mapping,
      settings,
      site,
      by: c.get('user').email,
    });
    // Why it failed, the log of imports says.
    const over = ended.catch(() => undefined).finally(() => house.uploads.remove(upload));
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, promptMs).unref())]);
    return c.redirect(`/imports/${id}`, 303);
  });
}

function siteFor(sites: readonly Site[], siteId: number | null): Site | null {
  return sites.find(({ id }) => id === siteId) ?? sites[0] ?? null;
}
