-- Our tables of a fleet, beside procrastinate's in the schema antara_fleet.
CREATE TABLE IF NOT EXISTS machines (
    worker_id bigint PRIMARY KEY,
    name text NOT NULL,
    at_once integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    stopped_at timestamptz,
    why text
);
CREATE TABLE IF NOT EXISTS portals (
    portal text PRIMARY KEY,
    paused boolean NOT NULL DEFAULT false,
    machine text,
    exit_status integer,
    ended_at timestamptz,
    why text
);
