/** The grammar of segments: text to syntax tree. */
import { grammar, type Node } from 'ohm-js';
import { misread } from './misread.ts';
import { Misread } from './problem.ts';
import type { LimitSyntax, Literal, Operator, Span, Syntax, TermSyntax, TestSyntax } from './syntax.ts';

const segments = grammar(String.raw`
  Segment {
    Whole = Any
    Any = NonemptyListOf<All, or>
    All = NonemptyListOf<Part, and>
    Part = not Single        -- not
         | Single
    Single = "(" Any ")"     -- brackets
           | Condition
    Condition = in name "(" Value ")"  -- listed
              | Term Test? Limit*      -- about
    Term = name "(" Value ")"          -- of
         | name "." member             -- member
         | name                        -- plain

    Test = operator Value                                 -- compare
         | not? in "(" NonemptyListOf<Value, ","> ")"     -- in
         | not? like Value                                -- like
    Limit = within number unit          -- within
          | before date                 -- before
          | after date                  -- after
          | between date and date       -- between
          | by operator number people   -- by
    Value (a value) = date
                    | number unit       -- measure
                    | number            -- number
                    | text
                    | word

    word = name
    member = text | name
    name (a name) = ~keyword letter nameRest*
    nameRest = alnum | "_" | hyphen
    hyphen = "-" &alnum
    text (a text in quotes)
         = "\"" (~"\"" textPart)* "\""   -- double
         | "'" (~"'" textPart)* "'"      -- single
         | "“" (~"”" textPart)* "”"      -- curly
    textPart = "\\" any   -- escaped
             | any        -- plain
    number (a number) = "-"? digit+ ("." digit+)? ~nameRest
    date (a date such as 2026-01-31) = digit digit digit digit "-" digit digit "-" digit digit ~nameRest
    operator (a comparison such as >=)
         = ">=" | "<=" | "!=" | "<>" | "==" | "=" | ">" | "<" | "≥" | "≤" | "≠"
    unit (a unit such as days)
         = caseInsensitive<"second"> plural | caseInsensitive<"minute"> plural | caseInsensitive<"hour"> plural
         | caseInsensitive<"day"> plural | caseInsensitive<"week"> plural | caseInsensitive<"month"> plural
         | caseInsensitive<"year"> plural
    plural = caseInsensitive<"s">? ~nameRest
    people ("people") = (caseInsensitive<"people"> | caseInsensitive<"person">) ~nameRest

    keyword = and | or | not | in | like | within | before | after | between | by
    and ("and") = caseInsensitive<"and"> ~nameRest
    or ("or") = caseInsensitive<"or"> ~nameRest
    not ("not") = caseInsensitive<"not"> ~nameRest
    in ("in") = caseInsensitive<"in"> ~nameRest
    like ("like") = caseInsensitive<"like"> ~nameRest
    within ("within") = caseInsensitive<"within"> ~nameRest
    before ("before") = caseInsensitive<"before"> ~nameRest
    after ("after") = caseInsensitive<"after"> ~nameRest
    between ("between") = caseInsensitive<"between"> ~nameRest
    by ("by") = caseInsensitive<"by"> ~nameRest
  }`);

/** Another way to write an operator. */
const sameOperators: Readonly<Record<string, Operator>> = {
  '<>': '!=',
  '==': '=',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
};

const spanOf = ({ source }: Node): Span => ({
  offset: source.startIdx,
  length: source.endIdx - source.startIdx,
});
const textOf = (node: Node) => node.sourceString;
const operatorOf = (node: Node) => sameOperators[textOf(node)] ?? (textOf(node) as Operator);
/** What is between the quotes, without its backslashes. */
const unquoted = (node: Node) => textOf(node).slice(1, -1).replace(/\\(.)/gsu, '$1');
const numberLiteral = (node: Node, unit: Node | null = null): Literal => ({
  offset: node.source.startIdx,
  length: (unit ?? node).source.endIdx - node.source.startIdx,
  kind: 'number',
  number: Number(textOf(node)),
  unit: unit === null ? null : textOf(unit).toLowerCase().replace(/s$/, ''),
});
const dateLiteral = (node: Node): Literal => ({ ...spanOf(node), kind: 'date', text: textOf(node) });
const joined = (kind: 'any' | 'all', list: Node): Syntax => {
  const parts = list.asIteration().children.map((part) => part.syntax() as Syntax);
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind, parts };
};

