"""Photos: the original is sealed as sent, what people see says nothing of where or by whom, bad files are refused."""

import datetime as dt
import hashlib
import io
import os
import random
import resource
import stat
import subprocess
import sys
import textwrap
import threading
import uuid
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select

from tests.photographs import SECRETS, cameras, flood, jpeg, keep, packed, png, scene
from town import media, settings
from town.errors import Refused
from town.media import files, pictures, stores

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
REPORT, STAGE, REPORTER = "report:1", "report", "reporter"
MEGAPIXEL = 1_000_000


@pytest.fixture
def here(tmp_path):
    return settings.read({"WANGGE_DATA": str(tmp_path), "WANGGE_MASTER_KEY": "m" * 43, "WANGGE_MQTT_PASSWORD": "q"})


def refusal(here, data) -> str:
    with pytest.raises(Refused) as refused:
        media.prepare(here, data)
    assert refused.value.detail
    assert list(here.media.glob("*/*/*")) == []
    return refused.value.problem.code


def shown(here, photo) -> bytes:
    return media.open_view(here, photo).read_bytes()


def segments(data: bytes) -> set[int]:
    """The marker codes of a JPEG's header."""
    at, codes = 2, set()
    while data[at + 1] != 0xDA:
        codes.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return codes


@pytest.mark.parametrize("sent", [jpeg(), png(), jpeg(progressive=True)], ids=["jpeg", "png", "progressive"])
def test_the_original_is_sealed_byte_for_byte(database, here, sent):
    with database.write() as session:
        photo = keep(session, here, REPORT, STAGE, sent, REPORTER, NOW)
    sealed = files.place(media.originals(here), photo.sha256)
    assert sealed.read_bytes() == sent
    assert photo.sha256 == hashlib.sha256(sent).hexdigest()
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o400
    assert (photo.size, photo.width, photo.height) == (len(sent), 320, 200)


def test_what_people_see_says_nothing_of_where_or_by_whom(here):
    chance = random.Random(20)
    for _ in range(100):
        sent = cameras(chance)
        ready = media.prepare(here, sent)
        view = files.place(media.views(here), ready.view_sha256).read_bytes()
        assert ready.sha256 == hashlib.sha256(sent).hexdigest()
        assert not any(secret in view for secret in SECRETS)
        assert segments(view) <= {0xE0, 0xDB, 0xC0, 0xC4}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(here, orientation):
    ready = media.prepare(here, jpeg(4000, 3000, orientation=orientation))
    with Image.open(files.place(media.views(here), ready.view_sha256)) as view:
        assert view.size == ((1600, 1200) if orientation < 5 else (1200, 1600))


def test_a_small_photo_is_not_blown_up(here):
    ready = media.prepare(here, jpeg(64, 48))
    with Image.open(files.place(media.views(here), ready.view_sha256)) as view:
        assert view.size == (64, 48)


def test_a_transparent_picture_gets_white_paper(here):
    sent = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(sent, "PNG")
    ready = media.prepare(here, sent.getvalue())
    with Image.open(files.place(media.views(here), ready.view_sha256)) as view:
        assert view.getpixel((25, 25)) == (255, 255, 255)


def test_the_same_photo_twice_is_one_photo(database, here):
    with database.write() as session:
        first = keep(session, here, REPORT, STAGE, jpeg(), REPORTER, NOW)
    with database.write() as session:
        again = keep(session, here, REPORT, STAGE, jpeg(), REPORTER, NOW + dt.timedelta(minutes=1))
        assert (again.id, again.at) == (first.id, NOW)
    with database.write() as session:
        other = keep(session, here, "report:2", STAGE, jpeg(), REPORTER, NOW)
    assert other.id != first.id
    assert len(list(media.originals(here).glob("??/*"))) == 1


def test_twenty_simultaneous_uploads_of_one_photo_make_one_row(database, here):
    found: list[uuid.UUID] = []

    def send():
        ready = media.prepare(here, jpeg())
        with database.write() as session:
            found.append(media.add(session, here, ready, REPORT, STAGE, REPORTER, NOW).id)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert len(list(here.media.glob("*/??/*"))) == 2


