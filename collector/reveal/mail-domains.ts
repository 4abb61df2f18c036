/** E-mail domains that do not name an employer. Data, hand-written; registrable domains in lower case. */
import { listed } from './listed.ts';

/** Free mail under every country's suffix: `yahoo.de`, `hotmail.co.uk`. */
export const freeMailBrands: readonly string[] = listed(`
  aol, gmail, gmx, googlemail, hotmail, outlook, protonmail, rocketmail, tutanota, yahoo, yandex, ymail,
  mailinator, yopmail, hushmail, fastmail
`);

/** Mailboxes that anybody may open. */
const freeMail: readonly string[] = listed(`
  # Worldwide
  live.com, live.co.uk, live.de, live.fr, live.it, live.nl, live.be, live.se, live.no, live.dk, live.ca,
  live.com.au, live.com.mx, live.com.ar, live.cl, live.in, live.ie, live.com.pt, live.jp, msn.com,
  passport.com, windowslive.com, icloud.com, me.com, mac.com, aim.com, verizon.net, netscape.net,
  proton.me, pm.me, tutanota.com, tuta.com, tuta.io, tutamail.com, keemail.me, hey.com, zoho.com,
  zohomail.com, zohomail.eu, zohomail.in, mail.com, email.com, usa.com, europe.com, post.com, myself.com,
  consultant.com, engineer.com, techie.com, writeme.com, dr.com, accountant.com, lawyer.com, asia.com,
  iname.com, inbox.com, lycos.com, excite.com, rediffmail.com, rediff.com, sify.com, indiatimes.com,
  fastmail.fm, mailfence.com, runbox.com, posteo.de, posteo.net, mailbox.org, disroot.org, riseup.net,
  startmail.com, ctemplar.com, lavabit.com, cock.li, airmail.cc, countermail.com, hush.com, kolabnow.com,
  skiff.com, onmail.com, mailo.com, net-c.com, gmx.net, caramail.com, juno.com, netzero.net, netzero.com,
  bigfoot.com, hotpop.com, care2.com, mindspring.com, earthlink.net, duck.com, opayq.com, vivaldi.net
  # Germany, Austria, Switzerland
  web.de, freenet.de, t-online.de, arcor.de, online.de, email.de, mail.de, onlinehome.de, kabelmail.de,
  vodafone.de, versanet.de, netcologne.de, ewe.net, ewetel.net, alice-dsl.net, alice.de, magenta.de,
  lycos.de, firemail.de, directbox.com, unitybox.de, kabelbw.de, unity-mail.de, osnanet.de, htp-tel.de,
  aon.at, chello.at, a1.net, utanet.at, inode.at, liwest.at, bluewin.ch, hispeed.ch, sunrise.ch, gmx.ch,
  swissonline.ch, hin.ch, vtxmail.ch, netplus.ch, quickline.ch
  # France, Belgium, Netherlands, Luxembourg
  orange.fr, wanadoo.fr, free.fr, sfr.fr, laposte.net, neuf.fr, bbox.fr, numericable.fr,
  club-internet.fr, cegetel.net, aliceadsl.fr, noos.fr, voila.fr, tele2.fr, 9online.fr, libertysurf.fr,
  skynet.be, telenet.be, proximus.be, scarlet.be, voo.be, base.be, pandora.be, belgacom.net, ziggo.nl,
  kpnmail.nl, planet.nl, home.nl, hetnet.nl, xs4all.nl, upcmail.nl, chello.nl, casema.nl, quicknet.nl,
  telfort.nl, tele2.nl, solcon.nl, caiway.nl, kabelfoon.nl, zonnet.nl, onsbrabantnet.nl, pt.lu,
  internet.lu
  # Britain and Ireland
  btinternet.com, btopenworld.com, virginmedia.com, virgin.net, sky.com, talktalk.net, tiscali.co.uk,
  ntlworld.com, blueyonder.co.uk, plus.net, plusnet.com, orange.net, freeserve.co.uk, o2.co.uk,
  o2mail.co.uk, eircom.net, onetel.com, zen.co.uk, supanet.com, fsmail.net, lineone.net, wanadoo.co.uk,
  vodafone.ie, mail.ie
  # Southern Europe
  libero.it, virgilio.it, alice.it, tin.it, tim.it, tiscali.it, fastwebnet.it, inwind.it, iol.it,
  email.it, teletu.it, vodafone.it, poste.it, pec.it, legalmail.it, aruba.it, telefonica.net,
  movistar.es, terra.es, ono.com, orange.es, wanadoo.es, euskaltel.net, sapo.pt, iol.pt, netcabo.pt,
  clix.pt, mail.telepac.pt, telepac.pt, otenet.gr, hol.gr, forthnet.gr, freemail.gr, in.gr, mycosmos.gr,
  vodafone.gr, windtools.gr, cytanet.com.cy, onvol.net
  # Nordic and Baltic
  telia.com, bredband.net, comhem.se, tele2.se, spray.se, home.se, bahnhof.se, online.no, getmail.no,
  frisurf.no, broadpark.no, lyse.net, altibox.no, mail.dk, ofir.dk, stofanet.dk, tdcadsl.dk, jubii.dk,
  youmail.dk, elisanet.fi, kolumbus.fi, luukku.com, suomi24.fi, saunalahti.fi, pp.inet.fi, inet.fi,
  netti.fi, welho.com, simnet.is, hot.ee, mail.ee, neti.ee, inbox.lv, apollo.lv, one.lv, inbox.lt,
  takas.lt, one.lt, mail.lt
  # Central and eastern Europe
  wp.pl, o2.pl, onet.pl, onet.eu, op.pl, interia.pl, interia.eu, gazeta.pl, poczta.fm, poczta.onet.pl,
  tlen.pl, vp.pl, spoko.pl, autograf.pl, neostrada.pl, buziaczek.pl, go2.pl, seznam.cz, email.cz,
  centrum.cz, atlas.cz, post.cz, volny.cz, quick.cz, tiscali.cz, azet.sk, zoznam.sk, centrum.sk,
  pobox.sk, post.sk, stonline.sk, freemail.hu, citromail.hu, indamail.hu, t-online.hu, vipmail.hu,
  chello.hu, upcmail.hu, siol.net, volja.net, amis.net, net.hr, inet.hr, t-com.hr, vip.hr, eunet.rs,
  sbb.rs, mts.rs, bih.net.ba, abv.bg, mail.bg, dir.bg, gbg.bg, clicknet.ro, rdslink.ro, personal.ro,
  home.ro, k.ro, mail.ru, bk.ru, inbox.ru, list.ru, internet.ru, rambler.ru, ya.ru, lenta.ru, ro.ru,
  autorambler.ru, myrambler.ru, pochta.ru, hotbox.ru, qip.ru, nm.ru, km.ru, narod.ru, ukr.net, i.ua,
  meta.ua, bigmir.net, email.ua, online.ua, tut.by, mail.by, mail.kz, mail.md, mail.am, mail.ge
  # Americas
  comcast.net, att.net, sbcglobal.net, bellsouth.net, pacbell.net, ameritech.net, swbell.net,
  prodigy.net, snet.net, cox.net, charter.net, rr.com, roadrunner.com, twc.com, optonline.net,
  optimum.net, frontier.com, frontiernet.net, centurylink.net, centurytel.net, q.com, embarqmail.com,
  windstream.net, suddenlink.net, wowway.com, rcn.com, tds.net, cableone.net, mediacombb.net,
  insightbb.com, knology.net, metrocast.net, fuse.net, cincinnatibell.com, hughes.net, peoplepc.com,
  spectrum.net, gte.net, worldnet.att.net, compuserve.com, cs.com, wmconnect.com, sympatico.ca, bell.net,
  rogers.com, shaw.ca, telus.net, videotron.ca, videotron.qc.ca, cogeco.ca, eastlink.ca, sasktel.net,
  mts.net, nb.sympatico.ca, bellaliant.net, teksavvy.com, prodigy.net.mx, terra.com.mx, uol.com.br,
  bol.com.br, terra.com.br, ig.com.br, globo.com, globomail.com, oi.com.br, r7.com, zipmail.com.br,
  superig.com.br, fibertel.com.ar, arnet.com.ar, speedy.com.ar, ciudad.com.ar, uolsinectis.com.ar,
  vtr.net, terra.cl, entelchile.net, une.net.co, etb.net.co, adinet.com.uy, cantv.net, terra.com,
  starmedia.com, latinmail.com
  # Asia
  qq.com, foxmail.com, 163.com, 126.com, yeah.net, vip.163.com, 188.com, sina.com, sina.cn, sohu.com,
  tom.com, 21cn.com, 139.com, 189.cn, wo.cn, 263.net, aliyun.com, eyou.com, netvigator.com,
  pchome.com.tw, hinet.net, seed.net.tw, ms1.hinet.net, kimo.com, naver.com, hanmail.net, daum.net,
  kakao.com, nate.com, hanmir.com, empal.com, dreamwiz.com, korea.com, lycos.co.kr, docomo.ne.jp,
  ezweb.ne.jp, au.com, softbank.ne.jp, i.softbank.jp, nifty.com, biglobe.ne.jp, ocn.ne.jp, so-net.ne.jp,
  dion.ne.jp, plala.or.jp, infoseek.jp, excite.co.jp, goo.jp, eonet.ne.jp, asahi-net.or.jp,
  jcom.home.ne.jp, jcom.zaq.ne.jp, singnet.com.sg, starhub.net.sg, pacific.net.sg, streamyx.com,
  tm.net.my, telkom.net, plasa.com, indo.net.id, pldtdsl.net, bsnl.in, airtelmail.in, vsnl.net, vsnl.com,
  sancharnet.in, in.com, ptcl.net.pk, sltnet.lk, vnn.vn, fpt.vn, walla.com, walla.co.il,
  netvision.net.il, bezeqint.net, 012.net.il, zahav.net.il, barak.net.il, mynet.com, ttmail.com,
  superonline.com, turk.net, maktoob.com, emirates.net.ae, eim.ae, batelco.com.bh, qatar.net.qa,
  saudi.net.sa, chmail.ir, mailfa.com
  # Australia, New Zealand, Africa
  bigpond.com, bigpond.net.au, bigpond.com.au, optusnet.com.au, iinet.net.au, internode.on.net, on.net,
  tpg.com.au, westnet.com.au, dodo.com.au, aapt.net.au, adam.com.au, ozemail.com.au, iprimus.com.au,
  netspace.net.au, xtra.co.nz, slingshot.co.nz, orcon.net.nz, clear.net.nz, paradise.net.nz,
  vodafone.co.nz, actrix.co.nz, mweb.co.za, webmail.co.za, telkomsa.net, vodamail.co.za, iafrica.com,
  absamail.co.za, lantic.net, menara.ma, topnet.tn, tedata.net.eg, link.net
`);

