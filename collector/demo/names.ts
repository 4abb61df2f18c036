/** People's names that fit the language of a company's people; written as e-mail addresses are. */
import type { Random } from './random.ts';

interface Names {
  given: string;
  family: string;
}

const english: Names = {
  given: 'amelia marcus priya owen grace dylan tessa',
  family: 'hale vance okoro gill barrow reed',
};

const byLanguage: Record<string, Names> = {
  cs: { given: 'jana marek petra tomas lenka', family: 'novotny dvorak kucera vesela' },
  da: { given: 'freja mads ida rasmus signe jonas', family: 'lund dahl kjaer holm friis' },
  de: { given: 'anke lukas miriam stefan jule henrik', family: 'brandt vogel seiler haas kern lindner' },
  el: { given: 'eleni nikos dimitra kostas', family: 'pappas galanis doukas' },
  es: { given: 'lucia mateo carmen diego ines', family: 'reyes molina duarte soler' },
  et: { given: 'kadri rasmus liis', family: 'tamm kask saar' },
  fi: { given: 'aino eero veera mikko', family: 'laine niemi salo koski' },
  fr: { given: 'camille hugo manon julien claire', family: 'moreau lambert girard besson' },
  he: { given: 'noa itai maya', family: 'levi shaked barak' },
  hu: { given: 'zsofia bence eszter', family: 'farkas szabo kelemen' },
  id: { given: 'dewi arif ratna', family: 'santoso wijaya lestari' },
  is: { given: 'birta stefan katla', family: 'jonsdottir arnarson hauksdottir' },
  it: { given: 'chiara matteo elena dario giulia', family: 'rinaldi ferro conti sala' },
  ja: { given: 'yuki haruto aoi kenta mio', family: 'sato endo mori ishida' },
  ko: { given: 'minjun seoyeon jiho hana', family: 'kim park choi' },
  nb: { given: 'ingrid sondre kari eirik', family: 'berg haugen solberg dahl' },
  nl: { given: 'sanne daan fleur bram', family: 'bakker jansen visser smit' },
  pl: { given: 'zofia piotr agata marek', family: 'nowak kowal zielinska wrona' },
  pt: { given: 'rafaela tiago beatriz caio', family: 'costa moura teixeira lima' },
  ro: { given: 'ioana andrei raluca', family: 'marin ionescu dobre' },
  sv: { given: 'elsa nils maja oskar', family: 'lind sandberg nyman ek' },
  tr: { given: 'elif kerem zeynep', family: 'kaya aydin yilmaz' },
  vi: { given: 'linh minh huong', family: 'tran nguyen pham' },
  zh: { given: 'mei jun xiaoyu', family: 'wang chen liu' },
};

/**
 * Names of a company's people, all different, as `given.family`.
 * @param language an `accept-language` header; names are English where we know none of its first language
 */
export function drawNames(random: Random, language: string, count: number): string[] {
  const { given, family } = byLanguage[language.slice(0, 2)] ?? english;
  const pairs = given.split(' ').flatMap((first) => family.split(' ').map((last) => `${first}.${last}`));
  return Array.from({ length: Math.min(count, pairs.length) }, () => {
    const name = random.pick(pairs);
    pairs.splice(pairs.indexOf(name), 1);
    return name;
  });
}
