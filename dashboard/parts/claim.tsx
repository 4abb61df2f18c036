/**
 * A company's name, with what makes us think it is them: shown when the pointer or the keyboard is on it, read out
 * as the link's description, and laid out in full on the company's own page.
 */
import type { Evidence, Kind } from '../../collector/reveal/verdict.ts';
import { confidenceWords, evidenceWords, kindWords } from '../words.ts';
import { Monogram } from './monogram.tsx';

export function Claim(props: {
  id: string;
  name: string;
  domain: string | null;
  kind: Kind;
  confidence: number;
  evidence: readonly Evidence[];
  /** Left out where there is no page to go to; the name takes the focus itself then. */
  href?: string;
  /** Its page can be asked for more to show beside the reasons. */
  hasPreview?: boolean;
}) {
  const { id, name, domain, kind, confidence, evidence, href, hasPreview } = props;
  const described = { 'aria-describedby': id, class: 'claim-name' };
  return (
    <div class="claim" data-hint="" data-preview={hasPreview ? '' : undefined}>
      <Monogram name={name} />
      <div class="claim-words">
        {href ? (
          <a href={href} {...described}>
            {name}
          </a>
        ) : (
          <button type="button" {...described}>
            {name}
          </button>
        )}
        {/* Networks without a page have a column for their kind. */}
        {(domain || href) && <span class="claim-domain">{domain ?? kindWords[kind]}</span>}
      </div>
      <div class="hint" id={id} role="tooltip">
        {/* In full, since the list cuts long names; those who hear the page have just heard it. */}
        <p class="hint-name" aria-hidden="true">
          {name}
        </p>
        <p>
          {kindWords[kind]} · {confidence > 0 ? confidenceWords(confidence) : 'not a company’s own network'}
        </p>
        {evidence.length > 0 && (
          <ul>
            {evidence.slice(0, 3).map((item) => (
              <li>{evidenceWords(item)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
