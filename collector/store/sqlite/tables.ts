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
  decision: {
    id: Generated<number>;
    kind: string;
    match: string | null;
    address_key: number | null;
    says: string | null;
    account_id: number | null;
    target_id: number | null;
    note: string;
    made_by: string;
    made_at: number;
    undone_by: string | null;
    undone_at: number | null;
    moved: string | null;
  };
  profile: {
    account_id: number;
    name: string | null;
    industry: string | null;
    size: string | null;
    country: string | null;
    owner: string | null;
    attributes: string;
    imported_by: string;
    imported_at: number;
  };
  segment: {
    id: Generated<number>;
    name: string;
    expression: string;
    owner: string;
    shared: number;
    created_at: number;
    changed_at: number;
  };
  segment_seen: { segment_id: number; user: string; seen_at: number; members: string };
  import: {
    id: Generated<number>;
    kind: string;
    site_id: number | null;
    file_name: string;
    sha256: string | null;
    mapping: string;
    rows: Generated<number>;
    stored: Generated<number>;
    duplicates: Generated<number>;
    refused: Generated<string>;
    made_by: string;
    made_at: number;
    noted_at: number;
    ended_at: number | null;
    problem: string | null;
    undone_by: string | null;
    undone_at: number | null;
  };
  import_event: { import_id: number; event_id: number };
  import_said: { kind: string; subject_id: number; import_id: number; said: string };
  contact: {
    id: Generated<number>;
    key: string;
    account_id: number | null;
    email: string | null;
    name: string | null;
    title: string | null;
    department: string | null;
    phone: string | null;
    role: string | null;
    linkedin: string | null;
    attributes: string;
    changed_at: number;
  };
  account_mark: { user: string; kind: string; account_id: number; marked_at: number };
  person_role: { key: string; role: string | null; set_by: string; set_at: number };
  account_look: { account_id: number; user: string; looked_at: number; before_at: number | null };
  account_owner: { account_id: number; owner: string | null; set_by: string; set_at: number };
  account_tag: { account_id: number; word: string; tag: string; added_by: string; added_at: number };
  account_note: {
    id: Generated<number>;
    account_id: number;
    text: string;
    written_by: string;
    written_at: number;
    edited_by: string | null;
    edited_at: number | null;
  };
  mark_change: {
    id: Generated<number>;
    change: string;
    accounts: number;
    refused: number;
    before: string;
    made_by: string;
    made_at: number;
    undone_at: number | null;
  };
  user_setting: { user: string; name: string; value: string };
  score_version: { id: Generated<number>; scoring: string; note: string; made_by: string; made_at: number };
  account_score: {
    account_id: number;
    version: number;
    day: number;
    score: number;
    band: string;
    reasons: string;
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
    rests_on_learning: number;
  };
  network: {
    id: number;
    address_key: number;
    verdict_id: number;
    account_id: number | null;
    prefix: string;
    country: string | null;
    as_number: number | null;
  };
  visitor: { id: number; site_id: number; key: string; via: string };
  person_alias: { key: string; person_id: number };
  share: {
    id: Generated<number>;
    account_id: number;
    hash: string;
    password: string | null;
    shows_people: number;
    made_by: string;
    made_at: number;
    expires_at: number;
    opened_at: number | null;
    revoked_by: string | null;
    revoked_at: number | null;
  };
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
    employer_id: number | null;
    by_learned: number;
    decision_id: number | null;
    is_own: number;
    is_offline: number;
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
    last_started_at: number;
  };
  account_span: {
    span: number;
    account_id: number;
    site_id: number;
    visits: number;
    pages: number;
    forms: number;
  };
  verdict_day: {
    day: number;
    verdict_id: number;
    site_id: number;
    standing: number;
    visits: number;
    pages: number;
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
    own_visits: number;
    own_pages: number;
  };
  recent_message: { id: Generated<number>; stretch: number; site_id: number; message: number };
  origin: { id: number; source: string; channel: string; campaign: string };
  breakdown_day: {
    site_id: number;
    aspect: number;
    day: number;
    value_id: number;
    visits: number;
    account_visits: number;
  };
  breakdown_span: {
    site_id: number;
    aspect: number;
    span: number;
    value_id: number;
    visits: number;
    account_visits: number;
  };
  visitor_day: { site_id: number; day: number; sketch: Uint8Array };
  subject: { id: Generated<number>; kind: string; name: string; word: string };
  activity: {
    subject_id: number;
    day: number;
    account_id: number;
    who: number;
    site_id: number;
    count: number;
  };
  teaching: {
    address_key: number;
    person_id: number;
    account_id: number;
    first_at: number;
    last_at: number;
  };
  api_key: {
    id: Generated<number>;
    name: string;
    hash: string;
    prefix: string;
    role: string;
    scopes: string;
    created_by: string;
    created_at: number;
    last_used_at: number | null;
    revoked_by: string | null;
    revoked_at: number | null;
  };
  audit: { id: Generated<number>; at: number; who: string; what: string; subject: string; detail: string };
  segment_entry: {
    id: Generated<number>;
    segment_id: number;
    account_id: number;
    entered_at: number;
    cause: string | null;
    left_at: number | null;
  };
  notice: {
    id: Generated<number>;
    key: string;
    user: string;
    segment_id: number;
    segment_name: string;
    account_id: number;
    cause: string | null;
    at: number;
    read_at: number | null;
  };
  digest: {
    user: string;
    frequency: string;
    weekday: number;
    hour: number;
    time_zone: string;
    when_empty: string;
    changed_at: number;
    last_slot: number;
    covered_to: number | null;
    sent_at: number | null;
  };
}
