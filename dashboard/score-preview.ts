/** What another score would change, as its page asks it. */
export {
  boughtBy,
  daysBack,
  fewestBuyers,
  previewScore,
  type ScorePreview,
} from '../collector/score/preview.ts';
