/** Reading what a form sent. */
import type { Context } from 'hono';

/** A field's text by its name; empty if the form had no such field. */
export type Fields = (name: string) => string;

/** Reads a urlencoded form. Anything else reads as a form without fields, never as an error. */
export async function readForm(c: Context): Promise<Fields> {
  const form = new URLSearchParams(await c.req.text());
  return (name) => form.get(name) ?? '';
}

/** The same with every value, for forms that name one thing more than once. */
export async function readFormWhole(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}
