"""What docker/ promises, read off its files: nobody is root, nothing secret has a default, and only the door is open."""

import re
import tomllib

import pytest

from tests import composition
from tests.architecture.source import ROOMS, ROOT, named, tracked_files
from tests.composition import (
    DOCKER,
    VARIABLE,
    composed_text,
    copied,
    lasting_services,
    let_through,
    our_services,
    steps,
)
from tests.composition import services as all_services
from town import settings
from town.errors import Refused

SETTING = re.compile(r"WANGGE_[A-Z_]+")
VERSIONED = re.compile(r"(?:[a-z-]+/)?[a-z-]+:\d[\w.-]*")
LOOKS_SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|KEY")
FROM_THE_NET = re.compile(r"\b(curl|wget|git clone)\b|\|\s*(ba)?sh\b")
OPEN_TO_THE_WORLD = {"proxy", "mosquitto"}
EVERY_SERVICE = sorted(all_services())


@pytest.fixture(params=EVERY_SERVICE)
def service(request):
    return all_services()[request.param]


@pytest.fixture(params=sorted(our_services()))
def our_service(request):
    return our_services()[request.param]


def test_a_service_runs_as_an_ordinary_account_that_can_change_nothing_but_its_data(service):
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.keys().isdisjoint({"privileged", "cap_add", "pid", "ipc", "network_mode", "devices"})


def test_a_service_cannot_take_the_machine_for_itself(service):
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}


def test_a_service_stays_up_and_says_whether_it_is_alive_or_is_done_once(service):
    check = service.get("healthcheck", {})
    if service["restart"] == "no":
        assert check == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "retries", "start_period"} <= check.keys()


def test_a_service_waits_for_what_it_needs(service):
    conditions = {name: wanted["condition"] for name, wanted in service.get("depends_on", {}).items()}
    expected = {
        name: "service_healthy" if name in lasting_services() else "service_completed_successfully"
        for name in conditions
    }
    assert conditions == expected


def test_what_is_done_once_is_waited_for_so_that_up_can_tell_success_from_failure():
    awaited = {name for one in lasting_services().values() for name in one.get("depends_on", ())}
    once = {name for name, one in all_services().items() if one["restart"] == "no" and "profiles" not in one}
    assert once - awaited == set()


def test_only_the_proxy_and_the_broker_can_be_reached_from_outside():
    networks = composition.composed()["networks"]
    beyond = {name for name, network in networks.items() if not network.get("internal")}
    assert {name for name, one in all_services().items() if one.get("ports")} == OPEN_TO_THE_WORLD
    assert {name for name, one in all_services().items() if beyond & set(one["networks"])} == OPEN_TO_THE_WORLD
    assert "data" not in {*all_services()["proxy"]["networks"], *all_services()["mosquitto"]["networks"]}


def test_tablets_come_in_over_tls_only():
    assert [port.rpartition(":")[2] for port in all_services()["mosquitto"]["ports"]] == ["8883"]


def test_every_image_has_a_version_and_no_host():
    images = {one["image"] for one in all_services().values()} | {
        rest.split()[0] for word, rest in steps() if word == "FROM"
    }
    assert {image for image in images if not VERSIONED.fullmatch(image)} == set()


def test_the_image_is_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {one["image"] for one in our_services().values()} == {f"wangge:{version}"}
    assert f'org.opencontainers.image.version="{version}"' in dict(steps())["LABEL"]


def test_every_secret_is_a_file_and_none_has_a_default():
    for secret in composition.composed()["secrets"].values():
        assert re.fullmatch(r"\$\{SECRETS:\?[\w .-]+\}/(town|database)/\w+(\.pem)?", secret["file"])


def test_no_service_is_told_a_secret_in_its_environment(service):
    for name, value in composition.environment(service).items():
        assert not LOOKS_SECRET.search(name.removesuffix("_FILE")) or value.startswith("/run/secrets/")
        assert not re.search(r"://[^/@]*:[^/@]*@", value), f"{name} holds a password"


def test_the_image_holds_no_secret():
    assert [rest for word, rest in steps() if word in ("ARG", "ENV") and LOOKS_SECRET.search(rest)] == []
    private = (
        "data/town.sqlite3",
        "data/secrets/master_key",
        "docker/secrets/town/master_key",
        "docker/.env",
        ".env",
        ".git/config",
    )
    assert [path for path in private if let_through(path)] == []


def test_what_others_have_built_stays_outside_the_image():
    built = (
        ".venv/bin/python",
        "web/node_modules/vue/index.js",
        "web/dist/index.html",
        "town/__pycache__/clock.pyc",
        "build/x",
    )
    assert [path for path in built if let_through(path)] == []


