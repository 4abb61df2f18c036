/** One operation of the API: what it does, takes and answers, with a call to copy. */
import { curlOf, type DocumentedField, type DocumentedOperation } from '../api-document.ts';
import { Icon } from './icon.tsx';
import { Prose } from './prose.tsx';

function Fields({
  caption,
  fields,
  isAnswer,
}: {
  caption: string;
  fields: readonly DocumentedField[];
  isAnswer: boolean;
}) {
  return (
    <table class="plain api-fields">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Is</th>
          <th scope="col">Means</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, says, isRequired }) => (
          <tr>
            <th scope="row">
              <code>{name}</code>
              {isRequired && !isAnswer && <span class="api-needed">needed</span>}
            </th>
            <td>{type}</td>
            <td>
              <Prose text={says} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sample({ id, title, text, canCopy }: { id: string; title: string; text: string; canCopy: boolean }) {
  return (
    <div class="piece">
      <div class="piece-head">
        <h3>{title}</h3>
        {canCopy && (
          <button type="button" class="button button-small" data-copy={id} hidden>
            <Icon name="copy" />
            <span data-copy-label>Copy</span>
            <span class="hidden">: {title}</span>
          </button>
        )}
      </div>
      <pre id={id} tabindex={0} class="piece-lines">
        <code>{text}</code>
      </pre>
    </div>
  );
}

export function ApiOperation({ operation, origin }: { operation: DocumentedOperation; origin: string }) {
  const { id, method, path, summary, says, parameters, body, answer, problems } = operation;
  return (
    <section class="card api-operation" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{summary}</h2>
      <p class="api-path">
        <span class="badge api-method">{method}</span> <code>{path}</code>
      </p>
      {says.map((paragraph) => (
        <p>
          <Prose text={paragraph} />
        </p>
      ))}
      {parameters.length > 0 && (
        <>
          <h3>Parameters</h3>
          <Fields caption={`Parameters of ${summary}`} fields={parameters} isAnswer={false} />
        </>
      )}
      {body?.kinds.some((fields) => fields.length > 0) && (
        <>
          <h3>{body.kinds.length > 1 ? 'Body, one of these kinds' : 'Body'}</h3>
          {body.kinds.map((fields) => (
            <>
              {body.kinds.length > 1 && (
                <h4>
                  <code>{fields[0]?.type}</code>
                </h4>
              )}
              <Fields caption={`Body of ${summary}`} fields={fields} isAnswer={false} />
            </>
          ))}
        </>
      )}
      <Sample id={`${id}-call`} title="Call" text={curlOf(operation, origin)} canCopy={true} />
      {body?.type === 'text/csv' && (
        <Sample id={`${id}-body`} title="The file" text={body.example} canCopy={false} />
      )}
      <Sample
        id={`${id}-answer`}
        title={`Answer: ${answer.status}, ${answer.type}`}
        text={answer.type.endsWith('ndjson') ? JSON.stringify(JSON.parse(answer.example)) : answer.example}
        canCopy={false}
      />
      <details class="api-more">
        <summary>Fields of the answer</summary>
        <Fields caption={`Fields of the answer to ${summary}`} fields={answer.fields} isAnswer={true} />
      </details>
      <p class="api-problems">
        Else:{' '}
        {problems.map(({ status, title, kind }, index) => (
          <>
            {index > 0 && ' · '}
            <a href={`/docs#${kind}`} title={title}>
              {status}
            </a>
          </>
        ))}
      </p>
    </section>
  );
}
