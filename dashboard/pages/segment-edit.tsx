/** One segment: its text, the same as rows, and who is in it. */
import type { Context } from 'hono';
import { maxTextLength } from '../../collector/segment/bounds.ts';
import type { Rows } from '../../collector/segment/rows.ts';
import type { SavedSegment } from '../../collector/store/segments.ts';
import { readTyped } from '../asked-segment.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { lookAtSegment } from '../look-at-segment.ts';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SegmentReference } from '../parts/segment-reference.tsx';
import { SegmentResult } from '../parts/segment-result.tsx';
import { SegmentRows } from '../parts/segment-rows.tsx';
import { SegmentMessages } from '../parts/segment-text.tsx';
import { mayChangeSegment, mayManageAccounts, type User } from '../roles.ts';
import { readTypedSegment, type TypedSegment } from '../segment-input.ts';
import { problem } from './problem.tsx';

/** Segments that one person may keep: each is counted when the list is opened. */
const maxSegments = 100;

async function editor(
  c: Context<Env>,
  house: House,
  saved: SavedSegment | null,
  typed: Pick<TypedSegment, 'name' | 'text' | 'isShared'> & { rows?: Rows | null },
  problems: { name?: string; refused?: string } = {},
) {
  const user = c.get('user');
  const look = await lookAtSegment(house, typed.text, typed.rows);
  const isRefused = Object.keys(problems).length > 0;
  const mayChange = saved === null || mayChangeSegment(user, saved);
  const title = saved === null ? 'New segment' : saved.name;
  return render(
    c,
    house,
    { title, place: 'segments', scripts: ['segment'], status: isRefused ? 400 : 200 },
    <>
      <div class="page-head">
        <h1>{title}</h1>
        {saved !== null && (
          <span class="page-actions">
            <a class="button" href={`/accounts?segment=${saved.id}`}>
              See the companies
            </a>
          </span>
        )}
      </div>
      {problems.refused !== undefined && <Notice>{problems.refused}</Notice>}
      {!mayChange && saved !== null && (
        <p class="lead">
          {saved.owner} made this segment. You can try what you like here; keep it under a name of your own.
        </p>
      )}
      <form
        method="post"
        action={saved === null || !mayChange ? '/segments/new' : `/segments/${saved.id}/edit`}
        class="form segment-form"
        data-segment
      >
        <input type="hidden" name="was" value={typed.text} />
        <div class="segment-edit">
          <section class="card form" aria-label="The segment">
            <Field
              name="name"
              label="Name"
              error={problems.name}
              input={{ type: 'text', value: typed.name, maxlength: 80, placeholder: 'Ready for a call' }}
            />
            <div class="field">
              <label for="text">Companies where</label>
              <p class="field-hint" id="text-hint">
                Conditions joined by <code>and</code>, <code>or</code>, <code>not</code>. Every term is in the
                reference <a href="#terms">below</a>.
              </p>
              <div class="segment-field">
                <textarea
                  id="text"
                  name="text"
                  rows={4}
                  maxlength={maxTextLength}
                  spellcheck={false}
                  autocapitalize="none"
                  autocomplete="off"
                  aria-describedby="text-hint text-messages"
                  aria-invalid={look.read?.problem ? 'true' : undefined}
                >
                  {typed.text}
                </textarea>
                <div id="text-choices" class="segment-choices" role="listbox" aria-label="Names" hidden />
              </div>
              <div id="text-messages" aria-live="polite">
                <SegmentMessages text={typed.text} read={look.read} />
              </div>
            </div>
            <fieldset class="segment-builder">
              <legend>The same, in rows</legend>
              <div id="segment-rows">
                <SegmentRows look={look} />
              </div>
            </fieldset>
            {mayManageAccounts(user) && (
              <p class="segment-share">
                <input type="checkbox" id="shared" name="shared" value="yes" checked={typed.isShared} />
                <label for="shared">Everybody here sees it</label>
              </p>
            )}
            <div class="segment-buttons">
              <button type="submit" name="action" value="save" class="button button-primary">
                Keep it
              </button>
              <button type="submit" name="action" value="check" class="button">
                Check
              </button>
            </div>
          </section>
          <section
            class="card segment-result"
            aria-label="Companies in it"
            id="segment-result"
            aria-live="polite"
          >
            <SegmentResult look={look} now={house.now()} />
          </section>
        </div>
      </form>
      {saved !== null && mayChange && (
        <form method="post" action={`/segments/${saved.id}/remove`} class="segment-remove">
          <button type="submit" class="button button-small">
            Take this segment away
          </button>
        </form>
      )}
      <SegmentReference />
    </>,
  );
}

const numberOf = (c: Context<Env>) => Number(/^\d{1,15}$/.exec(c.req.param('id') ?? '')?.[0] ?? 0);

const missing = (c: Context<Env>, house: House) =>
  problem(
    c,
    house,
    404,
    'There is no such segment',
    'It was taken away, or it is somebody else’s and not shared.',
  );

export function newSegmentPage(house: House): Page {
  return (c) => {
    const text = (c.req.query('text') ?? '').slice(0, maxTextLength);
    return editor(c, house, null, { name: '', text, isShared: false });
  };
}

export function segmentPage(house: House): Page {
  return async (c) => {
    const saved = await house.store.savedSegment(numberOf(c), c.get('user').email);
    if (saved === null) return missing(c, house);
    return editor(c, house, saved, { name: saved.name, text: saved.expression, isShared: saved.isShared });
  };
}

/** Keeps a new segment or a changed one; what only asks to look is answered with the page. */
export function saveSegment(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const isNew = c.req.param('id') === undefined;
    const saved = isNew ? null : await house.store.savedSegment(numberOf(c), user.email);
    if (!isNew && saved === null) return missing(c, house);
    if (saved !== null && !mayChangeSegment(user, saved))
      return problem(c, house, 403, 'This segment is somebody else’s', `Ask ${saved.owner} to change it.`);
    const typed = readTypedSegment(await readForm(c));
    if (typed.action !== 'save') return editor(c, house, saved, typed);
    const read = await readTyped(house, typed.text);
    if (read.problem !== null)
      return editor(c, house, saved, typed, { refused: 'It was not kept: the text cannot be read yet.' });
    if (typed.name === '')
      return editor(c, house, saved, typed, { name: 'A name, so that it can be found again.' });
    if (saved === null && (await countOwn(house, user)) >= maxSegments)
      return editor(c, house, saved, typed, {
        refused: `You keep ${maxSegments} segments already, and that is the most. Take one away first.`,
      });
    // Who may not share leaves it as it is.
    const isShared = mayManageAccounts(user) ? typed.isShared : (saved?.isShared ?? false);
    const draft = { name: typed.name, expression: typed.text.trim(), isShared };
    await house.store.saveSegment(saved?.id ?? null, draft, user.email, house.now());
    return c.redirect('/segments', 303);
  };
}

async function countOwn(house: House, user: User): Promise<number> {
  return (await house.store.savedSegments(user.email)).filter(({ owner }) => owner === user.email).length;
}

export function removeSegment(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const saved = await house.store.savedSegment(numberOf(c), user.email);
    if (saved === null) return missing(c, house);
    if (!mayChangeSegment(user, saved))
      return problem(c, house, 403, 'This segment is somebody else’s', `Ask ${saved.owner} to take it away.`);
    await house.store.removeSegment(saved.id);
    return c.redirect('/segments', 303);
  };
}
