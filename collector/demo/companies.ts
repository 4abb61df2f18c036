/**
 * The demo's companies: every name is invented, every domain lies under `.example` and every address in a range
 * that RFC 5737 or RFC 3849 keeps for documentation, so that nobody's real visits can be mistaken for these.
 */
import type { StoryName } from './stories.ts';
import { type Zone, zones } from './zones.ts';

/** `own`: the company runs an autonomous system; `line`: it rents a line, and the operator's name stands beside its own. */
type Uplink = 'own' | 'line';

type Row = readonly [
  name: string,
  domain: string,
  zone: Zone,
  uplink: Uplink,
  story: StoryName,
  networks: readonly string[],
];

const rows: readonly Row[] = [
  // Deals in the making: one person finds us, colleagues follow.
  ['Brückenfeld Stahlhandel', 'brueckenfeld-stahl', 'Europe/Berlin', 'line', 'champion', ['198.51.100.0/29']],
  ['Caldermoor Water', 'caldermoor-water', 'Europe/London', 'own', 'champion', ['198.51.100.8/29']],
  ['Nordhavn Robotics', 'nordhavn-robotics', 'Europe/Copenhagen', 'line', 'champion', ['198.51.100.16/29']],
  [
    'Cottonmill Freight Lines',
    'cottonmill-freight',
    'America/Chicago',
    'line',
    'champion',
    ['198.51.100.24/29'],
  ],
  [
    'Kvernes Subsea',
    'kvernes-subsea',
    'Europe/Oslo',
    'own',
    'committee',
    ['198.51.100.32/29', '2001:db8:a01::/48'],
  ],
  ['Polderlicht Energie', 'polderlicht', 'Europe/Amsterdam', 'own', 'committee', ['198.51.100.40/29']],
  [
    'Compagnie Générale des Ascenseurs et Téléphériques du Haut-Vercors',
    'ascenseurs-haut-vercors',
    'Europe/Paris',
    'line',
    'committee',
    ['198.51.100.48/29'],
  ],
  [
    'Wattlebird Mining Services',
    'wattlebird-mining',
    'Australia/Sydney',
    'line',
    'committee',
    ['198.51.100.56/29'],
  ],
  ['Officine Meccaniche Bellagarda', 'bellagarda', 'Europe/Rome', 'line', 'committee', ['198.51.100.64/29']],
  // Customers: weekly in the documentation; the last two fade away.
  ['Oberwaldner Fördertechnik', 'oberwaldner', 'Europe/Vienna', 'line', 'customer', ['198.51.100.72/29']],
  ['Hartlewick Foods', 'hartlewick-foods', 'Europe/London', 'line', 'customer', ['198.51.100.80/29']],
  [
    'Vänerstål Components',
    'vanerstal',
    'Europe/Stockholm',
    'own',
    'customer',
    ['198.51.100.88/29', '2001:db8:a02::/48'],
  ],
  ['Quillback Packaging', 'quillback', 'America/New_York', 'line', 'customer', ['198.51.100.96/29']],
  ['株式会社青波計測', 'aonami-keisoku', 'Asia/Tokyo', 'line', 'customer', ['198.51.100.104/29']],
  ['Ardenne Quarry Group', 'ardenne-quarry', 'Europe/Brussels', 'line', 'customer', ['198.51.100.112/29']],
  ['Kurrajong Point Ports', 'kurrajong-ports', 'Australia/Sydney', 'own', 'fading', ['198.51.100.120/29']],
  [
    'Prairie Lantern Electric Cooperative',
    'prairie-lantern',
    'America/Denver',
    'line',
    'fading',
    ['198.51.100.128/29'],
  ],
  // Went quiet for seven weeks, then came back.
  ['Matterdal Medizintechnik', 'matterdal', 'Europe/Zurich', 'own', 'quiet', ['198.51.100.136/29']],
  ['Ballinacor Aviation Leasing', 'ballinacor', 'Europe/Dublin', 'line', 'quiet', ['198.51.100.144/29']],
  ['Lac-Boisé Aéronautique', 'lac-boise', 'America/Toronto', 'line', 'quiet', ['198.51.100.152/29']],
  ['Dvořáček Strojírny', 'dvoracek-strojirny', 'Europe/Prague', 'line', 'quiet', ['198.51.100.160/29']],
  // New within the last two weeks, and in a hurry.
  [
    'Müller & Söhne Antriebstechnik',
    'mueller-soehne',
    'Europe/Berlin',
    'line',
    'evaluating',
    ['198.51.100.168/29'],
  ],
  ['Hraunvík Geothermal', 'hraunvik', 'Atlantic/Reykjavik', 'own', 'evaluating', ['2001:db8:a03::/48']],
  ['Meghdhara Software Services', 'meghdhara', 'Asia/Kolkata', 'line', 'evaluating', ['198.51.100.176/29']],
  [
    'Cinderbrook Regional Hospital',
    'cinderbrook',
    'America/New_York',
    'line',
    'evaluating',
    ['198.51.100.184/29'],
  ],
  ['Ipêrana Celulose', 'iperana', 'America/Sao_Paulo', 'own', 'evaluating', ['198.51.100.192/29']],
  ['Oostkade Verzekeringen', 'oostkade', 'Europe/Amsterdam', 'line', 'evaluating', ['198.51.100.200/29']],
  ['Dalmoru Precision', 'dalmoru', 'Asia/Seoul', 'line', 'evaluating', ['198.51.100.208/29']],
  // Known by what they told us alone: everybody works from home.
  ['Ottergrove Software', 'ottergrove', 'America/Los_Angeles', 'line', 'remote', []],
  // A partner who builds on our interface.
  [
    'Pinebarrow Analytics',
    'pinebarrow',
    'America/New_York',
    'line',
    'partner',
    ['198.51.100.216/29', '2001:db8:a04::/48'],
  ],
  ['Saaremets Timber', 'saaremets', 'Europe/Tallinn', 'line', 'partner', ['198.51.100.224/29']],
  // Looked hard, then went elsewhere.
  ['Ferrantelli Valvole', 'ferrantelli', 'Europe/Rome', 'line', 'lost', ['198.51.100.232/29']],
  [
    'Wexley-Thorne Insurance Group',
    'wexley-thorne',
    'America/New_York',
    'own',
    'lost',
    ['198.51.100.240/29'],
  ],
  ['Rautavirta Forest Technologies', 'rautavirta', 'Europe/Helsinki', 'line', 'lost', ['198.51.100.248/29']],
  ['Grupo Aguamiel Alimentos', 'aguamiel', 'America/Mexico_City', 'line', 'lost', ['203.0.113.0/29']],
  // Readers of the newsletter and the blog.
  ['Thornaby Okafor Solicitors', 'thornaby-okafor', 'Europe/London', 'line', 'reader', ['203.0.113.8/29']],
  [
    'Gesellschaft für Thermische Verfahrenstechnik und Anlagenbau Ostharz mbH',
    'verfahrenstechnik-ostharz',
    'Europe/Berlin',
    'line',
    'reader',
    ['203.0.113.16/29'],
  ],
  ['Valldemar Ceràmica', 'valldemar', 'Europe/Madrid', 'line', 'reader', ['203.0.113.24/29']],
  ['Wierzbicka Łożyska', 'wierzbicka-lozyska', 'Europe/Warsaw', 'line', 'reader', ['203.0.113.32/29']],
  ['Szentmárton Hűtéstechnika', 'szentmarton', 'Europe/Budapest', 'line', 'reader', ['203.0.113.40/29']],
  ['Quintal & Moura Cortiças', 'quintal-moura', 'Europe/Lisbon', 'line', 'reader', ['203.0.113.48/29']],
  ['Granite Fork Credit Union', 'granite-fork', 'America/Denver', 'line', 'reader', ['203.0.113.56/29']],
  ['Aroha Ridge Dairy', 'aroha-ridge', 'Pacific/Auckland', 'line', 'reader', ['203.0.113.64/29']],
  ['Ostrander Falls Grocers', 'ostrander-falls', 'America/Toronto', 'line', 'reader', ['203.0.113.72/29']],
  ['Seefeldt Rückversicherung', 'seefeldt-re', 'Europe/Zurich', 'own', 'reader', ['203.0.113.80/29']],
  ['Στεριανός Ναυτιλιακή', 'sterianos', 'Europe/Athens', 'line', 'reader', ['203.0.113.88/29']],
  [
    'Brasseries Réunies de l’Estuaire',
    'brasseries-estuaire',
    'Europe/Paris',
    'line',
    'reader',
    ['203.0.113.96/29'],
  ],
  // Came through an advertisement.
  [
    'Van der Hoeksteen Koeltransport',
    'hoeksteen',
    'Europe/Amsterdam',
    'line',
    'advert',
    ['203.0.113.104/29'],
  ],
  ['Dünnwald Pharma-Verpackungen', 'duennwald', 'Europe/Berlin', 'line', 'advert', ['203.0.113.112/29']],
  ['Pennyfold Building Society', 'pennyfold', 'Europe/London', 'own', 'advert', ['203.0.113.120/29']],
  ['Transportes Quetzalín', 'quetzalin', 'America/Mexico_City', 'line', 'advert', ['203.0.113.128/29']],
  ['Indlovana Mining Supplies', 'indlovana', 'Africa/Johannesburg', 'line', 'advert', ['203.0.113.136/29']],
  ['Silver Tern Boatyards', 'silver-tern', 'America/Los_Angeles', 'line', 'advert', ['203.0.113.144/29']],
  ['Pădurea Nouă Mobila', 'padurea-noua', 'Europe/Bucharest', 'line', 'advert', ['203.0.113.152/29']],
  // Were sent by an AI assistant.
  ['Tel Shaked Medical Imaging', 'tel-shaked', 'Asia/Jerusalem', 'line', 'assistant', ['203.0.113.160/29']],
  ['Ekoisle Payments', 'ekoisle', 'Africa/Lagos', 'line', 'assistant', ['203.0.113.168/29']],
  ['Qinglu Optoelectronics', 'qinglu', 'Asia/Shanghai', 'line', 'assistant', ['203.0.113.176/29']],
  ['Hämälä Paper Machines', 'hamala', 'Europe/Helsinki', 'line', 'assistant', ['203.0.113.184/29']],
  ['Bayt Al-Rimal Contracting', 'bayt-al-rimal', 'Asia/Dubai', 'line', 'assistant', ['203.0.113.192/29']],
  // One look, perhaps two.
  ['Çınaraltı Tekstil', 'cinaralti', 'Europe/Istanbul', 'line', 'glance', ['203.0.113.200/29']],
  ['Rimba Segara Logistik', 'rimba-segara', 'Asia/Jakarta', 'line', 'glance', ['203.0.113.208/29']],
  ['Nội Thất Thuận Lâm', 'thuan-lam', 'Asia/Ho_Chi_Minh', 'line', 'glance', ['203.0.113.216/29']],
  ['Tausi Bridge Microfinance', 'tausi-bridge', 'Africa/Nairobi', 'line', 'glance', ['203.0.113.224/29']],
  ['Grønlykke Maskinfabrik', 'gronlykke', 'Europe/Copenhagen', 'line', 'glance', ['203.0.113.232/29']],
  ['Dunmarrow Distillers', 'dunmarrow', 'Europe/London', 'line', 'glance', ['203.0.113.240/29']],
  ['Suvarnadeep Textiles', 'suvarnadeep', 'Asia/Kolkata', 'line', 'glance', ['203.0.113.248/29']],
];

export interface DemoCompany {
  name: string;
  /** Registrable domain; also tells companies apart. */
  domain: string;
  zone: Zone;
  /** ISO 3166-1 alpha-2. */
  country: string;
  uplink: Uplink;
  story: StoryName;
  /** CIDR ranges; none if the whole company works from home. */
  networks: readonly string[];
}

/** Every company of the demo, in an order that never changes: traffic and AS numbers hang on it. */
export const demoCompanies: readonly DemoCompany[] = rows.map(
  ([name, label, zone, uplink, story, networks]) => ({
    name,
    domain: `${label}.example`,
    zone,
    country: zones[zone].country,
    uplink,
    story,
    networks,
  }),
);