def test_our_services_find_every_setting_they_cannot_do_without(our_service, tmp_path):
    given = {
        name: value.replace("/var/lib/wangge", str(tmp_path))
        for name, value in composition.environment(our_service).items()
    }
    with pytest.raises(Refused, match="setting_missing"):
        settings.read(given)
    (tmp_path / "secrets").mkdir()
    for target in composition.secrets(our_service).values():
        if target.is_relative_to("/var/lib/wangge"):
            (tmp_path / target.relative_to("/var/lib/wangge")).write_text("a secret of the tests")
    read = settings.read(given)
    assert read.database_url.startswith("postgresql+psycopg://wangge_web@")
    assert read.numberer_url.startswith("postgresql+psycopg://wangge_leader@")
    assert not read.demo


def test_only_those_who_migrate_and_administer_have_the_owners_rights():
    owners = {"migrate", "wangge"}
    assert {name for name, one in all_services().items() if "WANGGE_OWNER_URL" in one.get("environment", {})} == owners
    assert {name for name, one in all_services().items() if "pgpass_owner" in composition.secrets(one)} == owners


def test_every_setting_that_docker_names_exists():
    known = set(SETTING.findall((ROOT / "town/settings.py").read_text()))
    used = {name for path in _own_files() for name in SETTING.findall(path.read_text())}
    assert used - known == set()


def test_every_variable_is_in_the_example_and_the_other_way_round():
    given = re.findall(r"^#?([A-Z_]+)=", (DOCKER / ".env.example").read_text(), re.MULTILINE)
    passed_on = {name for one in our_services().values() for name, value in one["environment"].items() if value is None}
    building = set(all_services()["web"]["build"]["args"])
    assert set(given) == set(VARIABLE.findall(composed_text())) | passed_on | building
    assert sorted(given) == sorted(set(given))


def test_the_image_is_built_from_the_locks():
    run = [rest for word, rest in steps() if word == "RUN"]
    installing = [command for rest in run for command in rest.split("&&") if "pip install" in command]
    assert [one for one in installing if "--require-hashes" not in one and "--no-index" not in one] == []
    assert any("--requirement requirements.lock" in one for one in installing)
    assert "npm ci" in run
    assert [rest for rest in run if "npm install" in rest or FROM_THE_NET.search(rest)] == []
    assert "ADD" not in dict(steps())


def test_everything_the_image_copies_is_there_and_goes_in():
    assert [path for path in copied() if not (ROOT / path).exists()] == []
    files = [named(path) for path in tracked_files()]
    inside = [path for path in files if any(f"{path}/".startswith(f"{source}/") for source in copied())]
    assert [path for path in inside if not let_through(path)] == []


def test_every_room_is_in_the_image():
    compiled = next(rest for word, rest in steps() if word == "RUN" and "compileall" in rest)
    assert {*ROOMS, "migrations"} - {"tests", "bench"} <= set(copied()) & set(compiled.split())


def test_the_image_runs_as_the_account_that_owns_the_secrets():
    last = {word: rest for word, rest in steps() if word != "RUN"}
    account = last["USER"]
    assert {one["user"] for one in our_services().values()} == {account}
    assert f"TOWN_ACCOUNT={account}\n" in (DOCKER / "make-secrets.sh").read_text()
    assert f"DATABASE_ACCOUNT={all_services()['database']['user']}\n" in (DOCKER / "make-secrets.sh").read_text()
    assert "healthy.py" in last["HEALTHCHECK"]


def test_the_image_has_a_python_that_fits():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    versions = re.findall(
        r"^python:(\d+)\.(\d+)", "\n".join(rest for word, rest in steps() if word == "FROM"), re.MULTILINE
    )
    least = tuple(map(int, wanted.removeprefix(">=").split(".")))
    assert versions
    assert all((int(major), int(minor)) >= least for major, minor in versions)


def test_the_proxy_neither_cuts_off_a_photo_nor_holds_back_a_live_picture():
    told = (DOCKER / "proxy/nginx.conf").read_text()
    largest = settings.read({"WANGGE_MASTER_KEY": "-", "WANGGE_MQTT_PASSWORD": "-"}).max_body
    assert f"client_max_body_size {largest};" in told
    live = told[told.index("location = /live") :].split("}")[0]
    assert "proxy_buffering off;" in live


def _own_files():
    return [path for path in tracked_files() if path.is_relative_to(DOCKER)]
