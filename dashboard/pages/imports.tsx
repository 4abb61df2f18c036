/** The log of imports, one import with what became of it, and taking it back. */
import type { Context } from 'hono';
import { type RowRefusal, rowRefusals } from '../../collector/receive/import/refusals.ts';
import { type Import, ImportRefused } from '../../collector/store/imports.ts';
import type { AccountName } from '../../collector/store/store.ts';
import type { Env, House, Page } from '../house.ts';
import { kindTitles, rowWords, stateOf, stateWords } from '../import-words.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { mayManageAccounts } from '../roles.ts';
import { counted, dateTime, number } from '../words.ts';
import { notYours } from './import-file.tsx';
import { problem } from './problem.tsx';

const perPage = 50;
const shownAccounts = 12;

function Log({ imports, now }: { imports: readonly Import[]; now: number }) {
  return (
    <table class="list list-rules">
      <caption class="hidden">Files that were taken in, newest first</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Stored</th>
          <th scope="col">Known already</th>
          <th scope="col">Left out</th>
          <th scope="col">By</th>
          <th scope="col">State</th>
          <th scope="col">
            <span class="hidden">Undo</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => {
          const state = stateOf(one, now);
          return (
            <tr>
              <th scope="row">
                <a href={`/imports/${one.id}`}>{one.fileName}</a>
                <span class="claim-domain">{kindTitles[one.kind]}</span>
              </th>
              <td data-label="Stored">{number(one.stored)}</td>
              <td data-label="Known">{number(one.duplicates)}</td>
              <td data-label="Left out">{number(one.read - one.stored - one.duplicates)}</td>
              <td data-label="By">
                {one.by}
                <span class="claim-domain">
                  <Moment at={one.at} now={now} />
                </span>
              </td>
              <td data-label="State">{stateWords[state]}</td>
              <td>
                {state !== 'undone' && state !== 'running' && (
                  <a class="button button-small" href={`/imports/${one.id}#undo`}>
                    Undo<span class="hidden"> {one.fileName}</span>
                  </a>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function importsPage(house: House): Page {
  return async (c) => {
    if (!mayManageAccounts(c.get('user'))) return notYours(c, house);
    const page = Math.max(1, Math.min(10_000, Number(c.req.query('page')) || 1));
    const offset = (Math.floor(page) - 1) * perPage;
    const { rows, total } = await house.store.imports({ offset, limit: perPage });
    return render(
      c,
      house,
      { title: 'Imports', place: 'accounts' },
      <>
        <a class="back" href="/accounts">
          <Icon name="left" />
          Companies
        </a>
        <div class="page-head">
          <h1>Imports</h1>
          <a class="button button-primary" href="/imports/new">
            <Icon name="upload" />
            Import a file
          </a>
        </div>
        <section class="card card-list">
          {rows.length === 0 ? (
            <EmptyState
              icon="upload"
              title="Nothing was imported yet"
              action={{ href: '/imports/new', label: 'Import a file' }}
            >
              Bring along what happened away from the site, the people you know, and what you know of
              companies. A whole import can be undone.
            </EmptyState>
          ) : (
            <Log imports={rows} now={house.now()} />
          )}
          {total > perPage && (
            <nav class="pager" aria-label="Pages">
              <span>
                {number(offset + 1)}–{number(offset + rows.length)} of {number(total)}
              </span>
              {offset > 0 && (
                <a class="button" rel="prev" href={`/imports?page=${page - 1}`}>
                  <Icon name="left" />
                  Previous
                </a>
              )}
              {offset + rows.length < total && (
                <a class="button" rel="next" href={`/imports?page=${page + 1}`}>
                  Next
                  <Icon name="right" />
                </a>
              )}
            </nav>
          )}
        </section>
      </>,
    );
  };
}

function Became({ one, now }: { one: Import; now: number }) {
  const state = stateOf(one, now);
  const [row, rows] = rowWords[one.kind];
  if (state === 'running')
    return (
      <p class="signal" role="status" data-reload-when-done={`/imports/${one.id}/state`}>
        Under way: {number(one.read)} rows read. It goes on without this page; look again in a moment.
      </p>
    );
  if (state === 'undone')
    return (
      <div class="notice notice-done" role="status">
        <Icon name="check" />
        <p>
          Undone by {one.undoneBy} on {dateTime(one.undoneAt ?? 0)}. The same file can be taken in again.
        </p>
      </div>
    );
  if (state === 'stopped')
    return (
      <Notice>
        It stopped before its end{one.problem && `: ${one.problem}`}. What came before is stored; the same
        file again goes on from there.
      </Notice>
    );
  return (
    <div class="notice notice-done" role="status">
      <Icon name="check" />
      <p>
        {counted(one.stored, row, rows)} taken in
        {one.duplicates > 0 && `; ${counted(one.duplicates, 'row')} said what was known already`}.
      </p>
    </div>
  );
}

function Counts({ one }: { one: Import }) {
  return (
    <section class="card" aria-labelledby="counts-title">
      <div class="card-head">
        <h2 id="counts-title">What became of its rows</h2>
        <span class="muted">
          {one.by}, {dateTime(one.at)}
        </span>
      </div>
      <dl class="profile">
        {(
          [
            ['Read', one.read],
            ['Stored', one.stored],
            ['Known already', one.duplicates],
            ...Object.entries(one.dropped).map(
              ([reason, count]) =>
                [`Left out: ${rowRefusals[reason as RowRefusal] ?? reason}`, count] as const,
            ),
          ] as const
        ).map(([label, count]) => (
          <div>
            <dt>{label}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Told({ accounts }: { accounts: readonly (AccountName & { rows: number })[] }) {
  if (accounts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="told-title">
      <div class="card-head">
        <h2 id="told-title">Companies it tells of</h2>
        {accounts.length === shownAccounts && <span class="muted">Those with the most rows</span>}
      </div>
      <ul class="import-accounts">
        {accounts.map(({ id, name, rows }) => (
          <li>
            <a href={`/accounts/${id}`}>{name}</a> <span class="muted">{counted(rows, 'row')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function UndoForm({ one }: { one: Import }) {
  return (
    <section class="card" id="undo" aria-labelledby="undo-title">
      <div class="card-head">
        <h2 id="undo-title">Undo this import</h2>
      </div>
      <form method="post" action={`/imports/${one.id}/undo`} class="form">
        <p>
          Everything is as if the file had never been taken in. What another import told too stays, and so
          does what was there before.
        </p>
        <div>
          <button type="submit" class="button">
            Undo the whole import
          </button>
        </div>
      </form>
    </section>
  );
}

async function shown(c: Context<Env>, house: House, one: Import, wrong: string | null = null) {
  const now = house.now();
  const state = stateOf(one, now);
  const accounts = state === 'undone' ? [] : await house.store.importedAccounts(one.id, shownAccounts);
  return render(
    c,
    house,
    {
      title: one.fileName,
      place: 'accounts',
      status: wrong === null ? 200 : 400,
      scripts: state === 'running' ? ['reload'] : [],
    },
    <>
      <a class="back" href="/imports">
        <Icon name="left" />
        Imports
      </a>
      <div class="page-head">
        <h1>{one.fileName}</h1>
        <span class="muted">
          {kindTitles[one.kind]} · import {one.id}
        </span>
      </div>
      <div class="stack">
        {wrong !== null && <Notice>{wrong}</Notice>}
        <Became one={one} now={now} />
        <Counts one={one} />
        <Told accounts={accounts} />
        {(state === 'done' || state === 'stopped') && <UndoForm one={one} />}
      </div>
    </>,
  );
}

function withImport(house: House, page: (c: Context<Env>, one: Import) => Promise<Response>): Page {
  return async (c) => {
    if (!mayManageAccounts(c.get('user'))) return notYours(c, house);
    const id = Number(c.req.param('id'));
    const one = Number.isSafeInteger(id) ? await house.store.import(id) : null;
    return one === null
      ? problem(c, house, 404, 'No such import', 'The address may have been mistyped.')
      : page(c, one);
  };
}

export function importPage(house: House): Page {
  return withImport(house, async (c, one) => shown(c, house, one));
}

/** For the page that waits for its end. */
export function importState(house: House): Page {
  return withImport(house, async (c, one) => c.json({ isDone: stateOf(one, house.now()) !== 'running' }));
}

export function undoImport(house: House): Page {
  return withImport(house, async (c, one) => {
    try {
      await house.store.undoImport(one.id, c.get('user').email, house.now());
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      return shown(c, house, one, `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`);
    }
    return c.redirect(`/imports/${one.id}`, 303);
  });
}
