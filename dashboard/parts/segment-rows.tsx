/** A segment as rows of a form: what, compared how, with what, in which time. */
import { type Row, rowOperators } from '../../collector/segment/rows.ts';
import { type Term, termNames, terms } from '../../collector/segment/terms.ts';
import { namesOf, rowsToShow, type SegmentLook } from '../look-at-segment.ts';
import { noRows, rowField, stamp } from '../segment-input.ts';

const groups: { label: string; kinds: Term['kind'][] }[] = [
  { label: 'What they did', kinds: ['count'] },
  { label: 'How they came', kinds: ['visit'] },
  { label: 'Who they are', kinds: ['text', 'mixed'] },
  { label: 'When', kinds: ['day'] },
];

function TermSelect({ index, row }: { index: number; row: Row }) {
  return (
    <select name={rowField(index, 'term')} aria-label={`Condition ${index + 1}: what`}>
      <option value="">{index === 0 ? 'Choose…' : 'And then…'}</option>
      {groups.map(({ label, kinds }) => (
        <optgroup label={label}>
          {termNames
            .filter((name) => kinds.includes(terms[name].kind))
            .map((name) => (
              <option value={name} selected={row.term === name}>
                {terms[name].says}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

const operatorWords: { [Operator in (typeof rowOperators)[number]]: string } = {
  '>=': 'at least',
  '>': 'more than',
  '=': 'is',
  '!=': 'is not',
  '<=': 'at most',
  '<': 'less than',
  in: 'is one of',
  'not in': 'is none of',
  like: 'is like',
  'not like': 'is not like',
  within: 'in the last days',
};

/** Comparisons that make sense for a term; all, where it is not chosen yet. */
function operatorsFor(row: Row): readonly (typeof rowOperators)[number][] {
  const term = termOf(row);
  const orders = ['>=', '>', '=', '!=', '<=', '<'] as const;
  const likes = ['=', '!=', 'in', 'not in', 'like', 'not like'] as const;
  switch (term?.kind) {
    case undefined:
      return rowOperators;
    case 'count':
      return orders;
    case 'day':
      return ['within', ...orders];
    case 'mixed':
      return rowOperators.filter((operator) => operator !== 'within');
    default:
      return likes;
  }
}

function termOf(row: Row): Term | undefined {
  const name = termNames.find((one) => one === row.term);
  return name === undefined ? undefined : terms[name];
}

interface InputProps {
  index: number;
  row: Row;
  field: keyof Row;
  label: string;
  list?: string | undefined;
  placeholder?: string;
  isNumber?: boolean;
}

function Input({ index, row, field, label, list, placeholder, isNumber = false }: InputProps) {
  return (
    <input
      type="text"
      name={rowField(index, field)}
      value={row[field]}
      list={list}
      placeholder={placeholder}
      inputmode={isNumber ? 'numeric' : undefined}
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      class={isNumber ? 'input-number' : undefined}
      aria-label={`Condition ${index + 1}: ${label}`}
    />
  );
}

const nameLabels: Record<string, string> = {
  viewed: 'page',
  event: 'event',
  form: 'form',
  people: 'buying role',
  trait: 'trait',
};
const namePlaceholders: Record<string, string> = { viewed: '/pricing*', people: 'any role' };

function RowFields({ index, row }: { index: number; row: Row }) {
  const term = termOf(row);
  const kind = namesOf(row.term);
  const list = kind === null ? undefined : `names-${kind}`;
  const hasName = row.term in nameLabels;
  const isCount = term?.kind === 'count';
  const hasWindow = isCount || term?.kind === 'visit';
  const hasPeople = term?.kind === 'visit' || (term?.kind === 'count' && term.may.by);
  const unit = row.term === 'engaged' ? 'minutes' : row.operator === 'within' ? 'days' : '';
  return (
    <div class="segment-row">
      <TermSelect index={index} row={row} />
      {hasName && (
        <Input
          index={index}
          row={row}
          field="name"
          label={nameLabels[row.term] ?? 'name'}
          list={list}
          placeholder={namePlaceholders[row.term] ?? ''}
        />
      )}
      {term !== undefined && (
        <select name={rowField(index, 'operator')} aria-label={`Condition ${index + 1}: compared how`}>
          {operatorsFor(row).map((operator) => (
            <option value={operator} selected={row.operator === operator}>
              {operatorWords[operator]}
            </option>
          ))}
        </select>
      )}
      {term !== undefined && (
        <Input
          index={index}
          row={row}
          field="value"
          label={unit === '' ? 'value' : unit}
          list={hasName ? undefined : list}
          isNumber={isCount}
          placeholder={term.kind === 'day' && row.operator !== 'within' ? '2026-01-31' : ''}
        />
      )}
      {unit !== '' && <span class="segment-unit">{unit}</span>}
      {hasWindow && (
        <span class="segment-limit">
          within
          <Input index={index} row={row} field="days" label="within days" isNumber placeholder="all" />
          days
        </span>
      )}
      {hasPeople && (
        <span class="segment-limit">
          by at least
          <Input index={index} row={row} field="people" label="by at least people" isNumber placeholder="1" />
          people
        </span>
      )}
    </div>
  );
}

export function SegmentRows({ look }: { look: SegmentLook }) {
  if (look.rows === null) {
    return (
      <>
        <input type="hidden" name="rows-were" value={noRows} />
        <p class="field-hint">
          This expression says more than rows can: it has brackets, a “not”, or days that rows have no field
          for. Work on it in the text above.
        </p>
      </>
    );
  }
  const { join, rows } = rowsToShow(look.rows);
  return (
    <>
      <input type="hidden" name="rows-were" value={stamp(look.rows)} />
      <div class="segment-rows">
        {rows.map((row, index) => (
          <RowFields index={index} row={row} />
        ))}
      </div>
      {[...look.names].map(([kind, names]) => (
        <datalist id={`names-${kind}`}>
          {names.map((name) => (
            <option value={name} />
          ))}
        </datalist>
      ))}
      <p class="segment-join">
        <label>
          <input type="radio" name="join" value="and" checked={join === 'and'} />
          all of these
        </label>
        <label>
          <input type="radio" name="join" value="or" checked={join === 'or'} />
          any of these
        </label>
        <button type="submit" name="action" value="check" class="button button-small" data-rows-apply>
          Apply
        </button>
      </p>
    </>
  );
}
