/** Why visits were given to an account: the evidence in plain words, how sure it is and how old its data. */
import type { AccountDetail } from '../../collector/store/store.ts';
import { confidenceWords, counted, evidenceWords, sourceWords } from '../words.ts';
import { Moment } from './moment.tsx';

/** The strongest; the others are asked for. */
const shown = 1;

type AttributionFacts = AccountDetail['attributions'][number];

function Attribution({ item, now }: { item: AttributionFacts; now: number }) {
  return (
    <li class="attribution">
      <p class="attribution-head">
        <strong>{confidenceWords(item.confidence)}</strong>
        <span class="muted">
          {counted(item.visits, 'visit')}, last <Moment at={item.lastAt} now={now} />
        </span>
      </p>
      <ul>
        {item.evidence.map((evidence) => (
          <li>
            <span class="attribution-source">
              {evidence.source === 'learned' ? (
                <a href="/learned">{sourceWords[evidence.source]}</a>
              ) : (
                sourceWords[evidence.source]
              )}
            </span>
            <span>{evidenceWords(evidence)}</span>
          </li>
        ))}
        {item.prefix && (
          <li>
            <span class="attribution-source">Network</span>
            <span>
              <code>{item.prefix}</code>
            </span>
          </li>
        )}
      </ul>
    </li>
  );
}

export function Attributions(props: { attributions: readonly AttributionFacts[]; now: number }) {
  const { attributions } = props;
  const rest = attributions.slice(shown);
  const item = (attribution: AttributionFacts) => <Attribution item={attribution} now={props.now} />;
  return (
    <>
      <ul>{attributions.slice(0, shown).map(item)}</ul>
      {rest.length > 0 && (
        <details class="more">
          <summary>{counted(rest.length, 'more reason')}</summary>
          <ul>{rest.map(item)}</ul>
        </details>
      )}
    </>
  );
}
