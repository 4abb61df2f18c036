/** Turns values that repeat (page addresses, agents, networks) into small integers, once and for ever. */
import type { Database, Statement } from 'better-sqlite3';

type Column = string | number | null;

/**
 * One append-only table seen as a map from its unique columns to its id.
 *
 * Recent answers are kept in memory, in two generations: when the young one is full, the old one is dropped. They
 * are only trusted after a commit, so `forget` must follow a rolled-back transaction.
 */
export class Dictionary {
  readonly #find: Statement<Column[], { id: number }>;
  readonly #insert: Statement<Column[], { id: number }>;
  readonly #keyColumns: number;
  readonly #size: number;
  #young = new Map<string, number>();
  #old = new Map<string, number>();
  #byObject = new WeakMap<object, number>();

  /**
   * @param unique columns that tell rows apart
   * @param also   further columns, written when the row is made and not compared
   */
  constructor(
    db: Database,
    table: string,
    unique: readonly string[],
    also: readonly string[] = [],
    size = 20_000,
  ) {
    const columns = [...unique, ...also];
    this.#find = db.prepare(
      `select id from ${table} where ${unique.map((column) => `${column} is ?`).join(' and ')}`,
    );
    this.#insert = db.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')}) returning id`,
    );
    this.#keyColumns = unique.length;
    this.#size = size;
  }

  /**
   * @param key  values of the unique columns
   * @param also called for the values of the other columns, only where the row is new
   */
  id(key: readonly Column[], also: () => readonly Column[] = () => []): number {
    const cacheKey = cacheKeyOf(key);
    const known = this.#young.get(cacheKey) ?? this.#old.get(cacheKey);
    if (known !== undefined) return known;
    const row = this.#find.get(...key.slice(0, this.#keyColumns)) ?? this.#insert.get(...key, ...also());
    if (row === undefined) throw new Error(`no id came back for ${cacheKey}`);
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(cacheKey, row.id);
    return row.id;
  }

  /**
   * The same for an object that is given again and again, since whoever made it remembers it: its values are read once.
   * @param key of an object that does not change
   */
  idOf(object: object, key: () => readonly Column[]): number {
    const known = this.#byObject.get(object);
    if (known !== undefined) return known;
    const id = this.id(key());
    this.#byObject.set(object, id);
    return id;
  }

  /** Drops what is in memory: after a rollback its newest ids may not exist. */
  forget(): void {
    this.#young.clear();
    this.#old.clear();
    this.#byObject = new WeakMap();
  }
}

const separator = '\u0000';

/** Different for different values: where joining them could be read in two ways, they are told apart as JSON. */
function cacheKeyOf(key: readonly Column[]): string {
  if (key.length === 1) return String(key[0]);
  const isPlain = key.every(
    (part) => part !== null && (typeof part === 'number' || !part.includes(separator)),
  );
  return isPlain ? key.join(separator) : JSON.stringify(key);
}