/** Forwarders that hide the mailbox behind, and mailboxes for a quarter of an hour. */
const relaysAndDisposable: readonly string[] = listed(`
  appleid.com, simplelogin.com, simplelogin.co, simplelogin.fr, aleeas.com, slmail.me, slmails.com,
  dralias.com, 8alias.com, 8shield.net, silomails.com, passmail.net, passinbox.com, passfwd.com,
  mozmail.com, anonaddy.com, anonaddy.me, addy.io, 33mail.com, spamgourmet.com, erine.email,
  inboxalias.com, trashmail.com, trashmail.de, trashmail.net, trash-mail.com, wegwerfmail.de,
  wegwerfemail.de, spambog.com, spambog.de, discard.email, discardmail.com, guerrillamail.com,
  guerrillamail.net, guerrillamail.org, guerrillamail.biz, guerrillamail.de, guerrillamailblock.com,
  sharklasers.com, grr.la, pokemail.net, spam4.me, 10minutemail.com, 10minutemail.net, 10minutemail.de,
  20minutemail.com, minutemailbox.com, temp-mail.org, temp-mail.io, tempmail.com, tempmail.net,
  tempmail.plus, tempmailo.com, tempail.com, tempr.email, tempinbox.com, throwawaymail.com,
  throwaway.email, getnada.com, nada.email, moakt.com, mohmal.com, maildrop.cc, mailnesia.com,
  mailcatch.com, mailnull.com, mailsac.com, mailtemp.net, mailpoof.com, mytemp.email, dispostable.com,
  fakeinbox.com, fakemail.net, fakemailgenerator.com, emailondeck.com, emailfake.com, email-fake.com,
  generator.email, mintemail.com, spambox.us, spamfree24.org, spamex.com, mailexpire.com, jetable.org,
  jetable.com, nospam.ze.tc, kurzepost.de, objectmail.com, proxymail.eu, rcpt.at, sneakemail.com,
  sofort-mail.de, spamavert.com, einrot.com, fleckens.hu, gustr.com, jourrapide.com, rhyta.com,
  superrito.com, teleworm.us, armyspy.com, cuvox.de, dayrep.com, burnermail.io, inboxkitten.com,
  luxusmail.org, 1secmail.com, 1secmail.net, 1secmail.org, dropmail.me, emltmp.com, yomail.info,
  minuteinbox.com, tmpmail.org, tmpmail.net, tmail.ws, mail7.io, mail.tm, internxt.com, byom.de,
  muellmail.com, mvrht.com, harakirimail.com, bugmenot.com, deadaddress.com, incognitomail.com,
  owlymail.com
`);

