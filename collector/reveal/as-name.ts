/** Takes an AS name apart: `AS-TUE Technische Universiteit Eindhoven` is a handle and a name, `PANDG` a handle alone. */
import { beforeCountry } from './countries.ts';
import { listed } from './listed.ts';
import { withoutLegalForm, wordsOf } from './name.ts';

export interface AsNameParts {
  /** The registry's short name; empty if the database has only a name. */
  handle: string;
  /** The organisation's name in words; empty for a bare handle. */
  text: string;
}

/** Words in a handle that say nothing: what it is, where it is. */
const fillers: ReadonlySet<string> = new Set(
  listed(`
  as, asn, asnum, asblk, asblock, blk, ap, apnic, arin, ripe, net, nets, network, bgp, ip, ipv4, ipv6,
  hq, dc, corp, inet, internet, id, primary, prod, main, global, public, ext, legacy, autonomous, system,
  wan, lan, us, usa, eu, emea, uk, gb, de, fr, nl, it, es, pl, ru, ua, ch, at, be, se, no, dk, fi, cz,
  sk, hu, ro, bg, gr, tr, il, ie, kr, jp, cn, hk, tw, sg, my, th, vn, ph, au, nz, in, pk, bd, lk, ca, mx,
  br, ar, cl, co, pe, za, amer, apac
`),
);

/** Names that go with a handle of one word when nothing else follows: `VTB Bank`, `SAP Deutschland`. */
const weakRest =
  /^(?:bank|group|groupe|gruppe|holding|international|global|worldwide|corporate|company|europe|deutschland|germany|france|italia|espana|polska|usa|asia|network|networks|telecom|internet|systems?|services?|technologies|backbone|operations|online)$/;

export function asNameParts(raw: string): AsNameParts {
  const name = raw
    .replace(/^AS\d+\s*(?:-\s*)?/i, '')
    .replace(/[\s_-]+$/, '')
    .trim();
  const parts = splitName(name);
  return isDescription(parts.text) && parts.handle !== '' ? { handle: parts.handle, text: '' } : parts;
}

/** An address, a place, or a sentence: some registries keep those where the name belongs. */
function isDescription(text: string): boolean {
  const isAddress =
    /\b(?:str\.|strasse|straße|street|road|avenue|building|floor|(?:level|suite|unit) (?:\d+|[a-z])\b)/i.test(
      text,
    ) && /\d|(?:street|road|avenue)\W*$/i.test(text);
  const isPlace = beforeCountry(text)?.includes(' ') === false;
  return (
    (isAddress || isPlace || text.split(/\s+/).length > 9) &&
    withoutLegalForm(wordsOf(text)).length === wordsOf(text).length
  );
}

function splitName(name: string): AsNameParts {
  const dashed = /^([\w.+-]+)\s+-+\s+(.*\p{L}.*?)(?:\s+-+)?$/u.exec(name);
  if (dashed !== null) return { handle: dashed[1] ?? '', text: dashed[2] ?? '' };
  const [first = '', ...rest] = name.split(/\s+/);
  const text = rest.join(' ');
  if (!isHandleLike(first) || (text !== '' && isHyphenatedName(first))) return { handle: '', text: name };
  if (text === '') return { handle: first, text: '' };
  return isNameAfter(first, text) ? { handle: first, text } : { handle: '', text: name };
}

/** `AS-TUE`, `ZSCALER_SJC1`, `FasoNet-AS`, `HINET`. */
function isHandleLike(word: string): boolean {
  if (word.length < 2) return false;
  return /^[\w.+-]+$/.test(word) && (/^[^a-z]+$/.test(word) || /[-_]/.test(word)) && /[A-Za-z]/.test(word);
}

/** `E-Commerce`, `T-Systems`: small letters and no mark of a handle. */
function isHyphenatedName(word: string): boolean {
  return /\p{Ll}/u.test(word) && !/(?:^|[-_])(?:asn?|net|isp)\d*(?:[-_]|$)/i.test(word);
}

function isNameAfter(first: string, text: string): boolean {
  const hasMark = /[-_]/.test(first) || /\d$/.test(first);
  const rest = withoutLegalForm(wordsOf(text));
  const isWeak =
    rest.length === 0 ||
    /^(?:inc|ltd|llc|corp|co|gmbh)\.?,/i.test(text) ||
    /^(?:of|and|&|de|di|und|y|e)\b/i.test(text) ||
    rest.every((word) => weakRest.test(word));
  if (isWeak || onlyLegalForm(text)) return false;
  if (hasMark) return true;
  // No mark: `HINET Data Communication` is told by the case, `SUPERNET SUPER NET LTD` by the repeated letters.
  return /\p{Ll}/u.test(text) || squeezed(text).startsWith(squeezed(first).slice(0, 4));
}

/** `SAP SE` is a name, not the handle SAP of somebody called SE. */
function onlyLegalForm(text: string): boolean {
  return withoutLegalForm(['x', ...wordsOf(text)]).length === 1;
}

function squeezed(text: string): string {
  return wordsOf(text).join('');
}

/**
 * The words of a handle that may name somebody: `CROUSE-HOSPITAL-AS` → `CROUSE`, `HOSPITAL`; `CORP-01` → `CORP`, where
 * nothing else is left.
 * @param keepNumbers keeps digits at a word's end, which some names have: `LEVEL3`
 */
export function wordsOfHandle(handle: string, keepNumbers = false): string[] {
  const words = handle
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}&]+/u)
    .map((word) => word.replace(/^(?:AS|ASN)?\d+$/i, ''))
    .map((word) => (keepNumbers ? word : word.replace(/\d+$/, '')))
    .filter((word) => word !== '');
  const named = words.filter((word) => !fillers.has(word.toLowerCase()));
  return named.length > 0 ? named : words;
}
