/** The tables as kysely sees them; the columns' meaning is told in migrations/. */
import type { Generated } from 'kysely';

export interface Tables {
  site: {
    id: Generated<number>;
    key: string;
    domain: string;
    hosts: string;
    created_at: number;
    tag: Generated<string>;
  };
  setting: { name: string; value: string };
  owner_rule: {
    id: Generated<number>;
    match: string;
    company_name: string | null;
    company_domain: string | null;
    note: string;
    created_at: number;
  };
  drop_count: { site_id: number; day: string; reason: string; count: number };
  string: { id: number; value: string };
  page: { id: number; host: string; path: string };
  agent: { id: number; browser: string; os: string; device: string };
  arrival: {
    id: number;
    channel: string;
    source: string;
    medium: string;
    campaign: string;
    term: string;
    content: string;
    click_id: string;
    referrer: string;
  };
  account: {
    id: number;
    key: string;
    name: string;
    domain: string | null;
    country: string | null;
    kind: string;
    name_rank: number;
    created_at: number;
  };
  verdict: {
    id: number;
    content: string;
    kind: string;
    tier: string;
    confidence: number;
    name: string | null;
    domain: string | null;
  };
  network: {
    id: number;
    address_key: number;
    verdict_id: number;
    account_id: number | null;
    prefix: string;
    country: string | null;
  };
  visitor: { id: number; site_id: number; key: string; via: string };
  person: {
    id: number;
    key: string;
    label: string;
    account_id: number | null;
    account_evidence: string | null;
  };
  event: {
    id: number;
    site_id: number;
    visitor_id: number;
    message: number;
    at: number;
    received_at: number;
    type: number;
    page_id: number;
    title_id: number | null;
    arrival_id: number | null;
    agent_id: number;
    network_id: number;
    person_id: number | null;
    detail: string | null;
  };
  session: {
    id: number;
    site_id: number;
    visitor_id: number;
    account_id: number | null;
    person_id: number | null;
    by_person: number;
    network_id: number;
    arrival_id: number | null;
    agent_id: number;
    landing_id: number;
    started_at: number;
    ended_at: number;
    events: number;
    pages: number;
    forms: number;
  };
  account_total: {
    account_id: number;
    site_id: number;
    first_at: number;
    last_at: number;
    visits: number;
    people: number;
    pages: number;
    forms: number;
  };
  account_day: {
    account_id: number;
    site_id: number;
    day: number;
    visits: number;
    pages: number;
    forms: number;
  };
  site_day: {
    site_id: number;
    day: number;
    visits: number;
    account_visits: number;
    pages: number;
    forms: number;
    events: number;
  };
}
