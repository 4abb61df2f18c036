/** How much of what can be known of companies and people is known, field by field. */
import type { Completeness as Counted } from '../../collector/store/completeness.ts';
import { number, percent } from '../words.ts';

const companyWords = {
  domain: 'Domain',
  country: 'Country',
  industry: 'Industry',
  size: 'Employees',
  owner: 'Owner',
} as const;
const personWords = { email: 'E-mail', name: 'Name', title: 'Title', role: 'Part in buying' } as const;

function Fields<Field extends string>(props: {
  caption: string;
  known: { total: number } & Record<Field, number>;
  words: Readonly<Record<Field, string>>;
}) {
  const { caption, known, words } = props;
  return (
    <table class="plain">
      <caption class="plain-title">
        {caption}: {number(known.total)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Known</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {(Object.entries(words) as [Field, string][]).map(([field, word]) => (
          <tr>
            <th scope="row">{word}</th>
            <td>{number(known[field])}</td>
            <td>{percent(known[field], known.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Completeness({ counted, mayImport }: { counted: Counted; mayImport: boolean }) {
  const { companies, people } = counted;
  return (
    <section class="card" aria-labelledby="completeness">
      <div class="card-head">
        <h2 id="completeness">What is known</h2>
        <span class="muted">of whoever came</span>
      </div>
      {companies.total + people.total === 0 ? (
        <p class="muted">Nobody has come so far of whom something could be known.</p>
      ) : (
        <>
          <Fields caption="Companies" known={companies} words={companyWords} />
          <Fields caption="People who told who they are" known={people} words={personWords} />
          {mayImport && (
            <p>
              <a href="/imports">Bring along what your CRM knows</a>
            </p>
          )}
        </>
      )}
    </section>
  );
}
