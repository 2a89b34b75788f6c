-- The first tables: of things and links as the catalogue has them, of changes, and of search.

CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('revision', 0), ('changed_at', NULL);

CREATE TABLE change(
  revision INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  action TEXT NOT NULL CHECK(action IN ('CREATED','UPDATED','DELETED','IMPORTED')),
  kind TEXT NOT NULL,
  node_id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY(revision, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_node ON change(node_id, revision, number);

CREATE TABLE actor(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('MUNICIPALITY','REGION','MUNICIPAL_ASSOCIATION','DEVELOPMENT_COMPANY','AGENCY','UNIVERSITY','RESEARCH_INSTITUTE','EDUCATION_PROVIDER','SCIENCE_PARK','INCUBATOR','CLUSTER','NETWORK','BUSINESS','CAPITAL_ACTOR','OTHER')),
  helix TEXT NOT NULL CHECK(helix IN ('ACADEMIA','INDUSTRY','GOVERNMENT','CAPITAL','CIVIL_SOCIETY','HYBRID')),
  description TEXT,
  description_en TEXT,
  website TEXT,
  website_fold TEXT,
  founded_in INTEGER,
  founded_in_key INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(founded_in,9223372036854775807)) STORED,
  longitude REAL CHECK((longitude IS NULL)=(latitude IS NULL)),
  latitude REAL,
  region_wide INTEGER NOT NULL CHECK(region_wide IN (0,1)),
  code TEXT,
  code_fold TEXT,
  population INTEGER,
  population_key INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(population,9223372036854775807)) STORED,
  population_on TEXT,
  population_on_first TEXT,
  population_on_last TEXT,
  place_name TEXT,
  town TEXT,
  in_region INTEGER CHECK(in_region IN (0,1)),
  organisation_number TEXT,
  organisation_number_fold TEXT,
  industries TEXT,
  employees INTEGER,
  municipality INTEGER REFERENCES actor(pk),
  collaborator_count INTEGER NOT NULL DEFAULT 0,
  initiative_count INTEGER NOT NULL DEFAULT 0,
  object_type TEXT NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'MUNICIPALITY' THEN 'Municipality' WHEN 'REGION' THEN 'PublicOrganisation' WHEN 'MUNICIPAL_ASSOCIATION' THEN 'PublicOrganisation' WHEN 'DEVELOPMENT_COMPANY' THEN 'PublicOrganisation' WHEN 'AGENCY' THEN 'PublicOrganisation' WHEN 'UNIVERSITY' THEN 'AcademicInstitution' WHEN 'RESEARCH_INSTITUTE' THEN 'AcademicInstitution' WHEN 'EDUCATION_PROVIDER' THEN 'AcademicInstitution' WHEN 'SCIENCE_PARK' THEN 'SciencePark' WHEN 'INCUBATOR' THEN 'SciencePark' WHEN 'CLUSTER' THEN 'Cluster' WHEN 'NETWORK' THEN 'ActorNetwork' WHEN 'BUSINESS' THEN 'Business' WHEN 'CAPITAL_ACTOR' THEN 'CapitalActor' WHEN 'OTHER' THEN 'OtherActor' END) VIRTUAL
) STRICT;
CREATE INDEX actor_order ON actor(name_key, id);
CREATE INDEX actor_kind ON actor(kind, name_key, id);
CREATE INDEX actor_helix ON actor(helix, name_key, id);
CREATE INDEX actor_municipality ON actor(municipality, name_key, id);
CREATE INDEX actor_founded_in_order ON actor(founded_in_key, id);
CREATE INDEX actor_population_order ON actor(population_key, id);
CREATE INDEX actor_collaborator_count_order ON actor(collaborator_count, id);
CREATE INDEX actor_initiative_count_order ON actor(initiative_count, id);

CREATE TABLE collaboration(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK(kind IN ('PARTNERSHIP','PROJECT','RESEARCH','EDUCATION','SERVICE_DELIVERY','KNOWLEDGE_EXCHANGE','OTHER')),
  strength REAL NOT NULL,
  since TEXT,
  since_first TEXT,
  since_last TEXT,
  since_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(since_first,char(1114111))) STORED,
  until TEXT,
  until_first TEXT,
  until_last TEXT,
  until_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(until_first,char(1114111))) STORED,
  evidence TEXT,
  evidence_fold TEXT,
  "from" INTEGER NOT NULL REFERENCES actor(pk),
  "to" INTEGER NOT NULL REFERENCES actor(pk),
  initiative INTEGER REFERENCES initiative(pk),
  CHECK("from" <> "to")
) STRICT;
CREATE INDEX collaboration_strength_order ON collaboration(strength, id);
CREATE INDEX collaboration_since_order ON collaboration(since_key, id);
CREATE INDEX collaboration_until_order ON collaboration(until_key, id);
CREATE UNIQUE INDEX collaboration_ends ON collaboration("from", "to", kind, coalesce(since,''));
CREATE INDEX collaboration_near ON collaboration("from", "to");
CREATE INDEX collaboration_far ON collaboration("to", "from");
CREATE INDEX collaboration_initiative ON collaboration(initiative);

