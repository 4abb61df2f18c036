/**
 * Words in a network's name that say what kind of network it is, in the main languages. Data.
 *
 * Without accents and capitals. `word` matches a whole word, `stem*` its beginning, `*tail` its end; `two words`
 * match side by side, with `and` left out. Handles such as `KOOPBANK-AS` run words together, hence the tails.
 */
import { listed } from './listed.ts';

/** National and regional research networks: they carry many universities and are none. */
export const researchNetwork: readonly string[] = listed(`
  research education, education research network, education network, research network,
  academic network, forschungsnetz, deutschen forschungsnetzes, forschungsnetzes, reseau national,
  red academica, red nacional, rede nacional, university network, universities network, hochschulnetz,
  schools network, regional optical network, internet2, geant, janet, renater, surfnet, garr, rediris,
  sunet, uninett, funet, heanet, cesnet, pionier, belnet, aconet, grnet, ulakbim, ulaknet, arnes, carnet,
  amres, roedunet, sanet, hungarnet, niif, litnet, eenet, sigmanet, dfn, canarie, cenic, aarnet, reannz,
  cernet, tanet, sinet, kreonet, koren, singaren, myren, thaisarn, uninet th, ernet, nkn, pern, learn lk,
  bdren, rnp, reuna, renata, cudi, raap, innova red, cedia, kenet, eumedconnect, internetnz, wiscnet,
  merit network, mcnc, oarnet, nysernet, psnet, switch, fccn, restena, runnet, uran, basnet, renam,
  ankabut, maeen, hearnet, gigapop, marwan
`);

export const education: readonly string[] = listed(`
  univ, universi*, *university, *universitat, *universitaet, *universiteit, univerz*, uniwersytet*,
  yliopisto*, universitet*, egyetem*, daigaku, daehakgyo, *univ, polytech*, politec*,
  politech*, politeh*, college*, *college, school, schools, schule*, *schule, *schulen, hochschul*,
  *hochschule, fachhochschule*, hogeschool, hogskol*, hogskole*, hojskole, skole*, *skolan, skola,
  szkola, akademi, akademia, academy, academia, academic, lycee, ecole, ecoles, escola, escuela, colegio,
  colegiul, liceo, gymnasium, gimnazjum, instituto tecnologico, institute of technology,
  institut teknologi, instituto superior, facultad, faculdade*, faculty, campus, student*, usd, isd,
  cusd, unified school, school district, education, educational, educacion, educacao, educativ*,
  educacional, education*, bildung*, ensino, enseignement, onderwijs, lehre, edu, *edu, wyzsza,
  max planck, fraunhofer, helmholtz, cnrs, csic, csir, infn, cern, desy, kindergarten, k12, boces, esd,
  schooldistrict, *schooldistrict, vuz, mektebi, okul*, lyceum, seminary, conservatory, universitas,
  institut national, research institute, research institution, institute of science, national laboratory,
  forschungszentrum, institute of advanced
`);

export const government: readonly string[] = listed(`
  consejo nacional, conselho nacional, instituto nacional, comision nacional, comissao nacional,
  authority, revenue, administracion tributaria, administracion de rentas, kepolisian, tax office,
  gov, govt, *gov, government*, ministry, ministerio, ministere, ministerie, ministerium, ministarstvo,
  ministerstvo, ministero, ministerul, kementerian, bakanligi, bundesamt, bundesministerium*,
  bundesanstalt, bundestag, bundeswehr, bundespolizei, bundesverwaltung, landkreis, kreisverwaltung,
  landratsamt, landeshauptstadt, stadtverwaltung, landesamt, landesverwaltung, stadt, gemeinde, gemeente,
  kommune, *kommune, kommun, *kommun, municipal*, municipio, municipalidad, ayuntamiento, ajuntament,
  diputacion, generalitat, junta de, gobierno, governo, gouvernement, prefeitura, prefecture, prefectura,
  camara municipal, camara dos, camara de diputados, assembleia legislativa, senado, senate, senat,
  parliament*, parlament*, parlement, sejm, riksdag, folketing, tribunal, judicial, judiciary,
  judiciario, ministerio publico, secretaria, secretariat, subsecretaria, superintendencia, contraloria,
  procuraduria, comune di, provincia, regione, conseil departemental, conseil general, conseil regional,
  mairie, ville de, departement, belediyesi, buyuksehir, valiligi, county, *county, city of, town of,
  village of, state of, commonwealth of, borough council, city council, county council, district council,
  council, cityof*, countyof*, stateof*, dinas, pemerintah*, kabupaten, provinsi, department of, dept of,
  federal, us department, bureau of, office of the, agency, national parks, police, polizei, politie,
  policia, polizia, army, navy, air force, military, militar, marine corps, ministry of defence, defense,
  defence, dod, dnic, usda, nasa, noaa, usgs, irs, usps, court, courts, customs, aduana, zoll, douane*,
  supreme court, corte suprema, embassy, united nations, european commission, european parliament, nato,
  oecd, imf, world bank, presidencia, presidency, prime minister, statistics office, statistik, urzad,
  gmina, magistrat, mestsky urad, krajsky urad, statni, obec, kraj, miasto, judetul, primaria, consiliul,
  oblast*, opcina, rijkswaterstaat, belastingdienst, provincie, waterschap, skatteverket, trafikverket,
  region, public safety, transit authority, authority, revenue, administracion tributaria,
  administracion de rentas, kepolisian, tax office, port authority, housing authority, turnpike, sheriff,
  social security, seguridad social, seguro social, previdencia
`);

