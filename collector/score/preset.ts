/**
 * The score that a new installation has. What it rests on, rule by rule, is told in docs/scores.md; an owner may change
 * all of it.
 */
import type { ScoreRule, Scoring } from './scoring.ts';

const once = (
  label: string,
  points: number,
  expression: string,
  halfLifeDays: number | null = null,
): ScoreRule => ({ label, expression, per: 'once', points, cap: null, halfLifeDays });

const eachTime = (
  label: string,
  points: number,
  expression: string,
  { cap, halfLifeDays }: { cap: number; halfLifeDays: number },
): ScoreRule => ({ label, expression, per: 'time', points, cap, halfLifeDays });

export const presetScoring: Scoring = {
  rules: [
    eachTime('Looked at prices', 8, 'viewed("*/pricing*")', { cap: 24, halfLifeDays: 14 }),
    once('Looked for a way to get in touch', 12, 'viewed("*/contact*")', 30),
    once('Sent the contact form', 25, 'form("contact")', 60),
    eachTime('Came back', 4, 'visits >= 2', { cap: 20, halfLifeDays: 14 }),
    once('Several people', 12, 'people >= 2 within 30 days'),
    once('A whole group of people', 10, 'people >= 4 within 30 days'),
    eachTime('Took time to read', 1, 'engaged >= 2 minutes', { cap: 12, halfLifeDays: 14 }),
    eachTime('Read the documentation', 2, 'viewed("*/docs*")', { cap: 10, halfLifeDays: 30 }),
    once('Looks for work, not for us', -15, 'viewed("*/careers*") >= 2', 60),
  ],
  cap: 100,
  warm: 30,
  hot: 60,
};