CREATE TABLE affiliation(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK(kind IN ('MEMBER','OWNER','FUNDER','COORDINATOR','HOST')),
  role TEXT,
  role_fold TEXT,
  share REAL,
  share_key REAL NOT NULL GENERATED ALWAYS AS (coalesce(share,1e12)) STORED,
  since TEXT,
  since_first TEXT,
  since_last TEXT,
  since_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(since_first,char(1114111))) STORED,
  until TEXT,
  until_first TEXT,
  until_last TEXT,
  until_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(until_first,char(1114111))) STORED,
  evidence TEXT,
  "from" INTEGER NOT NULL REFERENCES actor(pk),
  "to" INTEGER NOT NULL REFERENCES actor(pk),
  CHECK("from" <> "to")
) STRICT;
CREATE INDEX affiliation_share_order ON affiliation(share_key, id);
CREATE INDEX affiliation_since_order ON affiliation(since_key, id);
CREATE INDEX affiliation_until_order ON affiliation(until_key, id);
CREATE UNIQUE INDEX affiliation_ends ON affiliation("from", "to", kind, coalesce(since,''));
CREATE INDEX affiliation_near ON affiliation("from", kind, "to");
CREATE INDEX affiliation_far ON affiliation("to", kind, "from");

CREATE TABLE initiative(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT,
  description_en TEXT,
  start TEXT,
  start_first TEXT,
  start_last TEXT,
  start_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(start_first,char(1114111))) STORED,
  "end" TEXT,
  end_first TEXT,
  end_last TEXT,
  end_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(end_first,char(1114111))) STORED,
  website TEXT,
  lead INTEGER REFERENCES actor(pk),
  participant_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX initiative_order ON initiative(name_key, id);
CREATE INDEX initiative_start_order ON initiative(start_key, id);
CREATE INDEX initiative_end_order ON initiative(end_key, id);
CREATE INDEX initiative_participant_count_order ON initiative(participant_count, id);
CREATE INDEX initiative_lead ON initiative(lead);

CREATE TABLE participation(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK(role IN ('LEAD','PARTNER','FUNDER','HOST','OTHER')),
  since TEXT,
  since_first TEXT,
  since_last TEXT,
  until TEXT,
  until_first TEXT,
  until_last TEXT,
  actor INTEGER NOT NULL REFERENCES actor(pk),
  initiative INTEGER NOT NULL REFERENCES initiative(pk)
) STRICT;
CREATE INDEX participation_role_order ON participation(role, id);
CREATE UNIQUE INDEX participation_ends ON participation(actor, initiative);
CREATE INDEX participation_far ON participation(initiative, actor);