const semantics = segments
  .createSemantics()
  .addOperation<Syntax>('syntax()', {
    Any: (list) => joined('any', list),
    All: (list) => joined('all', list),
    Part_not: (_not, part) => ({ kind: 'not', part: part.syntax() }),
    Single_brackets: (_open, inner, _close) => inner.syntax(),
    Condition_listed(_in, name, _open, value, _close) {
      if (textOf(name).toLowerCase() !== 'list')
        throw new Misread(spanOf(name), `After “in” comes list("…"), not “${textOf(name)}”.`, 'list');
      const literal: Literal = value.literal();
      return { ...spanOf(this), kind: 'listed', name: 'text' in literal ? literal.text : textOf(value) };
    },
    Condition_about(term, test, limits) {
      return {
        ...spanOf(this),
        kind: 'condition',
        term: term.term(),
        test: test.children[0]?.test() ?? null,
        limits: limits.children.map((limit) => limit.limit() as LimitSyntax),
      };
    },
  })
  .addOperation<TermSyntax>('term()', {
    Term_of(name, _open, argument, _close) {
      return { ...spanOf(this), name: textOf(name), argument: argument.literal(), member: null };
    },
    Term_member(name, _dot, member) {
      const text = textOf(member);
      const isQuoted = /^["'“]/.test(text);
      return {
        ...spanOf(this),
        name: textOf(name),
        argument: null,
        member: isQuoted ? unquoted(member) : text,
      };
    },
    Term_plain(name) {
      return { ...spanOf(this), name: textOf(name), argument: null, member: null };
    },
  })
  .addOperation<TestSyntax>('test()', {
    Test_compare(operator, value) {
      return { ...spanOf(this), kind: 'compare', operator: operatorOf(operator), value: value.literal() };
    },
    Test_in(not, _in, _open, values, _close) {
      const literals = values.asIteration().children.map((value) => value.literal() as Literal);
      return { ...spanOf(this), kind: 'in', isNot: not.children.length > 0, values: literals };
    },
    Test_like(not, _like, value) {
      return { ...spanOf(this), kind: 'like', isNot: not.children.length > 0, values: [value.literal()] };
    },
  })
  .addOperation<LimitSyntax>('limit()', {
    Limit_within(_within, number, unit) {
      return { ...spanOf(this), kind: 'within', amount: numberLiteral(number, unit) };
    },
    Limit_before(_before, date) {
      return { ...spanOf(this), kind: 'before', date: dateLiteral(date) };
    },
    Limit_after(_after, date) {
      return { ...spanOf(this), kind: 'after', date: dateLiteral(date) };
    },
    Limit_between(_between, from, _and, to) {
      return { ...spanOf(this), kind: 'between', from: dateLiteral(from), to: dateLiteral(to) };
    },
    Limit_by(_by, operator, number, _people) {
      return {
        ...spanOf(this),
        kind: 'by',
        operator: operatorOf(operator),
        people: numberLiteral(number),
      };
    },
  })
  .addOperation<Literal>('literal()', {
    date(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10) {
      return dateLiteral(this);
    },
    Value_measure(number, unit) {
      return numberLiteral(number, unit);
    },
    Value_number(number) {
      return numberLiteral(number);
    },
    text(_text) {
      return { ...spanOf(this), kind: 'text', text: unquoted(this) };
    },
    word(name) {
      return { ...spanOf(this), kind: 'word', text: textOf(name) };
    },
  });

/**
 * Reads an expression.
 * @param text short, and not deep: see `bounds.ts`
 * @throws Misread at the first character that cannot stand where it stands
 */
export function parse(text: string): Syntax {
  const match = segments.match(text);
  if (match.failed()) {
    const expected = match.getExpectedText().split(/, (?:or )?| or /);
    throw misread(text, match.getRightmostFailurePosition(), expected);
  }
  return semantics(match).syntax();
}
