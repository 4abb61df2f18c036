/**
 * Words at the end (some at the start) of a name that say "this is a registered organisation", by where they are used.
 * Data: matched without dots, accents and capitals, so `S.p.A.` is `spa` here.
 */
import { listed } from './listed.ts';

/** Forms that only a legal entity carries: positive evidence in a network's name. */
export const legalForms: readonly string[] = listed(`
  # English-speaking countries
  inc, incorporated, corp, corporation, llc, lp, llp, ltd, limited, plc, pllc, lllp, cic, pty ltd,
  pty limited, pty, proprietary limited, proprietary, unlimited, co ltd, company limited, pvt ltd,
  pvt limited, private limited, pte ltd, pte limited, opc, fze, fzco, fz llc, wll
  # German-speaking countries
  gmbh, gesmbh, mbh, ggmbh, ag, kg, kgaa, ohg, gbr, ug, ev, eg, ek, aor,
  gmbh co kg, ag co kg, se co kg, se co kgaa, ag co kgaa, genossenschaft,
  aktiengesellschaft, vvag, se
  # French, Belgium, Switzerland
  sa, sas, sasu, sarl, eurl, snc, scop, sca, sprl, srl, asbl, gie, scrl, sagl, saem
  # Dutch
  bv, nv, vof, bvba, vzw, cvba, cv, uitgeverij bv, holding bv, cooperatie ua, ua
  # Spanish and Portuguese
  sl, slu, sau, sad, slp, s a de c v, sa de cv, sab de cv, s de rl de cv, s de rl, sapi de cv, ltda,
  limitada, cia ltda, sas esp, sa esp, sac, saa, eirl, spa, lda, sgps, eireli, s a, me, epe, ca, scl,
  srlcv, esp
  # Italian
  srls, sapa, scarl, scpa, soc coop, societa cooperativa, scrl onlus, consortile
  # Nordic and Baltic
  ab, aktiebolag, hb, kb, as, asa, ans, da, aps, a/s, is, amba, oy, oyj, oy ab, abp, ry, ou, osauhing,
  aktsiaselts, sia, uab, mb, ehf, hf, iks, smba, ekonomisk forening
  # Central and eastern Europe
  sp z o o, sp zoo, spolka z o o, spzoo, spolka z ograniczona odpowiedzialnoscia, spolka akcyjna, sp j,
  sp k, sp z oo, sp z o o sp k, sro, s r o, spol s r o, spol sro, a s, vos, zrt, kft, nyrt, bt, rt, doo,
  d o o, dd, d d, ad, ead, ood, eood, et, jsc, ojsc, cjsc, pjsc, pao, oao, zao, ooo, ao, tov, pat, prat,
  llp kz, too, sh a, shpk, dooel, scs, pp, pe, zat, vat, joint stock company,
  limited liability company, closed joint stock company, public joint stock company,
  open joint stock company, federal state unitary enterprise, fgup, gup
  # Greece, Turkey, Middle East
  ae, ike, oe, a e, ltd sti, ltd sirketi, limited sirketi, anonim sirketi, tic ltd sti, san ve tic, tas,
  sal, psc, ksc, kscc, kscp, qsc, saog, saoc, bsc, bscc, dmcc
  # Asia
  kk, k k, kabushiki kaisha, kabushiki gaisha, yk, godo kaisha, gk, co inc, sdn bhd, bhd, berhad, tbk,
  jsc vn, company, co, cp, pcl, public company limited, public co ltd, public limited company, public company, public limited, persero,
  joint-stock company, jsb, corporation limited
  # Africa
  cc, rf, sae, p ltd, co p ltd, company p ltd, soc ltd, soc, npc, sarlu, suarl, ohada
  # Associations
  verein, e v, ac, a c, onlus, aisbl, vereniging
`);

/** Forms that stand before the name: `PT Example`, `OOO Example`, `Stichting Example`. */
export const leadingForms: readonly string[] = listed(`
  pt, cv, ooo, oao, zao, pao, ao, too, tov, pp, fgup, fsue, gup, jsc, ojsc, cjsc, pjsc, llc, sarl,
  sas, sa, uab, sia, ab, as, oy, cia, nv, bv, vof, firma, ph, zat, vat, stichting, fundacion, fundacao,
  fondazione, fondation, limited liability company, joint stock company, closed joint stock company,
  open joint stock company, public joint stock company
`);

/**
 * Forms of organisations with a board and an annual report: seldom a provider in a village, of whom the small forms
 * (`Ltda`, `s.r.o.`, `Pvt Ltd`) have many. Positive evidence by themselves.
 */
export const weightyForms: ReadonlySet<string> = new Set(
  listed(`
  ag, aktiengesellschaft, se, kgaa, plc, nv, spa, oyj, abp, asa, nyrt, corp, corporation, inc,
  incorporated, gmbh co kg, ag co kg, se co kg, se co kgaa,
  ag co kgaa, vvag, bhd, berhad, tbk, public company limited, public co ltd, pcl,
  public joint stock company, pjsc, ojsc, sa de cv, sab de cv, llp, kk, sgps, saog, qsc, ksc, kscp,
  spolka akcyjna, aktiebolag, kabushiki kaisha, genossenschaft, stiftung, foundation
`),
);
