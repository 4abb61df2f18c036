/** Names that exist in the data: for what bare names mean, for "did you mean", and for completion. */

/** Names as they were told, each with how often it was met lately. */
export interface KnownName {
  name: string;
  count: number;
}

export const nameKinds = [
  'tag',
  'list',
  'event',
  'form',
  'page',
  'trait',
  'source',
  'campaign',
  'channel',
  'country',
  'industry',
  'owner',
  'role',
] as const;
export type NameKind = (typeof nameKinds)[number];

/** What a bare name may mean. */
export interface Names {
  events: readonly string[];
  forms: readonly string[];
  traits: readonly string[];
  /** Lists of companies that came as files; left out: not looked up. */
  lists?: readonly string[];
}

export const noNames: Names = { events: [], forms: [], traits: [] };
