/**
 * What the API can do, made of its own document. It holds no data, so anybody may read it, as the document; who is
 * signed in sees it in the dashboard's frame.
 */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ApiDocumentation } from '../api-document.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { ApiOperation } from '../parts/api-operation.tsx';
import { Icon } from '../parts/icon.tsx';
import { Prose } from '../parts/prose.tsx';
import { problem } from './problem.tsx';

/** What to do about each; its address is the `type` of such an answer. */
const advice: Record<string, string> = {
  'problem-bad-request': 'A parameter is not as it should be, or the body is no JSON. `errors` says where.',
  'problem-no-key': 'Send `Authorization: Bearer fl_…` with a key that is in use.',
  'problem-not-allowed': 'The key lacks a scope, or its role may not. Ask an owner for another key.',
  'problem-not-found': 'There is nothing of that number, or at that address.',
  'problem-no-such-method': 'The address is right, the method is not; `Allow` says which are.',
  'problem-too-large': 'Send less at once.',
  'problem-wrong-type': 'Say what the body is by `Content-Type`.',
  'problem-refused': 'It was understood, and cannot be done; `detail` says why.',
  'problem-too-many-requests':
    'A key may call 240 times at once, and 8 times a second from then on. Come again after `Retry-After` seconds.',
  'problem-failed': 'Our fault. The server’s log says what it was.',
  'problem-busy': 'Come again after `Retry-After` seconds, or ask for a shorter period.',
};

/** Those that no operation has of its own. */
const beyond = [
  { status: '405', title: 'That cannot be done here', kind: 'problem-no-such-method' },
  { status: '500', title: 'Something went wrong on our side', kind: 'problem-failed' },
];

async function frame(c: Context<Env>, house: House, title: string, body: Child) {
  const user = await house.auth.currentUser(c.req.raw.headers);
  if (user) c.set('user', user);
  return render(c, house, { title, place: 'access', scripts: ['copy'], isOpen: true }, body);
}

function Resources({ documentation, current }: { documentation: ApiDocumentation; current?: string }) {
  return (
    <nav class="api-nav" aria-label="Resources of the API">
      <a href="/docs" aria-current={current === undefined ? 'page' : undefined}>
        How to begin
      </a>
      {documentation.resources.map(({ slug, name }) => (
        <a href={`/docs/${slug}`} aria-current={slug === current ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

export function docsPage(house: House): Page {
  return (c) => {
    const { documentation } = house;
    const problems = [...documentation.problems, ...beyond].sort((a, b) => a.status.localeCompare(b.status));
    const call = `curl -H 'Authorization: Bearer fl_…' '${ownOrigin(house, c)}/api/v1/accounts?period=7d'`;
    return frame(
      c,
      house,
      'API',
      <>
        <div class="page-head">
          <h1>API</h1>
          <a href="/openapi.json">
            <Icon name="download" /> OpenAPI 3.1
          </a>
        </div>
        <p class="lead">
          <Prose text={documentation.says} />
        </p>
        <div class="api-columns">
          <Resources documentation={documentation} />
          <div class="stack">
            <section class="card api-operation" aria-labelledby="begin">
              <h2 id="begin">How to begin</h2>
              <p>
                An owner makes a key under <a href="/settings/keys">Access → API keys</a>, or with{' '}
                <code>footlight key create --role marketer --name warehouse</code>. It is shown once. Send it
                with each call:
              </p>
              <div class="piece">
                <pre id="call" tabindex={0} class="piece-lines">
                  <code>{call}</code>
                </pre>
              </div>
            </section>
            {documentation.resources.map(({ slug, name, says, operations }) => (
              <section class="card api-operation" aria-labelledby={`of-${slug}`}>
                <h2 id={`of-${slug}`}>{name}</h2>
                <p>{says}</p>
                <ul class="api-list">
                  {operations.map((operation) => (
                    <li>
                      <a href={`/docs/${slug}#${operation.id}`}>{operation.summary}</a>
                      <span>
                        <span class="badge api-method">{operation.method}</span> <code>{operation.path}</code>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            <section class="card api-operation" aria-labelledby="problems">
              <h2 id="problems">What may go wrong</h2>
              <p>
                Every refusal is <code>application/problem+json</code> (RFC 9457): <code>title</code> says
                what, <code>detail</code> with which value and what to do, <code>errors</code> where.
              </p>
              <dl class="api-problem-list">
                {problems.map(({ status, title, kind }) => (
                  <div id={kind}>
                    <dt>
                      <code>{status}</code> {title}
                    </dt>
                    <dd>
                      <Prose text={advice[kind] ?? ''} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </div>
      </>,
    );
  };
}

export function docsResourcePage(house: House): Page {
  return (c) => {
    const { documentation } = house;
    const found = documentation.resources.find(({ slug }) => slug === c.req.param('resource'));
    if (found === undefined)
      return problem(
        c,
        house,
        404,
        'There is no such part of the API',
        'Its first page lists them all: /docs',
      );
    return frame(
      c,
      house,
      `API: ${found.name}`,
      <>
        <div class="page-head">
          <h1>{found.name}</h1>
        </div>
        <p class="lead">{found.says}</p>
        <div class="api-columns">
          <Resources documentation={documentation} current={found.slug} />
          <div class="stack">
            {found.operations.map((operation) => (
              <ApiOperation operation={operation} origin={ownOrigin(house, c)} />
            ))}
          </div>
        </div>
      </>,
    );
  };
}