def test_no_more_photos_than_allowed(database, here):
    with database.write() as session:
        for seed in range(here.max_photos):
            keep(session, here, REPORT, STAGE, jpeg(seed=seed), REPORTER, NOW)
        with pytest.raises(Refused, match="photos_full"):
            keep(session, here, REPORT, STAGE, jpeg(seed=99), REPORTER, NOW)
        keep(session, here, REPORT, STAGE, jpeg(seed=0), REPORTER, NOW)
        assert len(media.of_subject(session, REPORT)) == here.max_photos


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "media_type"),
        (b"GIF89a" + bytes(100), "media_type"),
        (b"<html><script>alert(1)</script>", "media_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "media_type"),
        (b"\xff\xd8\xff", "photo_unreadable"),
        (b"\xff\xd8\xff\xe0" + bytes(1000), "photo_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "photo_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 1000, "photo_unreadable"),
        (jpeg() + packed(), "photo_not_alone"),
        (png() + packed(), "photo_not_alone"),
        (jpeg() + b"<?php system($_GET['c']); ?>", "photo_not_alone"),
        (png() + b"<html>", "photo_not_alone"),
        (jpeg()[:2] + b"\xff\xfe\x00\x0a%PDF-1.7" + jpeg()[2:], "photo_not_alone"),
        (flood(), "photo_too_many_pixels"),
        (flood(65_000, 65_000), "photo_too_many_pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_files_are_refused_with_a_reason_and_leave_nothing(here, sent, code):
    assert refusal(here, sent) == code


def test_too_large_a_file_is_refused(here):
    assert refusal(here, jpeg() + bytes(here.max_body)) == "too_large"


def test_what_cameras_append_themselves_is_no_stowaway(here):
    shot = jpeg()
    film = b"\0\0\0\x18ftypmp42" + bytes(200)
    samsung = b"\0\0\x01\x0aImage_UTC_Data1609459200000SEFHe\0\0\0SEFT"
    for sent in (shot + jpeg(seed=2), shot + bytes(64) + jpeg(seed=2), shot + film, shot + samsung):
        assert media.prepare(here, sent).picture.media_type == "image/jpeg"
    burst = io.BytesIO()
    scene().save(burst, "MPO", save_all=True, append_images=[scene(seed=2)])
    assert media.prepare(here, burst.getvalue()).picture.width == 320


@pytest.mark.parametrize("sent", [jpeg(), jpeg(progressive=True), png()], ids=["jpeg", "progressive", "png"])
def test_a_cut_upload_is_refused_wherever_it_was_cut(here, sent):
    chance = random.Random(15)
    for length in [*chance.sample(range(3, len(sent)), 60), len(sent) - 1, len(sent) - 2]:
        assert refusal(here, sent[:length]) in {"photo_unreadable", "media_type"}


@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([jpeg(64, 48), jpeg(64, 48, progressive=True), png(64, 48)]), st.data())
def test_damaged_bytes_are_refused_or_still_give_a_picture(here, sent, data):
    damaged = bytearray(sent)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        ready = media.prepare(here, bytes(damaged))
        with Image.open(files.place(media.views(here), ready.view_sha256)) as view:
            view.load()


def test_a_pixel_flood_is_refused_within_bounded_memory(here, tmp_path):
    (tmp_path / "flood.png").write_bytes(flood())
    assert (tmp_path / "flood.png").stat().st_size < 20_000
    script = """
        import pathlib, resource, sys
        from town import media, settings
        from town.errors import Refused
        here = settings.read({"WANGGE_DATA": sys.argv[1], "WANGGE_MASTER_KEY": "m", "WANGGE_MQTT_PASSWORD": "q"})
        sent = pathlib.Path(sys.argv[1], "flood.png").read_bytes()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            media.prepare(here, sent)
        except Refused as refused:
            sys.stdout.write(f"{refused.problem.code} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}")
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)], capture_output=True, text=True, check=True
    )
    code, grown = run.stdout.split()
    assert code == "photo_too_many_pixels"
    assert int(grown) < 100_000  # kilobytes; decoding would take 144 MB and more


def test_a_full_disk_is_told_and_leaves_nothing(here):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        assert refusal(here, jpeg()) == "storage_full"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_rolled_back_upload_leaves_a_file_that_the_sweep_takes_and_no_row(database, here):
    with database.write() as session:
        keep(session, here, REPORT, STAGE, jpeg(), REPORTER, NOW)
        session.rollback()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(media.Photo)) == 0
        assert len(stores.sweep(session, media.photo_stores(here), LATER).removed) == 2
    assert list(here.media.glob("*/??/*")) == []


def test_the_sweep_leaves_young_files_and_files_with_rows(database, here):
    with database.write() as session:
        keep(session, here, REPORT, STAGE, jpeg(), REPORTER, NOW)
    media.prepare(here, jpeg(seed=7))
    with database.read() as session:
        assert stores.sweep(session, media.photo_stores(here), NOW - dt.timedelta(days=9999)).removed == []
        swept = stores.sweep(session, media.photo_stores(here), LATER)
    assert len(swept.removed) == 2
    assert swept.lost == []
    assert len(list(here.media.glob("*/??/*"))) == 2


def test_an_old_file_found_again_is_young_again(here):
    ready = media.prepare(here, jpeg())
    path = files.place(media.originals(here), ready.sha256)
    os.utime(path, (0, 0))
    media.prepare(here, jpeg())
    assert path.stat().st_mtime > 0


def test_rows_without_files_are_named(database, here):
    with database.write() as session:
        photo = keep(session, here, REPORT, STAGE, jpeg(), REPORTER, NOW)
    view = files.place(media.views(here), photo.view_sha256)
    view.unlink()
    with database.read() as session:
        assert stores.sweep(session, media.photo_stores(here), LATER).lost == [view]
    with pytest.raises(Refused, match="photo_lost"):
        shown(here, photo)


def test_a_torn_file_under_the_right_name_is_written_again(here):
    ready = media.prepare(here, jpeg())
    path = files.place(media.originals(here), ready.sha256)
    path.unlink()
    path.write_bytes(jpeg()[:100])
    media.prepare(here, jpeg())
    assert path.read_bytes() == jpeg()


def test_nothing_is_decoded_to_learn_the_size():
    assert pictures.examine(flood(2000, 2000), 4 * MEGAPIXEL) == pictures.Picture("image/png", 2000, 2000)