/** Access and transit providers. */
export const isp: readonly string[] = listed(`
  isp, internet, *internet, inter net, telecom*, *telecom, *telecoms, *telekom, telekom*, telecomunica*,
  telekomunik*, telekomm*, telefon*, telephon*, telcom*, *telcom, telco*, *telco, tele, *tele, tel, *tel,
  telemat*, communication, communications, comunica*, kommunikation*, comunicoes, telecomunicoes, comm,
  *comm, *comms, comms, broadband, *broadband, breitband, bredband*, *bredband, banda ancha, banda larga,
  wireless, *wireless, wifi*, *wifi, wisp, wimax, wi fi, fiber*, *fiber, fibre*, *fibre, fibra*, *fibra,
  fibr, ftth, glasfaser*, optic*, optik*, cable, *cable, cabo, kabel*, *kabel, cablevision, catv, dsl,
  *dsl, adsl, vdsl, dialup, broad band, net, *net, *netz, network provider, netcom*, *netcom, provedor*,
  proveedor*, provider*, acesso, acceso, access, backbone*, carrier*, transit, ip transit, exchange, ixp,
  ix, peering, satellite, satelit*, satcom, vsat, voip, *voip, voice, pool, residential, hfc, docsis,
  gpon, infotel*, *link, *linx, *connect, conecta, conexao, conect*, connectivity, infocom*, *infocom,
  infonet, webnet, skynet, speednet, starnet, rural, redes, networking, networks, *networks, network,
  *network, verkko, nett, *nett, nettet, stadtnetz, stadtwerke, citynet, lan, wan, *wave, radio link,
  provayder*, svyaz*, *svyaz, sviaz, telesystems, telesys*, inet, *inet, online, *online, adsl*, isp*,
  iptv, cooperativa telefonica, coop telefonica, coopertiva, telefonos, telephone*, rural telephone,
  teleservices, teleport, netservi*, tecnet, *conex, *nete, turbo*, ultra*, giga*, mega net, g net,
  hotspot*, linknet, velox, veloz, speed*, onda, comcast
`);

/** Cellular operators. */
export const mobile: readonly string[] = listed(`
  mobile, mobil, movil, moviles, mobility, mobiles, *mobile, *mobil, cellular, celular, cellulaire, gsm,
  gprs, lte, 4g, 5g, 3g, umts, wcdma, mobilfunk, cellco, mobinil, mobitel, mobilink, mobifone, telcel,
  comcel, mobiltel, mobistar, omnitel, vodacom, mtn, airtel, digicel, millicom, movistar, cell c, iam,
  safaricom
`);

/** Data centres, hosting, cloud, content delivery, domain registrars. */
export const hosting: readonly string[] = listed(`
  hosting, host, *host, host*, *hosting, hoster, *hosts, alojamiento, hospedagem, hebergement, hebergeur,
  barindirma, cloud*, *cloud, *clouds, nube, nuvem, server, servers, *server, *servers, serveur*,
  servidor*, dedicated, dedi, vps, *vps, vds, *vds, virtual private, colo, *colo, colocation, colocat*,
  datacenter*, *datacenter, data center, rack*, data centre, datacentre*, data centers, data centres,
  datacentr*, *rack, rechenzentrum, centro de datos, dc, cdn, *cdn, content delivery, caching, webhost*,
  web hosting, domains, registrar, registro, dns, anycast, ddos, mitigation, saas, paas, iaas, iaas*,
  managed hosting, kubernetes, compute, baremetal, bare metal, seedbox, game server, game servers,
  gameserver*, streaming, proxmox, vpshost*, hostinger, ovh, hetzner, linode, digitalocean, akamai,
  fastly, amazon
`);

/** Networks that hide who is behind: VPNs, anonymisers, corporate web proxies. */
export const vpn: readonly string[] = listed(`
  vpn, *vpn, vpn*, anonym*, tor exit, tor relay, torservers, privacy, proxy, *proxy, proxies, zscaler,
  netskope, iboss, forcepoint, menlo security, menlosecurity, opendns, cisco umbrella, cato networks,
  catonetworks, wandera, mullvad, nordvpn, expressvpn, protonvpn, private internet, privateinternet,
  surfshark, tefincom, perimeter 81, m247, datacamp, blackmesh, symantec web security, broadcom wss,
  prisma access, warp, windscribe, ipvanish, tunnelbear
`);

/** Bodies that number the internet, and what they write where nobody is. */
export const nobody: readonly string[] = listed(`
  reserved as, reserved, unassigned, unallocated, not routed, not announced, iana, apnic, ripe, ripencc,
  arin, lacnic, afrinic, nic br, private use, documentation, bogon, debogon
`);
