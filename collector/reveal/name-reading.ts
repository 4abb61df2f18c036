/** What a name says by itself, whoever wrote it: the kind of network, a trade, a legal form, a person. */
import { hasWeightyForm, withoutLegalForm, wordsOf } from './name.ts';
import {
  hasSoleTraderForm,
  isFamilyName,
  isOnePersonsForm,
  isPersonName,
  isSoleTrader,
  traderOf,
} from './person-name.ts';
import { readWords } from './tables.ts';
import type { Kind } from './verdict.ts';
import { wordList, wordLists } from './word-list.ts';

export interface NameReading {
  /** Null if no word tells; `business` if a trade is named. */
  kind: Kind | null;
  /** The word that tells; empty if none does. */
  word: string;
  /** A research network: of kind education, but its universities are the visitors, not it. */
  isResearchNetwork: boolean;
  /** Text in place of a name: reserved, unassigned. */
  isNobody: boolean;
  /** Of kind business by a trade that firms of all sorts name. */
  isWeakTrade: boolean;
  legalForm: 'weighty' | 'small' | null;
  /** Names the computer trade, which a host, a carrier and a shop have in common. */
  isComputing: boolean;
  isPerson: boolean;
}

const kindWords = readWords('network-words.txt', [
  'telling government',
  'research',
  'education',
  'government',
  'isp',
  'mobile',
  'hosting',
  'vpn',
  'nobody',
]);
const tradeWords = readWords('trade-words.txt', ['telling trade', 'trade', 'computing']);
const purposes = readWords('pool-words.txt', ['pool', 'host']);

/** In order of how telling they are: a university's network is the university's. */
const lists: readonly { kind: Kind | null; words: readonly string[]; isResearchNetwork?: true }[] = [
  { kind: null, words: kindWords.nobody },
  { kind: 'education', words: kindWords.research, isResearchNetwork: true },
  { kind: 'education', words: kindWords.education },
  { kind: 'government', words: kindWords['telling government'] },
  { kind: 'business', words: tradeWords['telling trade'] },
  { kind: 'government', words: kindWords.government },
  { kind: 'vpn', words: kindWords.vpn },
  { kind: 'hosting', words: kindWords.hosting },
  { kind: 'mobile', words: kindWords.mobile },
  { kind: 'isp', words: kindWords.isp },
  { kind: 'business', words: tradeWords.trade },
];
const findTelling = wordLists(lists.map(({ words }) => words));
const findComputing = wordList(tradeWords.computing);
const findPool = wordList(purposes.pool);
const findPoolHost = wordList(purposes.host);

/** Reads a name. */
export function readName(name: string): NameReading {
  const all = wordsOf(name);
  const words = withoutLegalForm(all);
  const legalForm = words.length === all.length ? null : hasWeightyForm(all) ? 'weighty' : 'small';
  // `BallitoISP` is one word, of two.
  const parts = /\p{Ll}\p{Lu}/u.test(name) ? wordsOf(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')) : [];
  const found = findTelling(words) ?? findTelling(parts);
  // A name in front that tells neither a trade nor a legal form is a person's.
  const trader = traderOf(words);
  const isTrader =
    trader.length > 0 && findTelling(trader) === null && withoutLegalForm(trader).length === trader.length;
  const list = found === null ? undefined : lists[found.list];
  const isComputing = findComputing(words) !== null;
  return {
    kind: list?.kind ?? null,
    word: found?.word ?? '',
    isResearchNetwork: list?.isResearchNetwork === true,
    isWeakTrade: list?.words === tradeWords.trade,
    isNobody: list !== undefined && list.kind === null,
    legalForm,
    isComputing,
    // `Robert Bosch GmbH` is a firm; `Maria Silva Ltda` may be, but proves nothing.
    isPerson:
      legalForm !== 'weighty' &&
      (isTrader ||
        isSoleTrader(words) ||
        (found === null && ((!isComputing && isPersonName(words)) || hasSoleTraderForm(all))) ||
        // A firm may bear its founders' family names; without a legal form they are the founders.
        (found === null &&
          !isComputing &&
          isFamilyName(words, isOnePersonsForm(all) || (legalForm === null && !name.includes('&'))))),
  };
}

/** The word that gives text away as the purpose of an address range; null if it may be a name. */
export function poolWordOf(name: string): string | null {
  return findPool(wordsOf(name));
}

/** True if a word of a host name, without its domain, says that the line is a provider's to give. */
export function isPoolHost(words: readonly string[]): boolean {
  return findPoolHost(words) !== null;
}
