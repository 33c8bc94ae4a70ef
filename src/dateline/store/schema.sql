-- The notebook, version 1. Days are ISO text; spans are character offsets into article.text.
-- Records of an article are numbered from 0 in text order.

CREATE TABLE article (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    source       TEXT NOT NULL,
    url          TEXT,
    publisher    TEXT,
    title        TEXT,
    published    TEXT NOT NULL,
    published_at TEXT,
    language     TEXT,
    text         TEXT NOT NULL
);
CREATE INDEX article_published ON article (published, id);

CREATE VIRTUAL TABLE article_words USING fts5 (title, text, content = 'article', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.row, new.title, new.text);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.row, old.title, old.text);
END;

CREATE TABLE sentence (
    article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE vectors (
    article    INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
    dimensions INTEGER NOT NULL,
    data       BLOB NOT NULL -- float16, row after row, one a sentence
);

CREATE TABLE time_expression (
    article     INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    text        TEXT NOT NULL,
    type        TEXT NOT NULL,
    value       TEXT NOT NULL,
    mod         TEXT,
    first_day   TEXT,
    last_day    TEXT,
    granularity TEXT,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE mention (
    article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    text    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    entity  TEXT NOT NULL,
    score   REAL NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);

CREATE TABLE event (
    article     INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    sentence    INTEGER NOT NULL,
    predicate   TEXT NOT NULL,
    realis      TEXT NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    granularity TEXT,
    score       REAL NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE quantity (
    article INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    value   REAL NOT NULL,
    unit    TEXT,
    role    TEXT,
    hedge   TEXT,
    PRIMARY KEY (article, event, number),
    FOREIGN KEY (article, event) REFERENCES event (article, number) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE statement (
    article       INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    content_start INTEGER NOT NULL,
    content_end   INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    cue_start     INTEGER,
    cue_end       INTEGER,
    source_start  INTEGER,
    source_end    INTEGER,
    speaker       TEXT,
    score         REAL NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement (speaker);

CREATE TABLE expectation (
    article       INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    sentence      INTEGER NOT NULL,
    event         TEXT NOT NULL,
    predicate     TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    holder        TEXT,
    first_day     TEXT,
    last_day      TEXT,
    granularity   TEXT,
    strength      TEXT NOT NULL,
    negated       INTEGER NOT NULL,
    score         REAL NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX expectation_due ON expectation (last_day);

CREATE TABLE argument ( -- of an event or an expectation
    article    INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    owner      TEXT NOT NULL CHECK (owner IN ('event', 'expectation')),
    owned_by   INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    role       TEXT NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    text       TEXT NOT NULL,
    head_start INTEGER NOT NULL,
    head_end   INTEGER NOT NULL,
    entity     TEXT,
    PRIMARY KEY (article, owner, owned_by, number)
) WITHOUT ROWID;

-- What the keeper decided. An article is in one story at a time: membership holds from the close of the day
-- `since` to the close of the day before `until`, so that the view of any day shows what was known that day.

CREATE TABLE filing (
    article      INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
    duplicate_of TEXT REFERENCES article (id) ON DELETE SET NULL,
    revision_of  TEXT REFERENCES article (id) ON DELETE SET NULL
);

CREATE TABLE membership (
    article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    story   TEXT NOT NULL,
    since   TEXT NOT NULL,
    until   TEXT,
    PRIMARY KEY (article, since)
) WITHOUT ROWID;
CREATE INDEX membership_story ON membership (story, since);

CREATE TABLE checkpoint ( -- the shelf as it stood at the close of a day
    day   TEXT PRIMARY KEY,
    state BLOB NOT NULL
);
