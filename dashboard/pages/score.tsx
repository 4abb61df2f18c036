/** What scores are made of: everybody reads it; owners change it, look what that would do, publish it and go back. */
import type { Context } from 'hono';
import { z } from 'zod';
import { currentScoring } from '../../collector/score/keep.ts';
import { presetScoring } from '../../collector/score/preset.ts';
import { bands } from '../../collector/segment/tree.ts';
import type { ScoreVersion } from '../../collector/store/scores.ts';
import { ReadGivenUp, StoreBusy } from '../../collector/store/store.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Preview } from '../parts/score-preview.tsx';
import { RuleForm, RuleMessages, RuleTable } from '../parts/score-rules.tsx';
import { SegmentReference } from '../parts/segment-reference.tsx';
import { maySetUp } from '../roles.ts';
import {
  checkScoring,
  emptyRule,
  readTypedScoring,
  type ScoringProblems,
  type TypedScoring,
  typedOf,
} from '../score-input.ts';
import { boughtBy, previewScore, type ScorePreview } from '../score-preview.ts';
import { scoringOf } from '../shown-score.ts';
import { number } from '../words.ts';
import { problem } from './problem.tsx';

const versionsShown = 50;
const maxNoteLength = 200;
const maxBoughtLength = 500;

interface Draft {
  typed: TypedScoring;
  bought: string;
  note: string;
  /** Null: not looked at yet. */
  problems: ScoringProblems | null;
  preview: ScorePreview | null;
  /** Says why it was not published. */
  refused?: string;
}

