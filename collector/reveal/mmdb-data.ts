/**
 * The data section of a MaxMind-format file while it is written: values to bytes, each string and record once.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
const types = {
  string: 2,
  double: 3,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  array: 11,
  boolean: 14,
} as const;

/** Bytes that grow. */
export class Bytes {
  #buffer = Buffer.allocUnsafe(1 << 16);
  length = 0;

  #reserve(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.length, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    return at;
  }

  /** Big-endian, up to six bytes. */
  uint(value: number, size: number): void {
    const at = this.#reserve(size);
    if (size > 0) this.#buffer.writeUIntBE(value, at, size);
  }

  int32(value: number): void {
    this.#buffer.writeInt32BE(value, this.#reserve(4));
  }

  double(value: number): void {
    this.#buffer.writeDoubleBE(value, this.#reserve(8));
  }

  text(value: string, size: number): void {
    this.#buffer.write(value, this.#reserve(size), 'utf8');
  }

  /** Starts again in the same memory. */
  clear(): void {
    this.length = 0;
  }

  /** The bytes so far; valid until more is written. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }
}

/** Control byte(s): type and size. */
function head(out: Bytes, type: number, size: number): void {
  const extended = type > 7;
  const top = extended ? 0 : type << 5;
  if (size >= 65_821 + 2 ** 24) throw new Error(`a value of ${size} bytes is too large for the file format`);
  const code = size < 29 ? size : size < 285 ? 29 : size < 65_821 ? 30 : 31;
  out.uint(top | code, 1);
  if (extended) out.uint(type - 7, 1);
  if (code === 29) out.uint(size - 29, 1);
  if (code === 30) out.uint(size - 285, 2);
  if (code === 31) out.uint(size - 65_821, 3);
}

/** An unsigned number of a given width, without leading zero bytes. */
export function writeUint(out: Bytes, type: 'uint16' | 'uint32' | 'uint64', value: number): void {
  const size = Math.ceil(Math.log2(value + 1) / 8);
  head(out, types[type], size);
  out.uint(value, size);
}

function writeBigint(out: Bytes, value: bigint, where: string): void {
  if (value < 0n || value >= 1n << 128n) throw new Error(`${where} is ${value}: outside 0…2^128−1`);
  const hex = value === 0n ? '' : value.toString(16);
  const size = Math.ceil(hex.length / 2);
  head(out, size > 8 ? types.uint128 : types.uint64, size);
  for (const byte of Buffer.from(hex.padStart(size * 2, '0'), 'hex')) out.uint(byte, 1);
}

function writeNumber(out: Bytes, value: number): void {
  // Minus zero and numbers beyond 32 bits stay doubles: readers give wider integers back as bigint.
  const isInteger = Number.isInteger(value) && !Object.is(value, -0);
  if (isInteger && value >= 0 && value < 2 ** 32) {
    writeUint(out, 'uint32', value);
  } else if (isInteger && value < 0 && value >= -(2 ** 31)) {
    head(out, types.int32, 4);
    out.int32(value);
  } else {
    head(out, types.double, 8);
    out.double(value);
  }
}

/** Where each string already lies; null writes every string in full. */
type Seen = Map<string, number> | null;

function writeString(out: Bytes, value: string, seen: Seen): void {
  const known = seen?.get(value);
  if (known !== undefined) {
    writePointer(out, known);
    return;
  }
  const size = Buffer.byteLength(value);
  // A pointer takes two to five bytes: shorter strings are cheaper in full.
  if (size > 3) seen?.set(value, out.length);
  head(out, types.string, size);
  out.text(value, size);
}

function writePointer(out: Bytes, to: number): void {
  const from = [0, 2_048, 526_336, 0];
  const width = to < 2_048 ? 0 : to < 526_336 ? 1 : to < 134_744_064 ? 2 : 3;
  const offset = to - (from[width] ?? 0);
  const high = width === 3 ? 0 : Math.floor(offset / 256 ** (width + 1));
  out.uint((1 << 5) | (width << 3) | high, 1);
  out.uint(width === 3 ? offset : offset % 256 ** (width + 1), width + 1);
}

/** Writes any value that the format can hold; `undefined` fields are left out. */
export function writeValue(out: Bytes, value: unknown, seen: Seen, where: string): void {
  if (typeof value === 'string') writeString(out, value, seen);
  else if (typeof value === 'number') writeNumber(out, value);
  else if (typeof value === 'boolean') head(out, types.boolean, value ? 1 : 0);
  else if (typeof value === 'bigint') writeBigint(out, value, where);
  else if (Array.isArray(value)) {
    head(out, types.array, value.length);
    value.forEach((item, at) => {
      writeValue(out, item, seen, `${where}[${at}]`);
    });
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined);
    head(out, types.map, fields.length);
    for (const [name, item] of fields) {
      writeString(out, name, seen);
      writeValue(out, item, seen, `${where}.${name}`);
    }
  } else {
    throw new Error(`${where} is ${String(value)}: the file format has no such value; leave the field out`);
  }
}

/** Records by their content: equal ones share one place in the file. */
export class MmdbData {
  #out = new Bytes();
  #plain = new Bytes();
  #seen = new Map<string, number>();
  #byContent = new Map<string, number>();
  #offsets: number[] = [];

  /**
   * @param where names the record in an error
   * @returns the record's number, for `offset`
   */
  add(record: Record<string, unknown>, where: string): number {
    this.#plain.clear();
    writeValue(this.#plain, record, null, where);
    const content = this.#plain.view().toString('latin1');
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    const number = this.#offsets.length;
    this.#offsets.push(this.#out.length);
    writeValue(this.#out, record, this.#seen, where);
    this.#byContent.set(content, number);
    return number;
  }

  offset(number: number): number {
    return this.#offsets[number] ?? 0;
  }

  view(): Buffer {
    return this.#out.view();
  }
}
