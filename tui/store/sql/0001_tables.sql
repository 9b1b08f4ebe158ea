-- Schema 1. Documents are rows; who may do what is decided here, by the server, for psql as for Entente.
-- Levels: 1 reads what is public, 2 reads and writes everything, 3 also grants levels and destroys.
-- Roles are those of PostgreSQL; nothing is set in a session, so that connections may be pooled by transaction.

CREATE SCHEMA entente;

CREATE TABLE entente.schema_version (
    version integer NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);

-- partnership '' stands for all that say nothing of their own; grantee is a role, or 'public' for everybody.
CREATE TABLE entente.access (
    partnership text NOT NULL DEFAULT '',
    grantee text NOT NULL,
    level integer NOT NULL CHECK (level BETWEEN 0 AND 3),
    PRIMARY KEY (partnership, grantee)
);

-- `revision` counts the saves; `removed` is the last one that deleted rows: who knows less reads everything again.
-- In the bin `deleted_at` is set; `was` is the id it had there before another one took that.
CREATE TABLE entente.partnership (
    id text PRIMARY KEY CHECK (id ~ '^[a-z2-7]{10}$'),
    revision bigint NOT NULL DEFAULT 0,
    removed bigint NOT NULL DEFAULT 0,
    deleted_at timestamptz,
    was text NOT NULL DEFAULT '',
    created_by name NOT NULL DEFAULT current_user,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- `half`: public, past (the public history that is near), past.far, private (with its history), private.far, versions.
-- `kind` is the table of the document, `number` its number there.
CREATE TABLE entente.document (
    partnership text NOT NULL REFERENCES entente.partnership ON UPDATE CASCADE ON DELETE CASCADE,
    half text NOT NULL CHECK (half IN ('public', 'past', 'past.far', 'private', 'private.far', 'versions')),
    kind text NOT NULL,
    number bigint NOT NULL,
    body json NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (partnership, half, kind, number)
);
CREATE INDEX document_news ON entente.document (partnership, revision);

-- Each save leaves its id in its own transaction: whoever lost the line while committing learns here what became of it.
CREATE TABLE entente.save (
    id text PRIMARY KEY,
    partnership text NOT NULL REFERENCES entente.partnership ON UPDATE CASCADE ON DELETE CASCADE,
    saved_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX save_age ON entente.save (partnership, saved_at);

-- A line of the list, as it was at `revision`; one for those who read what is public, one for those who read all.
CREATE TABLE entente.summary (
    partnership text NOT NULL REFERENCES entente.partnership ON UPDATE CASCADE ON DELETE CASCADE,
    half text NOT NULL CHECK (half IN ('public', 'private')),
    revision bigint NOT NULL,
    body json NOT NULL,
    PRIMARY KEY (partnership, half)
);

-- Who has a partnership open: a row that is told again every few seconds, by the clock of the server alone.
CREATE TABLE entente.presence (
    session text PRIMARY KEY,
    partnership text NOT NULL REFERENCES entente.partnership ON UPDATE CASCADE ON DELETE CASCADE,
    account name NOT NULL DEFAULT current_user,
    author text NOT NULL,
    since text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX presence_of ON entente.presence (partnership);

CREATE TABLE entente.attachment (
    partnership text NOT NULL REFERENCES entente.partnership ON UPDATE CASCADE ON DELETE CASCADE,
    version text NOT NULL,
    name text NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (partnership, version)
);

CREATE TABLE entente.organisation (
    number bigint PRIMARY KEY,
    id text NOT NULL UNIQUE,
    body json NOT NULL
);

-- What an account may do with a partnership: what is said of that one, else what is said of all.
CREATE FUNCTION entente.level(wanted text, account name) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found integer;
    asked text;
BEGIN
    FOREACH asked IN ARRAY ARRAY[wanted, ''] LOOP
        SELECT max(a.level) INTO found FROM entente.access a
            -- a name brings its own collation, by which no index would be found
            WHERE a.partnership = asked COLLATE "default" AND (a.grantee IN (account, 'public')
                OR pg_has_role(account, to_regrole(quote_ident(a.grantee)), 'member'));  -- NULL for a role that is gone
        IF found IS NOT NULL THEN
            RETURN found;
        END IF;
    END LOOP;
    RETURN 0;
END $$;

-- The list, for whoever is logged in: what `level` would say of each, asked once for all.
CREATE FUNCTION entente.listed(in_bin boolean)
    RETURNS TABLE (id text, revision bigint, half text, known bigint, body json)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH own AS MATERIALIZED (
        SELECT a.partnership, max(a.level) AS level FROM entente.access a
            WHERE a.grantee IN (session_user, 'public')
                OR pg_has_role(session_user, to_regrole(quote_ident(a.grantee)), 'member')
            GROUP BY a.partnership
    ), seen AS (
        SELECT p.id, p.revision,
            CASE WHEN coalesce(o.level, (SELECT level FROM own WHERE partnership = ''), 0) >= 2
                THEN 'private' ELSE 'public' END AS half
            FROM entente.partnership p LEFT JOIN own o ON o.partnership = p.id
            WHERE (p.deleted_at IS NOT NULL) = in_bin
                AND coalesce(o.level, (SELECT level FROM own WHERE partnership = ''), 0) >= 1
    )
    SELECT seen.id, seen.revision, seen.half, s.revision, s.body
        FROM seen LEFT JOIN entente.summary s ON s.partnership = seen.id AND s.half = seen.half
$$;

CREATE FUNCTION entente.own_what_was_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO entente.access (partnership, grantee, level) VALUES (NEW.id, NEW.created_by, 3)
        ON CONFLICT (partnership, grantee) DO UPDATE SET level = 3;
    RETURN NULL;
END $$;
CREATE TRIGGER owner_of_new AFTER INSERT ON entente.partnership
    FOR EACH ROW EXECUTE FUNCTION entente.own_what_was_made();

-- Levels go with the id that a partnership is renamed to, and with the partnership.
CREATE FUNCTION entente.move_levels() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM entente.access WHERE partnership = OLD.id;
    ELSIF NEW.id <> OLD.id THEN
        UPDATE entente.access SET partnership = NEW.id WHERE partnership = OLD.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER levels_follow AFTER UPDATE OF id OR DELETE ON entente.partnership
    FOR EACH ROW EXECUTE FUNCTION entente.move_levels();

ALTER TABLE entente.access ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.partnership ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.document ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.save ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.summary ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE entente.organisation ENABLE ROW LEVEL SECURITY;

CREATE POLICY seen ON entente.access FOR SELECT USING (entente.level(partnership, current_user) >= 1);
CREATE POLICY granted ON entente.access FOR ALL USING (entente.level(partnership, current_user) >= 3);

CREATE POLICY seen ON entente.partnership FOR SELECT USING (entente.level(id, current_user) >= 1);
CREATE POLICY made ON entente.partnership FOR INSERT
    WITH CHECK (entente.level('', current_user) >= 2 AND created_by = current_user);
CREATE POLICY saved ON entente.partnership FOR UPDATE USING (entente.level(id, current_user) >= 2)
    WITH CHECK (true);
CREATE POLICY destroyed ON entente.partnership FOR DELETE USING (entente.level(id, current_user) >= 3);

CREATE POLICY seen ON entente.document FOR SELECT
    USING (entente.level(partnership, current_user) >= CASE WHEN half LIKE 'private%' THEN 2 ELSE 1 END);
CREATE POLICY written ON entente.document FOR ALL USING (entente.level(partnership, current_user) >= 2);

CREATE POLICY written ON entente.save FOR ALL USING (entente.level(partnership, current_user) >= 2);

CREATE POLICY seen ON entente.summary FOR SELECT
    USING (entente.level(partnership, current_user) >= CASE half WHEN 'private' THEN 2 ELSE 1 END);
CREATE POLICY written ON entente.summary FOR ALL USING (entente.level(partnership, current_user) >= 2);

CREATE POLICY seen ON entente.presence FOR SELECT USING (entente.level(partnership, current_user) >= 1);
CREATE POLICY own ON entente.presence FOR ALL
    USING (account = current_user AND entente.level(partnership, current_user) >= 1);
CREATE POLICY swept ON entente.presence FOR DELETE
    USING (seen_at < now() - interval '1 hour' AND entente.level(partnership, current_user) >= 1);

CREATE POLICY seen ON entente.attachment FOR SELECT USING (entente.level(partnership, current_user) >= 1);
CREATE POLICY written ON entente.attachment FOR ALL USING (entente.level(partnership, current_user) >= 2);

-- The directory tells of organisations whose names are not public anywhere yet.
CREATE POLICY written ON entente.organisation FOR ALL USING (entente.level('', current_user) >= 2);

GRANT USAGE ON SCHEMA entente TO PUBLIC;
GRANT SELECT ON entente.schema_version TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON entente.access, entente.partnership, entente.document, entente.save,
    entente.summary, entente.presence, entente.attachment, entente.organisation TO PUBLIC;

-- Whoever makes the schema owns what is in it; everybody else is given a level.
INSERT INTO entente.access (partnership, grantee, level) VALUES ('', current_user, 3);
INSERT INTO entente.schema_version (version) VALUES (1);
