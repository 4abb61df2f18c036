/** Which column of a file is what, and how its values are to be read. */
import type { Child } from 'hono/jsx';
import { touchpointKinds } from '../../collector/draft.ts';
import type { Samples } from '../../collector/receive/import/check.ts';
import { encodings } from '../../collector/receive/import/content.ts';
import { asAttribute, leftOut, type Mapping } from '../../collector/receive/import/mapping.ts';
import type { Field, Settings } from '../../collector/receive/import/subject.ts';
import { touchpointNames } from '../../collector/receive/import/touchpoint-kind.ts';
import type { Site } from '../../collector/store/store.ts';
import { counted, percent } from '../words.ts';
import { Field as Input } from './field.tsx';

const shownSamples = 3;
const shownLength = 60;

function Select(props: {
  id: string;
  value: string;
  options: readonly (readonly [string, string])[];
  label?: string;
}) {
  return (
    <select
      id={props.id}
      name={props.id}
      aria-label={props.label}
      aria-describedby={props.label ? undefined : `${props.id}-hint`}
    >
      {props.options.map(([value, label]) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Labelled({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  children: Child;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  );
}

interface Props {
  action: string;
  columns: readonly string[];
  fields: readonly Field[];
  mapping: Mapping;
  samples: Samples;
  /** Values that are none of their kind, by column. */
  wrongIn: ReadonlyMap<string, number>;
}

function Columns({ columns, fields, mapping, samples, wrongIn }: Omit<Props, 'action'>) {
  const options = [
    ...fields.map(({ name, label }) => [name, label] as const),
    [asAttribute, 'Kept under its own name'] as const,
    [leftOut, 'Left out'] as const,
  ];
  return (
    <table class="list list-rules list-mapping">
      <caption class="hidden">Columns of the file</caption>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Holds</th>
          <th scope="col">Filled</th>
          <th scope="col">Is</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, index) => {
          const values = samples.of(column);
          const wrong = wrongIn.get(column) ?? 0;
          return (
            <tr>
              <th scope="row">{column || '(no name)'}</th>
              <td data-label="Holds" class="mapping-samples">
                {values
                  .slice(0, shownSamples)
                  .map((value) => (value.length > shownLength ? `${value.slice(0, shownLength)}…` : value))
                  .join(' · ') || '–'}
              </td>
              <td data-label="Filled">
                {percent(values.length, samples.rows)}
                {wrong > 0 && <span class="mapping-wrong">{counted(wrong, 'wrong value')}</span>}
              </td>
              <td data-label="Is">
                <Select
                  id={`column-${index}`}
                  value={mapping.get(column) ?? asAttribute}
                  options={options}
                  label={`What ${column || 'the column without a name'} is`}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Reading({
  settings,
  sites,
  siteId,
}: {
  settings: Settings;
  sites: readonly Site[];
  siteId: number | null;
}) {
  return (
    <div class="form-row">
      <Input
        name="time-zone"
        label="Time zone"
        hint="Of times that say none themselves"
        input={{ type: 'text', value: settings.timeZone, maxlength: 100, spellcheck: false }}
      />
      <Labelled id="order" label="Dates like 03/04/2026" hint="Others are clear by themselves">
        <Select
          id="order"
          value={settings.order ?? ''}
          options={[
            ['', 'Leave rows with them out'],
            ['dmy', 'The day comes first'],
            ['mdy', 'The month comes first'],
          ]}
        />
      </Labelled>
      <Labelled id="kind" label="Kind" hint="Where no column says so">
        <Select
          id="kind"
          value={settings.kind}
          options={[
            ['', 'Touchpoint'],
            ...touchpointKinds.slice(0, -1).map((kind) => [kind, touchpointNames[kind]] as const),
          ]}
        />
      </Labelled>
      <Input
        name="source"
        label="CRM or tool"
        hint="Where no column says so"
        input={{ type: 'text', value: settings.source, maxlength: 100, placeholder: 'Pipedrive' }}
      />
      {sites.length > 1 && (
        <Labelled id="site" label="Site" hint="Whose story they belong to">
          <Select
            id="site"
            value={String(siteId ?? sites[0]?.id ?? '')}
            options={sites.map(({ id, domain }) => [String(id), domain] as const)}
          />
        </Labelled>
      )}
    </div>
  );
}

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252 (western)',
};

export function MappingForm(
  props: Props & { settings: Settings; hasTimes: boolean; sites: readonly Site[]; siteId: number | null },
) {
  const { action, settings, hasTimes, sites, siteId, ...columns } = props;
  return (
    <form method="post" action={action} class="form mapping">
      <Columns {...columns} />
      <div class="mapping-settings form">
        {hasTimes && <Reading settings={settings} sites={sites} siteId={siteId} />}
        <Labelled id="encoding" label="Written in" hint="Change it where letters with accents look wrong">
          <Select
            id="encoding"
            value={settings.encoding ?? ''}
            options={[['', 'As it seems'], ...encodings.map((name) => [name, encodingNames[name]] as const)]}
          />
        </Labelled>
        <div>
          <button type="submit" class="button">
            Check again with this
          </button>
        </div>
      </div>
    </form>
  );
}
