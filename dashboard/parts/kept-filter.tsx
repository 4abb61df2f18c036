/** The rest of the filter, so that a form changes one thing and keeps the others. */
import { type AccountsFilter, filterParameters } from '../accounts-filter.ts';

export function KeptFilter(props: {
  filter: AccountsFilter;
  except?: readonly (keyof AccountsFilter)[];
  /** The page too; else it is the first again, since something changes. */
  withPage?: boolean;
}) {
  const { filter, except = [], withPage = false } = props;
  return (
    <>
      {filterParameters(filter, withPage ? { page: filter.page } : {})
        .filter(([name]) => !except.some((key) => key === name))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
    </>
  );
}
