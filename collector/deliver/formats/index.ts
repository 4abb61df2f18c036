/** THE LIST of formats in which a list can be taken away. A new one is one file and one line here. */
import { csv } from './csv.ts';
import type { Format } from './format.ts';

export const formats = { csv } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