function Versions(props: {
  versions: readonly ScoreVersion[];
  current: number;
  now: number;
  isOwner: boolean;
}) {
  const { versions, current, now, isOwner } = props;
  const Row = ({ id, children }: { id: number; children: unknown }) => (
    <tr>
      <th scope="row">
        <a href={`/settings/score?version=${id}`}>{id === 0 ? 'As it came' : `Version ${id}`}</a>
        {id === current && <span class="badge badge-new">in force</span>}
      </th>
      {children}
      {isOwner && (
        <td>
          {id !== current && (
            <form method="post" action={`/settings/score/${id}/restore`}>
              <button
                type="submit"
                class="button button-small"
                aria-label={id === 0 ? 'Go back to how it came' : `Go back to version ${id}`}
              >
                Go back
              </button>
            </form>
          )}
        </td>
      )}
    </tr>
  );
  return (
    <section class="card card-list" aria-labelledby="versions-title">
      <h2 class="list-title" id="versions-title">
        Versions
      </h2>
      <table class="list list-rules list-versions">
        <caption class="hidden">Versions of the score</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Published</th>
            <th scope="col">Why</th>
            {isOwner && (
              <th scope="col">
                <span class="hidden">Go back</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {versions.map(({ id, madeAt, madeBy, note }) => (
            <Row id={id}>
              <td data-label="Published">
                <Moment at={madeAt} now={now} /> by {madeBy}
              </td>
              <td data-label="Why">{note || '–'}</td>
            </Row>
          ))}
          <Row id={0}>
            <td data-label="Published">–</td>
            <td data-label="Why">The score that comes with the program</td>
          </Row>
        </tbody>
      </table>
    </section>
  );
}

function Editor({ draft }: { draft: Draft }) {
  const { typed, problems, preview, refused } = draft;
  const bound = (name: 'cap' | 'warm' | 'hot', label: string) => (
    <Field
      name={name}
      label={label}
      error={problems?.[name]}
      input={{ type: 'text', inputmode: 'numeric', value: typed[name], autocomplete: 'off' }}
    />
  );
  return (
    <>
      {refused !== undefined && <Notice>{refused}</Notice>}
      <form method="post" action="/settings/score#preview" class="form score-form" data-score>
        {/* Enter in a field looks; it would press the first button, which takes a rule away. */}
        <button type="submit" name="action" value="preview" class="hidden-until-focus button">
          See what it would change
        </button>
        <section class="card form" aria-label="Rules">
          <h2>Rules</h2>
          <RuleForm rules={typed.rules} problems={problems?.rules ?? []} />
          {problems?.all !== undefined && <p class="field-error">{problems.all}</p>}
          <div class="form-row score-bounds">
            {bound('warm', 'Warm from')}
            {bound('hot', 'Hot from')}
            {bound('cap', 'At most')}
          </div>
          <Field
            name="bought"
            label="Who bought is known by"
            hint="Optional. An expression such as event(“Purchase”): the preview shows how buyers would have scored before."
            input={{
              type: 'text',
              value: draft.bought,
              maxlength: maxBoughtLength,
              autocapitalize: 'none',
              spellcheck: false,
              autocomplete: 'off',
            }}
          />
          <Field
            name="note"
            label="Why this change"
            hint="Optional, for whoever reads this in a year."
            input={{ type: 'text', value: draft.note, maxlength: maxNoteLength }}
          />
          <div class="segment-buttons">
            <button
              type="submit"
              name="action"
              value="preview"
              class={preview === null ? 'button button-primary' : 'button'}
            >
              See what it would change
            </button>
            <button
              type="submit"
              name="action"
              value="publish"
              class={preview === null ? 'button' : 'button button-primary'}
            >
              Publish
            </button>
          </div>
        </section>
        {preview !== null && <Preview preview={preview} />}
      </form>
    </>
  );
}

async function page(c: Context<Env>, house: House, draft: Draft | null) {
  const isOwner = maySetUp(c.get('user'));
  const { version, scoring } = await currentScoring(house.store);
  const versions = await house.store.scoreVersions(versionsShown);
  const now = await house.store.scoreBands();
  const total = bands.reduce((sum, band) => sum + now[band], 0);
  const asked = z.coerce.number().int().min(0).safeParse(c.req.query('version'));
  const other = draft !== null || !asked.success || asked.data === version ? null : asked.data;
  const rules = (other === null ? null : await scoringOf(house, other)) ?? scoring;
  const published = z.coerce.number().int().positive().safeParse(c.req.query('published'));
  const shown: Draft = draft ?? {
    typed: typedOf(rules),
    bought: boughtBy(await house.store.knownNames()),
    note: '',
    problems: null,
    preview: null,
  };
  return render(
    c,
    house,
    {
      title: 'Score',
      place: 'score',
      scripts: ['segment'],
      status: shown.refused === undefined ? 200 : 400,
    },
    <>
      <div class="page-head">
        <h1>Score</h1>
      </div>
      <p class="lead">
        How much a company’s visits suggest that it is worth a call, from 0 to {scoring.cap}: {scoring.warm}{' '}
        and more is warm, {scoring.hot} and more hot. Every score says on the company’s page how it came
        about.
      </p>
      {published.success && published.data === version && (
        <div class="notice notice-done" role="status">
          <Icon name="check" />
          <p>Version {version} is in force.</p>
        </div>
      )}
      <p class="score-now">
        {total === 0
          ? 'No company has a score yet.'
          : bands.toReversed().map((band) => (
              <a href={`/accounts?period=all&where=${encodeURIComponent(`score = "${band}"`)}`}>
                <strong>{number(now[band])}</strong> <span class={`score-band score-${band}`}>{band}</span>
              </a>
            ))}
      </p>
      {rules !== scoring && (
        <p class="notice notice-done" role="status">
          <Icon name="warning" />
          <span>
            These are the rules {other === 0 ? 'that came with the program' : `of version ${other}`}, which
            are not in force. <a href="/settings/score">Show those that are</a>
          </span>
        </p>
      )}
      {isOwner ? (
        <Editor draft={shown} />
      ) : (
        <section class="card card-list" aria-labelledby="rules-title">
          <h2 class="list-title" id="rules-title">
            Rules
          </h2>
          <RuleTable scoring={rules} />
        </section>
      )}
      <Versions versions={versions} current={version} now={house.now()} isOwner={isOwner} />
      {isOwner && <SegmentReference />}
    </>,
  );
}

export function scorePage(house: House): Page {
  return (c) => page(c, house, null);
}

/** Looks at a draft, or publishes it. */
export function saveScore(house: House): Page {
  return async (c) => {
    const field = await readForm(c);
    const action = field('action');
    const typed = readTypedScoring(field);
    const removed = /^remove-(\d{1,2})$/.exec(action)?.[1];
    const draft: Draft = {
      typed: { ...typed, rules: typed.rules.filter((_, index) => String(index) !== removed) },
      bought: field('bought').trim().slice(0, maxBoughtLength),
      note: field('note').trim().slice(0, maxNoteLength),
      problems: null,
      preview: null,
    };
    if (removed !== undefined) return page(c, house, draft);
    const { scoring, problems } = checkScoring(typed, await house.store.knownNames());
    if (scoring === null) {
      const refused = 'It cannot be worked out yet: see what is marked below.';
      return page(c, house, { ...draft, problems, refused });
    }
    if (action !== 'publish') {
      const preview = await previewScore(house, await currentScoring(house.store), scoring, draft.bought);
      return page(c, house, { ...draft, problems, preview });
    }
    const { id } = await house.store.publishScoring(scoring, c.get('user').email, draft.note, house.now());
    return inForce(c, house, id);
  };
}

/** The list has the new scores when its reader comes to it. */
async function inForce(c: Context<Env>, house: House, version: number) {
  const who = c.get('user').email;
  await house.store.record({ who, what: 'settings', subject: 'the score', detail: { version } }, house.now());
  try {
    await house.scores.refresh();
  } catch (error) {
    // It is in force, and the next round works it out.
    if (!(error instanceof ReadGivenUp || error instanceof StoreBusy)) throw error;
  }
  return c.redirect(`/settings/score?published=${version}`, 303);
}

export function restoreScore(house: House): Page {
  return async (c) => {
    const asked = z.coerce.number().int().min(0).safeParse(c.req.param('id'));
    const scoring = asked.success ? await scoringOf(house, asked.data) : null;
    if (!asked.success || scoring === null)
      return problem(c, house, 404, 'There is no such version', 'See the list of versions below the rules.');
    const note = asked.data === 0 ? 'Back to how it came' : `Back to version ${asked.data}`;
    const { id } = await house.store.publishScoring(scoring, c.get('user').email, note, house.now());
    return inForce(c, house, id);
  };
}

/** What is to be said of one rule while somebody types it. */
export function checkScoreRule(house: House): Page {
  return async (c) => {
    const field = await readForm(c);
    const rule = { ...emptyRule, expression: field('text'), points: '1' };
    const typed = { ...typedOf(presetScoring), rules: [rule] };
    const [problems] = checkScoring(typed, await house.store.knownNames()).problems.rules;
    return c.json({
      isReadable: problems?.read?.read.problem === null,
      messages:
        field('text').trim() === ''
          ? ''
          : String(<RuleMessages text={field('text')} problems={problems ?? null} />),
    });
  };
}
