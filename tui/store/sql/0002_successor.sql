-- Schema 2. A store whose partnerships were copied to another one only reads, and says where they are.

CREATE TABLE entente.successor (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    place text NOT NULL,
    left_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE entente.successor ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON entente.successor FOR SELECT USING (true);
CREATE POLICY written ON entente.successor FOR ALL USING (entente.level('', current_user) >= 3);
GRANT SELECT, INSERT, UPDATE, DELETE ON entente.successor TO PUBLIC;

-- EN001 is told apart by the program; the detail is the place.
CREATE FUNCTION entente.refuse_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found text;
BEGIN
    SELECT place INTO found FROM entente.successor;
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'the partnerships of this store were copied elsewhere' USING ERRCODE = 'EN001', DETAIL = found;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER moved BEFORE INSERT OR UPDATE OR DELETE ON entente.partnership
    FOR EACH STATEMENT EXECUTE FUNCTION entente.refuse_moved();
CREATE TRIGGER moved BEFORE INSERT OR UPDATE OR DELETE ON entente.document
    FOR EACH STATEMENT EXECUTE FUNCTION entente.refuse_moved();
CREATE TRIGGER moved BEFORE INSERT OR UPDATE OR DELETE ON entente.attachment
    FOR EACH STATEMENT EXECUTE FUNCTION entente.refuse_moved();
CREATE TRIGGER moved BEFORE INSERT OR UPDATE OR DELETE ON entente.organisation
    FOR EACH STATEMENT EXECUTE FUNCTION entente.refuse_moved();

INSERT INTO entente.schema_version (version) VALUES (2);
