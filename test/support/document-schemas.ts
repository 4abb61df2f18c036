/** What the OpenAPI document says of bodies, as checks; and stricter than it: what it does not mention is not there. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDocument } from '../../collector/api/index.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Closes every object whose properties are listed, and points references into the document. */
function strict(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]): [string, Json] => {
      // What stands in an example is data, and no schema.
      if (name === 'example' || name === 'examples' || name === 'default') return [name, value];
      if (name === '$ref' && typeof value === 'string') return [name, value.replace(/^#/, 'document#')];
      return [name, strict(value)];
    }),
  );
  const isListed =
    inner.type === 'object' && inner.properties !== undefined && inner.additionalProperties === undefined;
  return isListed ? { ...inner, additionalProperties: false } : inner;
}

export interface DocumentSchemas {
  /** What is wrong with a value; empty: nothing. */
  wrong(schema: unknown, value: unknown): string[];
}

export function readSchemas(document: ApiDocument): DocumentSchemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(strict({ $id: 'document', components: document.components as unknown as Json }) as object);
  const compiled = new Map<unknown, ValidateFunction>();
  return {
    wrong(schema, value) {
      let check = compiled.get(schema);
      if (check === undefined) {
        check = ajv.compile(strict(schema as Json) as object);
        compiled.set(schema, check);
      }
      if (check(value)) return [];
      return (check.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}
