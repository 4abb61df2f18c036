/** Company data on the health page: what is loaded, what went wrong, and, for owners, fetching it. */
import { basename } from 'node:path';
import type { Running, SourceState } from '../../collector/ip-data/index.ts';
import { type SourceName, sources } from '../../collector/ip-data/sources.ts';
import type { DataFile } from '../../collector/ip-data/status.ts';
import { bytes, counted } from '../words.ts';
import { Icon } from './icon.tsx';
import { Moment } from './moment.tsx';

export interface CompanyDataProps {
  files: readonly DataFile[];
  sources: readonly SourceState[];
  running: Running | null;
  isOwner: boolean;
  now: number;
}

/** What is asked for first: it needs no account, and nothing has to be said for it. */
const offered: SourceName = 'iptoasn';

function FileState({ file, now }: { file: DataFile; now: number }) {
  const isReady = file.state === 'ready';
  const facts = [
    isReady ? 'Ready' : `Not used: ${file.problem}`,
    isReady && file.dataOf && `data of ${file.dataOf}`,
    file.networks !== null &&
      counted(
        file.networks,
        file.kind === 'database' ? 'network' : 'entry',
        file.kind === 'database' ? 'networks' : 'entries',
      ),
    file.licence,
  ];
  return (
    <li class={isReady ? 'signal signal-on' : 'signal signal-bad'}>
      <span class="signal-lamp" aria-hidden="true" />
      <div>
        <strong>{file.title}</strong>
        <p class="muted">{facts.filter(Boolean).join(', ')}</p>
        {isReady && file.problem !== null && <p class="data-problem">{sentence(file.problem)}</p>}
        <p class="muted">
          <code>{file.source === null ? file.path : basename(file.path)}</code>
          {file.fetchedAt !== null && (
            <>
              , fetched <Moment at={file.fetchedAt} now={now} />
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** Nothing is loaded: the one thing to do. */
function Offer({ isOwner, running }: { isOwner: boolean; running: Running | null }) {
  return (
    <div class="data-offer">
      <p>
        None is loaded: companies are known by your rules and by business e-mails only. A table of who
        announces which address names those that run their own network.
      </p>
      {!isOwner ? (
        <p class="muted">An owner can fetch one here.</p>
      ) : (
        running === null && (
          <form method="post" action="/settings/data/fetch">
            <input type="hidden" name="source" value={offered} />
            <button type="submit" class="button button-primary">
              <Icon name="download" />
              Fetch {sources[offered].title} (public domain, no account)
            </button>
          </form>
        )
      )}
    </div>
  );
}

function Progress({ running }: { running: Running }) {
  const { source, bytes: got, total } = running;
  const far =
    got === 0 ? '' : total === null ? `, ${bytes(got)} so far` : `, ${bytes(got)} of ${bytes(total)}`;
  return (
    <p class="signal data-running" role="status" data-reload-when-done="/settings/data/state">
      <span class="signal-lamp" aria-hidden="true" />
      <span>
        Fetching {sources[source].title}
        {far}… <a href="/health">Look again</a>
      </span>
    </p>
  );
}

function SourceRow({ state, isBusy, now }: { state: SourceState; isBusy: boolean; now: number }) {
  const { source, schedule, last, missing } = state;
  const { title, says, home } = sources[source];
  const isMonthly = schedule === 'monthly';
  return (
    <li>
      <div class="data-source">
        <p>
          <a href={home} rel="noreferrer">
            {title}
          </a>
          <span class="muted">{sentence(says)}.</span>
          {last?.problem && (
            <span class="data-problem">
              Could not be fetched <Moment at={last.at} now={now} />: {last.problem}
            </span>
          )}
          {isMonthly && state.nextAt !== null && (
            <span class="muted">
              Fetched every 30 days; next{' '}
              {state.nextAt <= now ? 'within minutes' : new Date(state.nextAt).toISOString().slice(0, 10)}.
            </span>
          )}
          {missing.length > 0 && (
            <span class="muted">
              Set <code>{missing.join(', ')}</code> and restart.
            </span>
          )}
        </p>
        {missing.length === 0 && (
          <div class="data-actions">
            <form method="post" action="/settings/data/fetch">
              <input type="hidden" name="source" value={source} />
              <button
                type="submit"
                class="button button-small"
                disabled={isBusy}
                aria-label={`Fetch ${title} now`}
              >
                Fetch now
              </button>
            </form>
            <form method="post" action="/settings/data/schedule">
              <input type="hidden" name="source" value={source} />
              <button
                type="submit"
                name="schedule"
                value={isMonthly ? 'off' : 'monthly'}
                class="button button-small"
                aria-pressed={isMonthly ? 'true' : 'false'}
                aria-label={`Fetch ${title} every month`}
              >
                {isMonthly && <Icon name="check" />}
                Monthly
              </button>
            </form>
          </div>
        )}
      </div>
    </li>
  );
}

export function CompanyData({ files, sources: states, running, isOwner, now }: CompanyDataProps) {
  const hasDatabase = files.some(({ kind }) => kind === 'database');
  const failed = states.filter(({ last }) => last !== null && last.problem !== null);
  return (
    <section class="card" aria-labelledby="databases" id="data">
      <div class="card-head">
        <h2 id="databases">Company data</h2>
      </div>
      {!hasDatabase && <Offer isOwner={isOwner} running={running} />}
      {running !== null && <Progress running={running} />}
      {files.length > 0 && (
        <ul class="states">
          {files.map((file) => (
            <FileState file={file} now={now} />
          ))}
        </ul>
      )}
      {isOwner && (
        <details class="more data-more" open={failed.length > 0}>
          <summary>Where data can be fetched from</summary>
          <ul class="data-sources">
            {states.map((state) => (
              <SourceRow state={state} isBusy={running !== null} now={now} />
            ))}
          </ul>
          <p class="muted">Nothing is fetched that was not chosen here or on the command line.</p>
        </details>
      )}
    </section>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
