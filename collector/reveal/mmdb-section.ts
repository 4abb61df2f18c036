/**
 * The data section of a MaxMind-format file, walked without being decoded: what a reader would run into later, in a
 * visitor's request, is found here.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
import { isUtf8 } from 'node:buffer';

/** Values of one record, what it points to included; the largest known have about 200. A hostile file has millions. */
const maxValues = 5_000;
/** Nesting of one record; vendors use four. */
const maxHeight = 16;

/** Sizes that numbers may have, least and most, by their type in the file. */
const numberSizes: Readonly<Record<number, readonly [least: number, most: number, is: string]>> = {
  3: [8, 8, 'a double'],
  5: [0, 2, 'a 16-bit number'],
  6: [0, 4, 'a 32-bit number'],
  8: [0, 4, 'a 32-bit number'],
  9: [0, 8, 'a 64-bit number'],
  10: [0, 16, 'a 128-bit number'],
  14: [0, 1, 'a yes or no'],
  15: [4, 4, 'a float'],
};
const types = { pointer: 1, string: 2, bytes: 4, map: 7, array: 11 } as const;

/** What stands at a place that was walked: how many values, how deep. */
interface Measure {
  type: number;
  values: number;
  height: number;
  /** Of a string: where its bytes are. */
  text?: Buffer;
}

export class MmdbSection {
  readonly #file: Buffer;
  readonly #from: number;
  readonly #to: number;
  /** By offset. Undefined while the walk is inside: whoever comes back then has gone in a circle. */
  readonly #known = new Map<number, Measure | undefined>();
  /** Behind the value that was walked last. */
  #next = 0;

  /** @param from first byte of the section in the file; `to` is behind its last */
  constructor(file: Buffer, from: number, to: number) {
    this.#file = file;
    this.#from = from;
    this.#to = to;
  }

  /**
   * Walks one record.
   * @param offset from the section's beginning
   * @throws Error that says what is wrong with it
   */
  checkRecord(offset: number): void {
    const { type } = this.#at(offset);
    if (type !== types.map) throw new Error('a record is no set of named fields');
  }

  /** The value at an offset; each is walked once, however many point to it. */
  #at(offset: number): Measure {
    const known = this.#known.get(offset);
    if (known !== undefined) return known;
    if (this.#known.has(offset)) throw new Error('a record contains itself');
    this.#known.set(offset, undefined);
    this.#next = this.#from + offset;
    const measure = this.#walk();
    this.#known.set(offset, measure);
    return measure;
  }

  #walk(): Measure {
    const control = this.#byte();
    const short = control >> 5;
    if (short === types.pointer) return this.#pointer(control);
    const type = short === 0 ? 7 + this.#byte() : short;
    const size = this.#size(control & 31);
    if (type === types.map || type === types.array) return this.#container(type, size);
    const at = this.#next;
    if (type !== types.string && type !== types.bytes) {
      const allowed = numberSizes[type];
      if (allowed === undefined) throw new Error(`a value has the unknown type ${type}`);
      const [least, most, is] = allowed;
      if (size < least || size > most) throw new Error(`${is} has ${size} bytes`);
      // A yes or no is in its size.
      if (type === 14) return { type, values: 1, height: 1 };
    }
    if (at + size > this.#to) throw new Error(`a value of ${size} bytes goes beyond the end`);
    this.#next = at + size;
    const measure = { type, values: 1, height: 1 };
    return type === types.string ? { ...measure, text: this.#file.subarray(at, at + size) } : measure;
  }

  #pointer(control: number): Measure {
    const width = (control >> 3) & 3;
    const high = width === 3 ? 0 : control & 7;
    const low = this.#uint(width + 1);
    const offset = high * 256 ** (width + 1) + low + ([0, 2_048, 526_336, 0][width] ?? 0);
    if (offset >= this.#to - this.#from) throw new Error('a pointer goes beyond the end');
    const after = this.#next;
    const measure = this.#at(offset);
    this.#next = after;
    return measure;
  }

  #container(type: number, size: number): Measure {
    // A byte a value at least: what claims more is not in the file.
    const least = type === types.map ? size * 2 : size;
    if (least > this.#to - this.#next) throw new Error(`a list of ${size} values goes beyond the end`);
    let values = 1;
    let height = 0;
    for (let item = 0; item < size; item++) {
      if (type === types.map) this.#key();
      const measure = this.#walk();
      values += measure.values;
      height = Math.max(height, measure.height);
      if (values > maxValues) throw new Error(`a record has more than ${maxValues} values`);
      if (height >= maxHeight) throw new Error(`a record is nested deeper than ${maxHeight}`);
    }
    return { type, values, height: height + 1 };
  }

  /** Names of fields are few and pointed to, so reading each pays; of values the reader makes text, whatever they hold. */
  #key(): void {
    const { text } = this.#walk();
    if (text === undefined) throw new Error('the name of a field is no text');
    if (!isUtf8(text)) throw new Error('the name of a field is no UTF-8');
  }

  #size(code: number): number {
    if (code < 29) return code;
    if (code === 29) return 29 + this.#uint(1);
    return code === 30 ? 285 + this.#uint(2) : 65_821 + this.#uint(3);
  }

  #byte(): number {
    return this.#uint(1);
  }

  #uint(size: number): number {
    const at = this.#next;
    if (at + size > this.#to) throw new Error('a value goes beyond the end');
    this.#next = at + size;
    let value = 0;
    for (let index = at; index < at + size; index++) value = value * 256 + (this.#file[index] ?? 0);
    return value;
  }
}
