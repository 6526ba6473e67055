-- Runs once, by the server's own account, when the database's volume is empty: the logins and the empty town.
-- Who may do what: migrations/versions/0002.
\set owner_password `cat "${SECRETS:-/run/secrets}/owner_password"`
\set web_password `cat "${SECRETS:-/run/secrets}/web_password"`
\set leader_password `cat "${SECRETS:-/run/secrets}/leader_password"`

CREATE ROLE wangge_app NOLOGIN;
CREATE ROLE wangge_number NOLOGIN;
CREATE ROLE wangge_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE wangge_web LOGIN PASSWORD :'web_password' IN ROLE wangge_app;
CREATE ROLE wangge_leader LOGIN PASSWORD :'leader_password' IN ROLE wangge_number;

CREATE DATABASE town OWNER wangge_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT ON DATABASE town FROM PUBLIC;
GRANT CONNECT ON DATABASE town TO wangge_web, wangge_leader;
\connect town
CREATE EXTENSION postgis;
