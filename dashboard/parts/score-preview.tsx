/** What another score would change, laid out before anybody else sees it. */
import type { Scoring } from '../../collector/score/scoring.ts';
import { type Band, bands } from '../../collector/segment/tree.ts';
import type { BuyersScored, ScoreChange, ScoreComparison } from '../../collector/store/scores.ts';
import { daysBack, fewestBuyers, type ScorePreview } from '../score-preview.ts';
import { toldReasons } from '../shown-score.ts';
import { counted, number, percent } from '../words.ts';
import { ReasonList } from './score.tsx';
import { SegmentMessages } from './segment-text.tsx';

const tooLong = <p class="field-hint">This took too long just now. Look again in a moment.</p>;

function BandTable(props: {
  caption: string;
  columns: { label: string; counts: Record<Band, number>; isShare?: true }[];
}) {
  const { caption, columns } = props;
  const told = (counts: Record<Band, number>, band: Band, isShare = false) =>
    isShare
      ? percent(
          counts[band],
          bands.reduce((sum, one) => sum + counts[one], 0),
        )
      : number(counts[band]);
  return (
    <table class="plain band-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">Word</span>
          </th>
          {columns.map(({ label }) => (
            <th scope="col">{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bands.toReversed().map((band) => (
          <tr>
            <th scope="row">
              <span class={`score-band score-${band}`}>{band}</span>
            </th>
            {columns.map(({ counts, isShare }) => (
              <td>{told(counts, band, isShare)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Compared({ found, when }: { found: ScoreComparison | null; when: string }) {
  if (found === null) return tooLong;
  return (
    <BandTable
      caption={when}
      columns={[
        { label: 'in force', counts: found.before },
        { label: 'this draft', counts: found.after },
      ]}
    />
  );
}

/** Reasons told of each change. */
const reasonsShown = 3;

function Changes(props: { title: string; changes: readonly ScoreChange[]; before: Scoring; after: Scoring }) {
  const { title, changes, before, after } = props;
  if (changes.length === 0) return null;
  return (
    <div class="score-changes">
      <h3>{title}</h3>
      <ul>
        {changes.map((change) => (
          <li>
            <p>
              <a href={`/accounts/${change.id}`}>{change.name}</a> {change.before} → {change.after}
            </p>
            <div class="change-reasons">
              <div>
                <span class="field-hint">In force</span>
                <ReasonList reasons={toldReasons(change.reasonsBefore, before).slice(0, reasonsShown)} />
              </div>
              <div>
                <span class="field-hint">This draft</span>
                <ReasonList reasons={toldReasons(change.reasonsAfter, after).slice(0, reasonsShown)} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Buyers({ found }: { found: BuyersScored }) {
  const { buyers, known, looked, before, after, others } = found;
  const whole = `${counted(buyers, 'company', 'companies')} bought; ${number(known)} of them had come ${daysBack} days before.`;
  if (looked < fewestBuyers) {
    return (
      <p class="score-few">
        <strong>Not enough data.</strong> {whole} Below {fewestBuyers}, shares say nothing.
      </p>
    );
  }
  return (
    <>
      <p>
        {whole}
        {looked < known && ` The latest ${looked} are counted here.`}
      </p>
      <BandTable
        caption={`${daysBack} days before they bought`}
        columns={[
          { label: `in force (n = ${looked})`, counts: before, isShare: true },
          { label: `this draft (n = ${looked})`, counts: after, isShare: true },
          { label: 'this draft, who did not buy', counts: others, isShare: true },
        ]}
      />
      <p class="field-hint">
        Those who did not buy are as they were {daysBack} days ago. A score is good where buyers were warm and
        hot more often than they. What your files say of companies is taken as it is today.
      </p>
    </>
  );
}

export function Preview({ preview }: { preview: ScorePreview }) {
  const { now, past, before, after, bought } = preview;
  return (
    <section class="card score-preview" id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">What this draft would change</h2>
      <p class="field-hint">Nothing of it is in force, and nobody else sees it.</p>
      <div class="preview-tables">
        <Compared found={now} when="Companies now" />
        <Compared found={past} when={`Companies ${daysBack} days ago`} />
      </div>
      {now !== null && (
        <>
          <p>
            {now.changed === 0
              ? 'No company’s score would be another.'
              : `${counted(now.changed, 'company', 'companies')} would have another score.`}
          </p>
          <div class="preview-changes">
            <Changes title="Would rise the most" changes={now.risers} before={before} after={after} />
            <Changes title="Would fall the most" changes={now.fallers} before={before} after={after} />
          </div>
        </>
      )}
      <h3>Those who later bought</h3>
      {bought.read === null ? (
        <p class="field-hint">
          Say above how it is known that somebody bought, such as <code>event("Purchase")</code>, and it is
          shown how they would have scored {daysBack} days before.
        </p>
      ) : bought.read.problem !== null ? (
        <SegmentMessages text={bought.text} read={bought.read} />
      ) : bought.problem !== null ? (
        <p class="field-error">{bought.problem}</p>
      ) : bought.found === null ? (
        tooLong
      ) : (
        <Buyers found={bought.found} />
      )}
    </section>
  );
}
