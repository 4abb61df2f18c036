/**
 * Words in a name that say what an organisation does, when it is neither carrier nor host. Data; the marks are those of
 * `kind-words.ts`.
 */
import { listed } from './listed.ts';

/** So telling that they win over a word such as `net` beside them. */
export const strongIndustry: readonly string[] = listed(`
  bank, banks, *bank, bank*, banco, banca, banque, banka, bankasi, bancorp*, *bancorp, bankshares,
  banking, pankki, sparkasse, *sparkasse, raiffeisen*, volksbank*, credit union, *creditunion, fcu, *fcu,
  caixa, cooperative bank, insurance, *insurance, assurance, assurances, versicherung*, *versicherung,
  verzeker*, seguros, asigurari, sigorta, reinsurance, assicurazioni, vakuutus, forsikring, forsakring*,
  pojistovna, ubezpiecz*, mutual, hospital*, *hospital, clinic, clinics, clinica, clinique, klinik*,
  *klinik, *kliniken, klinikum, krankenhaus, kliniken, ziekenhuis, sykehus, sjukhus, szpital, nemocnice,
  bolnica, spital, hopital, hopitaux, healthcare, health system, health, *health, medical,
  medical center, medicare, pharma*, *pharma, *pharm, farma, farmaceutic*, laborator*, laboratoire*,
  labcorp, diagnostics, brewer*, brauerei, cerveceria, airline*, *airlines, airways, aerolineas,
  airport*, flughafen, aeroporto, aeropuerto, casino, hotel, hotels, resort*, university hospital,
  attorneys, law firm, llp, rechtsanwalte, advokat*, museum, library
`);

/** Trades, products and works. */
export const industry: readonly string[] = listed(`
  aerospace, aero, aeronautic*, agricult*, agrar*, agri*, agro*, alimentos, aluminium, aluminum, apparel,
  architect*, asset management, audi, auto, autohaus, automobil*, automotive, automotor*, automation,
  aviation, baustoff*, bau, beverage*, biotech*, bio, biomedical, borse, bolsa, bourse, brands, broker*,
  brokerage, broadcasting, broadcast, buchverlag, building, bus, capital, capital management, car, cars,
  cargo, casa, cattle, cement*, cemento*, ceramic*, chain, chem, chemical*, chemie, chimica, chimique,
  church, clothing, coal, coffee, commodities, construct*, construction*, construcciones, consulting,
  consultants, containers, cosmetic*, credit, dairy, defense systems, dental, design, distribution,
  distribui*, distribuc*, drinks, druck*, druckerei, editora, editorial, elektr*, electric,
  electric cooperative, electrical, electronics, electronic, elettr*, energ*, *energy, *energie,
  engineering, engineers, entertainment, equipment, equity, exploration, express, fabrik, fabrics,
  factory, farm, farms, fashion, ferretera, fertili*, film, films, finance, financial, *financial,
  finans*, finanz*, financeira, financiera, fisheries, flavors, food, foods, *foods, footwear, forest*,
  foundry, freight, fruit*, fund, funds, furniture, gas, gaming, glass, glas, gold, golf, grain, grocer*,
  handel, *handel, hardware, heavy industries, holding, holdings, homes, hydro, immobili*, import,
  importa*, exporta*, industri*, *industries, *industrie, ingenieur*, ingredients, instruments, invest*,
  iron, jewel*, journal, labs, leasing, lebensmittel, libri, life, logisti*, *logistics, lottery,
  loterie, lumber, luxury, machin*, manufactur*, maritime, market, markets, maschinen*, *maschinen,
  materials, meat, mechanical, media group, metal*, metall*, mills, mineral*, mining, mine, minera,
  mortgage, motor, motors, *motors, musik, natural resources, newspaper*, nuclear, oil, oil gas,
  orchestra, packaging, paint*, paper, papier*, partners, petro*, petrol*, pipeline*, plast*, plumbing,
  polymer*, port of, post, poste, power, precision, press, print*, produce, products, properties,
  property, publish*, pumps, rail*, railway*, railroad, real estate, realty, refinery, refineries,
  renewables, restaurant*, retail*, robotics, rubber, savings, schmiede, seafood, securities,
  semiconduct*, senior living, shipping, shipyard, shoes, shopping, soap, solar, spedition, sport,
  sports, stahl*, stainless, steel, *steel, stock exchange, store, stores, sugar, supermarket*,
  supermerc*, supply, surgical, tabak, tax, theat*, textil*, tire, tires, tobacco, tools, tour, tours,
  tourism, toys, trading, transport*, travel, trucking, trucks, turism*, utilities, utility, verlag,
  *verlag, veterinar*, vision care, warehouse, waste, watch, water, wealth, wein*, werft, werk, werke,
  werkzeug*, wholesale, wine*, winery, wood, wool, yachts, zeitung, zement, zucker, cooperative, wines,
  seeds, poultry, pork, stiftung, foundation, charity, diocese, erzbistum, caritas, diakonie, red cross,
  rotes kreuz, kirche*, union, chamber of commerce
`);

/** Words of the computer trade: with them a legal form alone does not say whether it is a host, a carrier or a shop. */
export const computing: readonly string[] = listed(`
  ag systems, bit, bits, byte, bytes, code, coding, com, comp, compu*, computer*, cyber*, data, *data,
  digital, digi*, e commerce, edv, electronica, enterprise*, group, ict, info*, *info, informat*, infra*,
  infrastructure, integra*, interactive, it, itc, media, *media, multimedia, nets, nexus, ops, platform*,
  secure*, security, service, services, servicos, servicios, soft, *soft, software, solution*, solucoes,
  soluciones, sistem*, system*, *systems, tech, *tech, techn*, tecno*, tekno*, technolog*, tecnolog*,
  teknoloji, tv, video, virtual*, web*, *web, asn, ip, ips, as, global, smart, nova, one, plus
`);