CREATE TABLE challenge(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  initiative_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX challenge_order ON challenge(name_key, id);
CREATE INDEX challenge_initiative_count_order ON challenge(initiative_count, id);

CREATE TABLE competence(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  actor_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX competence_order ON competence(name_key, id);
CREATE INDEX competence_actor_count_order ON competence(actor_count, id);

CREATE TABLE agreement(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  signed TEXT,
  signed_first TEXT,
  signed_last TEXT,
  signed_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(signed_first,char(1114111))) STORED,
  until TEXT,
  until_first TEXT,
  until_last TEXT,
  document TEXT,
  areas TEXT NOT NULL
) STRICT;
CREATE INDEX agreement_order ON agreement(name_key, id);
CREATE INDEX agreement_signed_order ON agreement(signed_key, id);

CREATE TABLE service(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  name_fold TEXT NOT NULL,
  name_key TEXT NOT NULL,
  audience TEXT NOT NULL CHECK(audience IN ('NEW_BUSINESSES','ESTABLISHED_BUSINESSES','RESEARCHERS','INVESTORS','JOB_SEEKERS','ALL'))
) STRICT;
CREATE INDEX service_order ON service(name_key, id);
CREATE INDEX service_audience_order ON service(audience, id);

CREATE TABLE source(
  pk INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  slug_fold TEXT NOT NULL,
  title TEXT NOT NULL,
  title_fold TEXT NOT NULL,
  title_key TEXT NOT NULL,
  publisher TEXT,
  publisher_fold TEXT,
  publisher_key TEXT NOT NULL,
  url TEXT,
  url_fold TEXT,
  language TEXT,
  language_fold TEXT,
  accessed TEXT,
  accessed_first TEXT,
  accessed_last TEXT,
  accessed_key TEXT NOT NULL GENERATED ALWAYS AS (coalesce(accessed_first,char(1114111))) STORED
) STRICT;
CREATE INDEX source_order ON source(title_key, id);
CREATE INDEX source_publisher_order ON source(publisher_key, id);
CREATE INDEX source_accessed_order ON source(accessed_key, id);

CREATE TABLE actor_source(actor INTEGER NOT NULL REFERENCES actor(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(actor, source)) STRICT, WITHOUT ROWID;
CREATE INDEX actor_source_source ON actor_source(source, actor);
CREATE TABLE collaboration_source(collaboration INTEGER NOT NULL REFERENCES collaboration(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(collaboration, source)) STRICT, WITHOUT ROWID;
CREATE INDEX collaboration_source_source ON collaboration_source(source, collaboration);
CREATE TABLE affiliation_source(affiliation INTEGER NOT NULL REFERENCES affiliation(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(affiliation, source)) STRICT, WITHOUT ROWID;
CREATE INDEX affiliation_source_source ON affiliation_source(source, affiliation);
CREATE TABLE initiative_source(initiative INTEGER NOT NULL REFERENCES initiative(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(initiative, source)) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_source_source ON initiative_source(source, initiative);
CREATE TABLE participation_source(participation INTEGER NOT NULL REFERENCES participation(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(participation, source)) STRICT, WITHOUT ROWID;
CREATE INDEX participation_source_source ON participation_source(source, participation);
CREATE TABLE challenge_source(challenge INTEGER NOT NULL REFERENCES challenge(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(challenge, source)) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_source_source ON challenge_source(source, challenge);
CREATE TABLE agreement_source(agreement INTEGER NOT NULL REFERENCES agreement(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(agreement, source)) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_source_source ON agreement_source(source, agreement);
CREATE TABLE service_source(service INTEGER NOT NULL REFERENCES service(pk), source INTEGER NOT NULL REFERENCES source(pk), PRIMARY KEY(service, source)) STRICT, WITHOUT ROWID;
CREATE INDEX service_source_source ON service_source(source, service);
CREATE TABLE actor_competence(actor INTEGER NOT NULL REFERENCES actor(pk), competence INTEGER NOT NULL REFERENCES competence(pk), source INTEGER REFERENCES source(pk), PRIMARY KEY(actor, competence)) STRICT, WITHOUT ROWID;
CREATE INDEX actor_competence_competence ON actor_competence(competence, actor);
CREATE INDEX actor_competence_source ON actor_competence(source);
CREATE TABLE actor_need(actor INTEGER NOT NULL REFERENCES actor(pk), competence INTEGER NOT NULL REFERENCES competence(pk), source INTEGER REFERENCES source(pk), PRIMARY KEY(actor, competence)) STRICT, WITHOUT ROWID;
CREATE INDEX actor_need_competence ON actor_need(competence, actor);
CREATE INDEX actor_need_source ON actor_need(source);
CREATE TABLE initiative_challenge(initiative INTEGER NOT NULL REFERENCES initiative(pk), challenge INTEGER NOT NULL REFERENCES challenge(pk), PRIMARY KEY(initiative, challenge)) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_challenge_challenge ON initiative_challenge(challenge, initiative);
CREATE TABLE initiative_competence(initiative INTEGER NOT NULL REFERENCES initiative(pk), competence INTEGER NOT NULL REFERENCES competence(pk), PRIMARY KEY(initiative, competence)) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_competence_competence ON initiative_competence(competence, initiative);
CREATE TABLE agreement_party(agreement INTEGER NOT NULL REFERENCES agreement(pk), actor INTEGER NOT NULL REFERENCES actor(pk), PRIMARY KEY(agreement, actor)) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_party_actor ON agreement_party(actor, agreement);
CREATE TABLE service_provider(service INTEGER NOT NULL REFERENCES service(pk), actor INTEGER NOT NULL REFERENCES actor(pk), PRIMARY KEY(service, actor)) STRICT, WITHOUT ROWID;
CREATE INDEX service_provider_actor ON service_provider(actor, service);
CREATE TABLE service_municipality(service INTEGER NOT NULL REFERENCES service(pk), municipality INTEGER NOT NULL REFERENCES actor(pk), PRIMARY KEY(service, municipality)) STRICT, WITHOUT ROWID;
CREATE INDEX service_municipality_municipality ON service_municipality(municipality, service);

CREATE TABLE found(
  pk INTEGER PRIMARY KEY,
  entity TEXT NOT NULL,
  thing TEXT NOT NULL UNIQUE,  -- the thing's id
  name TEXT NOT NULL,          -- words of the name, in order
  name_en TEXT NOT NULL,       -- words of the English name, or empty
  words TEXT NOT NULL,         -- each word of names and descriptions once; forgotten with the thing
  name_key TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
CREATE TABLE word(
  text TEXT PRIMARY KEY,
  n INTEGER NOT NULL           -- how many things hold it
) STRICT, WITHOUT ROWID;
