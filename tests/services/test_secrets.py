"""Secrets: made once, random, readable for their owner only, and never made anew."""

from click.testing import CliRunner

from service.commands.secrets import secrets


def run(data):
    return CliRunner().invoke(secrets, env={"WANGGE_DATA": str(data)})


def test_missing_secrets_are_made_for_the_owner_only(tmp_path):
    assert run(tmp_path / "here").exit_code == 0
    made = sorted((tmp_path / "here/secrets").iterdir())
    assert [path.name for path in made] == ["master_key", "mqtt_password"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in made)
    assert all(len(path.read_text().strip()) >= 43 for path in made)


def test_existing_secrets_stay_as_they_are(tmp_path):
    run(tmp_path)
    kept = tmp_path / "secrets/master_key"
    before = kept.read_text()
    (tmp_path / "secrets/mqtt_password").unlink()
    assert "没有改动" not in run(tmp_path).output
    assert kept.read_text() == before
    assert "没有改动" in run(tmp_path).output


def test_two_towns_never_get_the_same_secret(tmp_path):
    for town in ("yunxi", "another"):
        run(tmp_path / town)
    assert len({path.read_text() for path in tmp_path.glob("*/secrets/*")}) == 4


def test_a_secret_is_never_shown(tmp_path):
    said = run(tmp_path).output
    assert not any(path.read_text().strip() in said for path in tmp_path.glob("secrets/*"))
