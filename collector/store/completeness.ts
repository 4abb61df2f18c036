/** How much of what can be known of companies and people is known: what the store answers. Types only. */

export const companyFields = ['domain', 'country', 'industry', 'size', 'owner'] as const;
export const personFields = ['email', 'name', 'title', 'role'] as const;

/** Of how many each field is known. */
export type KnownOf<Field extends string> = { total: number } & Record<Field, number>;

export interface Completeness {
  /** Companies that came. */
  companies: KnownOf<(typeof companyFields)[number]>;
  /** People who told who they are. */
  people: KnownOf<(typeof personFields)[number]>;
}

export interface CompletenessReads {
  completeness(): Promise<Completeness>;
}