/** Domains whose mailboxes say nothing of an employer. */
export const personalDomains: ReadonlySet<string> = new Set([...freeMail, ...relaysAndDisposable]);

/**
 * Overlay on the lists above, by whole host name: below a personal domain, but of the company's own people (true),
 * or below a company's domain, but anybody's (false).
 */
export const hostOverlay: ReadonlyMap<string, boolean> = new Map([
  ['corp.mail.ru', true],
  ['team.telstra.com', true],
  ['privaterelay.appleid.com', false],
  ['users.noreply.github.com', false],
  ['noreply.github.com', false],
  ['alum.mit.edu', false],
]);

/** Mailboxes of a job, not of a person: before the `@`, whole or up to a separator. */
export const roleMailboxes: ReadonlySet<string> = new Set(
  listed(`
  abuse, accounting, accounts, admin, administration, administrator, ads, all, anfrage, apps, billing,
  bestellung, bewerbung, biuro, booking, bookings, buchhaltung, business, career, careers, compliance,
  comptabilite, contact, contacto, contactus, contato, contatti, customerservice, datenschutz, desk, dev,
  developers, direction, dns, donotreply, einkauf, email, enquiries, enquiry, events, feedback, finance,
  ftp, hallo, hello, help, helpdesk, hi, hola, hostmaster, hr, info, infos, inquiries, inquiry, invoice,
  invoices, investors, it, itsupport, jobs, kontakt, kundenservice, legal, list, mail, mailbox,
  mailerdaemon, manager, marketing, media, news, newsletter, noc, noreply, noreplies, notifications,
  office, orders, payments, personal, post, postmaster, poststelle, pr, press, presse, privacy,
  procurement, purchasing, rechnung, reception, recruiting, recruitment, registrar, reply, request,
  reservations, returns, root, sales, sav, secretariat, security, sekretariat, server, service, services,
  servicedesk, shop, soporte, spam, staff, subscribe, support, sysadmin, team, tech, technik, test,
  ticket, tickets, undisclosed, unsubscribe, usenet, ventas, vendas, verkauf, vertrieb, web, webadmin,
  webmaster, welcome, www, zentrale
`),
);

/** Suffixes that no public mail server has. */
export const privateSuffixes: ReadonlySet<string> = new Set(
  listed(`
  local, localhost, localdomain, internal, intranet, lan, home, corp, private, invalid, arpa, onion
`),
);
