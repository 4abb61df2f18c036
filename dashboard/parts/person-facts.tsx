/** What was told of somebody: each value with its type and who said it, and which files can be taken back. */
import type { PersonDetail } from '../../collector/store/person.ts';
import { counted, date } from '../words.ts';

const shownFacts = 10;

interface Fact {
  name: string;
  value: string;
  type: string;
  source: string;
}

const traitSources = { server: 'Your server', log: 'Access log', import: 'Your file' } as const;

function factsOf({ ref, label, email, contact, traits, ids }: PersonDetail): Fact[] {
  const fromFile = (name: string, value: string | null): Fact[] =>
    value === null || value === '' ? [] : [{ name, value, type: 'text', source: 'Your file' }];
  return [
    ...(contact === null
      ? []
      : [
          ...fromFile('Name', contact.name),
          ...fromFile('E-mail', contact.email),
          ...fromFile('Title', contact.title),
          ...fromFile('Department', contact.department),
          ...fromFile('Phone', contact.phone),
          ...Object.entries(contact.attributes).flatMap(([name, value]) => fromFile(name, value)),
        ]),
    ...(ref.kind === 'person' && contact?.email !== label
      ? [{ name: email === null ? 'Your id' : 'E-mail', value: label, type: 'text', source: 'Your site' }]
      : []),
    ...ids.map((id) => ({ name: 'Your id', value: id, type: 'text', source: 'Your site' })),
    ...traits.map(({ name, value, type, at, via }) => ({
      name,
      value,
      type,
      source: `${via in traitSources ? traitSources[via as keyof typeof traitSources] : 'Your site'}, ${date(at)}`,
    })),
  ];
}

function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ name, value, type, source }) => (
        <div>
          <dt>{name}</dt>
          <dd>
            {value}
            <span class="fact-source">
              {source}
              {type !== 'text' && ` · ${type}`}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function PersonFacts({ person, mayImport }: { person: PersonDetail; mayImport: boolean }) {
  const facts = factsOf(person);
  const { files } = person;
  return (
    <section class="card person-card" aria-labelledby="facts-title">
      <h2 id="facts-title">Who they are</h2>
      {facts.length === 0 ? (
        <p class="muted">No file and no call of your site says anything of them.</p>
      ) : (
        <FactList facts={facts.slice(0, shownFacts)} />
      )}
      {facts.length > shownFacts && (
        <details class="more">
          <summary>{counted(facts.length - shownFacts, 'more', 'more')}</summary>
          <FactList facts={facts.slice(shownFacts)} />
        </details>
      )}
      {files.length > 0 && (
        <p class="muted">
          Files that tell of them:{' '}
          {files.map(({ id, fileName }, index) => (
            <>
              {index > 0 && ', '}
              {mayImport ? <a href={`/imports/${id}`}>{fileName}</a> : fileName}
            </>
          ))}
          {mayImport && '. Each can be undone as a whole.'}
        </p>
      )}
    </section>
  );
}
