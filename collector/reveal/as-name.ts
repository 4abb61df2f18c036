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

/** Fillers also in the middle; others may be a name's there: `CHICAGO-PUBLIC-SCHOOLS`. */
const technical: ReadonlySet<string> = new Set(
  listed('as, asn, asnum, asblk, asblock, blk, ap, apnic, arin, ripe, bgp, ip, ipv4, ipv6, wan, lan'),
);

/** Names that go with a handle of one word when nothing else follows: `VTB Bank`, `SAP Deutschland`. */
const weakRest =
  /^(?:bank|group|groupe|gruppe|holding|international|global|worldwide|corporate|company|europe|deutschland|germany|france|italia|espana|polska|usa|asia|network|networks|telecom|internet|systems?|services?|technologies|backbone|operations|online)$/;

export function asNameParts(raw: string): AsNameParts {
  const name = raw
    .replace(/^AS\d+\s*(?:-\s*)?/i, '')
    .replace(/[\s_-]+$/, '')
    .trim();
  // `AS18826 - 1966` and bare numbers name nobody.
  if (!/\p{L}/u.test(name)) return { handle: '', text: '' };
  const { handle, text } = splitName(name);
  const named = withoutNoise(text);
  return { handle, text: isDescription(named) ? '' : named };
}

/** Cuts what some registries keep behind the name: web and mail addresses, remarks for those who peer. */
function withoutNoise(text: string): string {
  const bare = text
    .replace(/\b(?:https?:\/\/|www\.)\S*/gi, '')
    .replace(/\S+@\S+/g, '')
    .replace(/^[\s*-]+|[\s*:-]+$/g, '')
    .replace(/^(?:new )?company name is /i, '');
  return /\b(?:upstream|routing policy|is operated by|geofeed|peering with|for your services|[0-9a-f]{24,})\b/i.test(
    bare,
  )
    ? ''
    : bare;
}

const addressWords =
  /\b(?:str\.|strasse|straße|street|road|avenue|building|bldg|floor|house|approach|boulevard|blvd|rue|via|calle|ulica|ul\.|bul\.|prospekt|gasse|allee|platz|lane|jalan|jl\.|(?:level|suite|unit) (?:\d+|[a-z])\b)/i;

/** An address, a place, or a sentence: some registries keep those where the name belongs. */
function isDescription(text: string): boolean {
  const isAddress =
    (addressWords.test(text) && /\d|,|(?:street|road|avenue)\W*$/i.test(text)) ||
    /^(?:im|am|an der|hinter dem|zum|zur) .*\d+\s*$/i.test(text) ||
    /^\d+[a-z]?,? .*\b(?:av|ave|st|rd|dr|pl|road|street|avenue)\b/i.test(text);
  const isPlace = beforeCountry(text)?.includes(' ') === false;
  return (
    (isAddress || isPlace || isSentence(text)) &&
    withoutLegalForm(wordsOf(text)).length === wordsOf(text).length
  );
}

function isSentence(text: string): boolean {
  const words = text.split(/\s+/).length;
  return words > 14 || (words > 9 && /\b(?:is|are|our|this|which|please|contact|located)\b/i.test(text));
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
  const isFiller = (word: string | undefined) => word !== undefined && fillers.has(word.toLowerCase());
  let [from, to] = [0, words.length];
  while (from < to && isFiller(words[from])) from++;
  while (to > from && isFiller(words[to - 1])) to--;
  const named = words.slice(from, to).filter((word) => !technical.has(word.toLowerCase()));
  return named.length > 0 ? named : words;
}

/** Written together with what is before or behind them: `ROBERTCOLLEGE`, `CITYOFYUMA`. */
const joinedTail =
  /^(\p{L}{3,}?)(college|university|univ|hospital|schools?|insurance|county|museum|library|airport)$/iu;
const joinedHead = /^(city|county|state|town|univ|university)(of)(\p{L}{3,})$/iu;
const endsName = /^(?:inc|llc|ltd|corp|corporation|gmbh|plc|llp)$/i;

/**
 * A handle as a name: its words, taken apart where two are written together, and without what follows a legal form.
 * @example nameOfHandle('HARBOUR-FOODS-INC-SHR') // 'HARBOUR FOODS INC'
 */
export function nameOfHandle(handle: string): string {
  const words = wordsOfHandle(handle);
  const end = words.findIndex((word, at) => at > 0 && endsName.test(word));
  return (end < 0 ? words : words.slice(0, end + 1))
    .map((word) => word.replace(joinedHead, '$1 $2 $3').replace(joinedTail, '$1 $2'))
    .join(' ')
    .toUpperCase();
}
