/** What a name says by itself, whoever wrote it: the kind of network, a trade, a legal form, a person. */
import { computing, industry, strongIndustry } from './industry-words.ts';
import * as kindWords from './kind-words.ts';
import { hasLegalForm, hasWeightyForm, withoutLegalForm, wordsOf } from './name.ts';
import { isPersonName } from './person-name.ts';
import { poolWords } from './pool-words.ts';
import type { Kind } from './verdict.ts';
import { type FindWord, wordList } from './word-list.ts';

export interface NameReading {
  /** Null if no word tells; `business` if a trade is named. */
  kind: Kind | null;
  /** The word that tells; empty if none does. */
  word: string;
  /** A research network: of kind education, but its universities are the visitors, not it. */
  isResearchNetwork: boolean;
  /** Text in place of a name: reserved, unassigned. */
  isNobody: boolean;
  legalForm: 'weighty' | 'small' | null;
  /** Names the computer trade, which a host, a carrier and a shop have in common. */
  isComputing: boolean;
  isPerson: boolean;
}

const lists: readonly { kind: Kind | null; find: FindWord; isResearchNetwork?: true }[] = [
  { kind: null, find: wordList(kindWords.nobody) },
  { kind: 'education', find: wordList(kindWords.researchNetwork), isResearchNetwork: true },
  { kind: 'education', find: wordList(kindWords.education) },
  { kind: 'business', find: wordList(strongIndustry) },
  { kind: 'government', find: wordList(kindWords.government) },
  { kind: 'vpn', find: wordList(kindWords.vpn) },
  { kind: 'hosting', find: wordList(kindWords.hosting) },
  { kind: 'mobile', find: wordList(kindWords.mobile) },
  { kind: 'isp', find: wordList(kindWords.isp) },
  { kind: 'business', find: wordList(industry) },
];
const findComputing = wordList(computing);
const findPool = wordList(poolWords);

/** Reads a name; the first list with a word of it wins, and the lists' order is the order of how telling they are. */
export function readName(name: string): NameReading {
  const words = withoutLegalForm(wordsOf(name));
  const legalForm = hasWeightyForm(name) ? 'weighty' : hasLegalForm(name) ? 'small' : null;
  const reading: NameReading = {
    kind: null,
    word: '',
    isResearchNetwork: false,
    isNobody: false,
    legalForm,
    isComputing: findComputing(words) !== null,
    isPerson: false,
  };
  for (const { kind, find, isResearchNetwork } of lists) {
    const word = find(words);
    if (word === null) continue;
    return { ...reading, kind, word, isNobody: kind === null, isResearchNetwork: isResearchNetwork === true };
  }
  // `Robert Bosch GmbH` is a firm; `Maria Silva Ltda` may be, but proves nothing.
  return { ...reading, isPerson: legalForm !== 'weighty' && isPersonName(name) };
}

/** The word that gives text away as the purpose of an address range; null if it may be a name. */
export function poolWordOf(name: string): string | null {
  return findPool(wordsOf(name));
}
