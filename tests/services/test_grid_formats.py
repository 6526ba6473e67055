"""Map files from mapping programs: read with right names, or refused in words; never guessed at, never repaired."""

import json
import shutil
import sqlite3
import stat
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from grids import files
from grids.files import Caps, Fields
from grids.files.dbf import encoding_of
from grids.rules.projection import Projection, through
from tests.map_files import MadeOnWindows, gbk_shapefile, name_of, with_language, written, written_shapes, zipped
from tests.tilings import feature_collection, tiling
from town.errors import Refused

CELLS = tiling(2, 3, seed=5)
NAMES = [name_of(cell) for cell in CELLS]
FIELDS = Fields(code="代码", area="片区", name="名称")
SQUARE = shapely.to_wkb(shapely.box(121.0, 31.0, 121.01, 31.01))


def names_in(path, **options):
    return [one.name for one in files.read(path, **options).candidates(FIELDS)]


def refusal(path, **options):
    with pytest.raises(Refused) as refused:
        files.read(path, **options)
    assert refused.value.detail.endswith("。")
    return refused.value


def why(path, **options):
    refused = refusal(path, **options)
    assert refused.problem.code == "file_unreadable"
    return refused.detail


def same_shapes(layer, degrees=1e-12):
    """KML writes fifteen digits; the others write all of them."""
    told = [row.shape for row in layer.rows]
    return shapely.hausdorff_distance(told, [cell.shape for cell in CELLS]).max() < degrees


@pytest.mark.parametrize("name", ["网格.shp", "网格.gpkg", "网格.kml"])
def test_every_format_gives_the_same_grids(tmp_path, name):
    layer = files.read(written(tmp_path / name, CELLS))
    assert [(one.code, one.name, one.area_code) for one in layer.candidates(FIELDS)] == [
        (cell.code, name_of(cell), cell.area) for cell in CELLS
    ]
    assert same_shapes(layer)
    assert layer.source == name


def test_gbk_without_a_word_about_it_is_recognised_by_the_language_byte(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    assert names_in(path) == NAMES
    assert files.read(path).encoding == "GB18030（含 GBK），按 .dbf 的语言标记 0x4D"


def test_gbk_without_any_sign_is_recognised_by_its_contents(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS, language=0)
    assert names_in(path) == NAMES
    assert "文件没有写明，按内容认出" in files.read(path).encoding


@pytest.mark.parametrize("language", [0, 0x4D, 0x57])
def test_utf8_is_recognised_even_where_the_language_byte_says_gbk(tmp_path, language):
    path = with_language(written(tmp_path / "网格.shp", CELLS, encoding="UTF-8"), language)
    path.with_suffix(".cpg").unlink()
    assert names_in(path) == NAMES


@pytest.mark.parametrize("cpg", ["GBK", "936", "ANSI 936", "GB2312", "cp936", "ISO-8859-1", "没有这种"])
def test_what_the_cpg_says_counts_where_it_can_be_true(tmp_path, cpg):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS, language=0)
    path.with_suffix(".cpg").write_text(cpg, encoding="utf-8")
    assert names_in(path) == NAMES


def test_a_cpg_that_says_utf8_of_gbk_texts_is_not_believed(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    path.with_suffix(".cpg").write_text("UTF-8")
    assert names_in(path) == NAMES


def test_a_person_may_say_the_encoding(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    assert names_in(path, encoding="gbk") == NAMES
    assert "按 utf-8 读不通，请换一种编码" in why(path, encoding="utf-8")
    assert "不认识文字编码「绝密」" in why(path, encoding="绝密")


def test_texts_in_no_known_encoding_are_refused(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("东街".encode("gbk"), b"\xff\xfe\xff\xfd"))
    assert "既不是 UTF-8 也不是 GBK" in why(path)


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2), min_size=3, max_size=9))
def test_chinese_in_utf8_is_never_taken_for_gbk(texts):
    assert encoding_of(table_of([text.encode()[:240] for text in texts], language=0x4D)).codec == "utf-8"


def table_of(texts, language=0):
    """A .dbf with one column, as its bytes."""
    head = bytes([3, 126, 11, 22]) + len(texts).to_bytes(4, "little") + (65).to_bytes(2, "little")
    head += (241).to_bytes(2, "little") + bytes(17) + bytes([language, 0, 0])
    column = b"NAME".ljust(11, b"\x00") + b"C" + bytes(4) + bytes([240]) + bytes(15)
    return head + column + b"\r" + b"".join(b" " + text.ljust(240) for text in texts) + b"\x1a"


def test_half_a_character_at_the_end_of_a_field_is_told(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    table = path.with_suffix(".dbf")
    full = ("长" * 40).encode("gbk")
    row = table.read_bytes().index(NAMES[0].encode("gbk"))
    torn = bytearray(table.read_bytes())
    torn[row : row + 80] = b"A" + full[:79]
    table.write_bytes(torn)
    layer = files.read(path)
    assert layer.notes == ("有 1 段文字末尾只剩半个字，已略去那半个字",)
    assert names_in(path)[0] == "A" + "长" * 39


def test_a_shapefile_is_read_from_its_folder_and_from_a_zip_with_chinese_names(tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    gbk_shapefile(folder / "网格图.shp", CELLS)
    assert names_in(folder) == NAMES
    archive = zipped(tmp_path / "街道.zip", folder, inside="二〇二六/")
    assert names_in(archive) == NAMES
    assert files.read(archive).source == "街道.zip"


def test_suffixes_may_be_in_capitals(tmp_path):
    path = gbk_shapefile(tmp_path / "GRID.shp", CELLS)
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert names_in(path.with_suffix(".SHP")) == NAMES


def test_of_several_maps_one_must_be_chosen(tmp_path):
    for name in ("网格", "片区"):
        gbk_shapefile(tmp_path / f"{name}.shp", CELLS)
    refused = refusal(tmp_path)
    assert (refused.problem.code, refused.facts["layers"]) == ("layer_choice", ["片区", "网格"])
    assert names_in(tmp_path, layer="网格") == NAMES


@pytest.mark.parametrize("name", ["两层.gpkg", "两层.kml"])
def test_of_several_layers_one_must_be_chosen(tmp_path, name):
    path = two_layers(tmp_path / name)
    refused = refusal(path)
    assert refused.problem.code == "layer_choice"
    assert sorted(refused.facts["layers"]) == ["片区", "网格"]
    assert "请用 --layer 写明要哪一个" in refused.detail
    assert "没有图层「楼栋」" in refusal(path, layer="楼栋").detail
    assert len(files.read(path, layer="网格").rows) == 6


def two_layers(path):
    if path.suffix == ".gpkg":
        written(path, CELLS, layer="网格")
        return written(path, CELLS[:2], layer="片区")
    folders = "".join(kml_folder(name, cells) for name, cells in (("网格", CELLS), ("片区", CELLS[:2])))
    path.write_text(f"<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{folders}</Document></kml>")
    return path


def kml_folder(name, cells):
    rings = [" ".join(f"{lon},{lat}" for lon, lat in cell.shape.exterior.coords) for cell in cells]
    placed = [
        f"<Placemark><name>{cell.code}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for cell, ring in zip(cells, rings, strict=True)
    ]
    return f"<Folder><name>{name}</name>{''.join(placed)}</Folder>"


@pytest.mark.parametrize("name", ["网格.shp", "网格.gpkg"])
def test_a_file_without_a_coordinate_system_asks_for_one(tmp_path, name):
    path = written(tmp_path / name, CELLS, crs=None)
    refused = refusal(path)
    assert refused.problem.code == "crs_missing"
    assert "像是经纬度（度），但不能猜" in refused.detail
    assert "--declare EPSG:4490" in refused.detail
    assert same_shapes(files.read(path, declare="EPSG:4490"))


def test_numbers_in_metres_without_a_system_are_said_to_be_metres(tmp_path):
    flat = Projection(4549).flatten(np.array([cell.shape for cell in CELLS]))
    rows = [(cell.code, cell.code, cell.area) for cell in CELLS]
    path = written_shapes(tmp_path / "网格.shp", shapely.to_wkb(flat), rows, crs=None)
    assert "像是以米为单位的投影坐标" in refusal(path).detail
    layer = files.read(path, declare="EPSG:4549")
    assert same_shapes(layer, 1e-9)


def test_a_prj_as_arcgis_spells_it_is_understood(tmp_path):
    flat = Projection(4549).flatten(np.array([cell.shape for cell in CELLS]))
    rows = [(cell.code, cell.code, cell.area) for cell in CELLS]
    path = written_shapes(tmp_path / "网格.shp", shapely.to_wkb(flat), rows, crs="EPSG:4549")
    assert "CGCS2000" in path.with_suffix(".prj").read_text()
    layer = files.read(path)
    assert layer.declared == "EPSG:4549"
    assert same_shapes(layer, 1e-9)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_towns_own_plane_is_converted_by_its_spelling(tmp_path, encoding):
    own = pyproj.Transformer.from_crs(4490, pyproj.CRS.from_wkt(OWN_PLANE), always_xy=True)
    flat = through(own, np.array([cell.shape for cell in CELLS]))
    path = written_shapes(
        tmp_path / "网格.shp", shapely.to_wkb(flat), [(c.code, c.code, c.area) for c in CELLS], crs=None
    )
    path.with_suffix(".prj").write_text(OWN_PLANE, encoding=encoding)
    layer = files.read(path)
    assert "云溪独立坐标系" in layer.declared
    assert same_shapes(layer, 1e-9)


OWN_PLANE = (
    'PROJCS["云溪独立坐标系",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",50000.0],PARAMETER["False_Northing",-3450000.0],'
    'PARAMETER["Central_Meridian",121.05],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    ("prj", "reason"),
    [
        ('GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0],'
         'UNIT["Degree",0.0174532925199433]]', "Xian.*没有误差在 5 米以内的公开转换"),
        ("GEOGCS[坏", "损坏|没有写明坐标系|读不懂"),
    ],
)  # fmt: skip
def test_a_prj_that_cannot_be_used_is_refused(tmp_path, prj, reason):
    path = written(tmp_path / "网格.shp", CELLS)
    path.with_suffix(".prj").write_text(prj)
    with pytest.raises(Refused, match=reason):
        files.read(path)


def test_a_line_is_read_so_that_the_gate_can_refuse_it(tmp_path):
    line = shapely.to_wkb(shapely.LineString([(121.0, 31.0), (121.1, 31.1)]))
    path = written_shapes(
        tmp_path / "地铁.shp", np.array([line], dtype=object), [("2", "二号线", "A")], kind="LineString"
    )
    (row,) = files.read(path).rows
    assert isinstance(row.shape, shapely.LineString)
    assert not row.flaw


def test_two_fields_may_make_one_code(tmp_path):
    path = written(tmp_path / "网格.shp", CELLS)
    codes = [one.code for one in files.read(path).candidates(Fields("片区+代码", "片区"))]
    assert codes == [f"{cell.area}-{cell.code}" for cell in CELLS]


def test_a_number_that_lost_its_last_digits_is_no_code(tmp_path):
    path = tmp_path / "网格.shp"
    numbers = [np.array([123456789012345678.0]), np.array(["A"], dtype=object)]
    square = np.array([SQUARE], dtype=object)
    pyogrio.raw.write(path, square, numbers, ["长号", "片区"], geometry_type="Polygon", crs="EPSG:4490")
    with pytest.raises(Refused, match="末几位已经丢失"):
        files.read(path).candidates(Fields("长号", "片区"))


@pytest.mark.parametrize("missing", [".shx", ".dbf"])
def test_a_shapefile_with_a_part_missing_names_it(tmp_path, missing):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    path.with_suffix(missing).unlink()
    assert f"不完整，缺少 {missing}" in why(path)


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_torn_shapefile_is_refused(tmp_path, part):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    torn = path.with_suffix(part)
    torn.write_bytes(torn.read_bytes()[: torn.stat().st_size // 2])
    assert "重新导出" in why(path)


def test_an_index_that_names_one_large_shape_many_times_is_refused(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    index = path.with_suffix(".shx").read_bytes()
    path.with_suffix(".shx").write_bytes(index[:100] + index[100:108] * len(CELLS))
    assert "索引 .shx 与 .shp 对不上" in why(path)


def test_rows_and_shapes_must_be_as_many(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    other = gbk_shapefile(tmp_path / "别的.shp", CELLS[:4])
    shutil.copyfile(other.with_suffix(".dbf"), path.with_suffix(".dbf"))
    assert "图形有 6 个，属性表有 4 行，对不上" in why(path)


def test_a_view_in_a_geopackage_is_no_layer(tmp_path):
    path = written(tmp_path / "网格.gpkg", CELLS)
    with sqlite3.connect(path) as database:
        database.execute('CREATE VIEW "很多" AS SELECT a.fid, a.geom FROM 网格 a, 网格 b, 网格 c')
        for table, column in (("gpkg_contents", "identifier"), ("gpkg_geometry_columns", None)):
            database.execute(f"CREATE TEMP TABLE copied AS SELECT * FROM {table}")
            named = "table_name = '很多'" + (f", {column} = '很多'" if column else "")
            database.execute(f"UPDATE copied SET {named}")
            database.execute(f"INSERT INTO {table} SELECT * FROM copied")
            database.execute("DROP TABLE copied")
    assert len(files.read(path).rows) == len(CELLS)
    assert refusal(path, layer="很多").problem.code == "layer_choice"


def test_a_geopackage_that_is_torn_or_reaches_outside_is_refused(tmp_path):
    path = written(tmp_path / "网格.gpkg", CELLS)
    with sqlite3.connect(path) as database:
        database.execute("CREATE VIRTUAL TABLE 外面 USING fts5(words)")
    assert "虚拟表" in why(path)
    path.write_bytes(path.read_bytes()[:5000])
    assert "损坏或不完整" in why(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<kml><Document>", "不是完整的 KML"),
        ("<html></html>", "不是 KML（最外层是「html」）"),
        ('<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "不能有 DOCTYPE"),
        (f"<kml>{'<Folder>' * 40}{'</Folder>' * 40}</kml>", "嵌套超过 32 层"),
        (f"<kml><Document>{'<Placemark/>' * 8}</Document></kml>", "要素超过 7 个"),
        ("<?xml version='1.0' encoding='GB2312'?><kml></kml>", "另存为 UTF-8"),
        ("<?xml version='1.0' encoding='KTF-8'?><kml></kml>", "另存为 UTF-8"),
        ("<kml></kml>", "损坏|没有图形图层"),
    ],
)
def test_a_kml_that_could_do_harm_is_refused_before_it_is_built(tmp_path, text, reason):
    path = tmp_path / "网格.kml"
    path.write_text(text)
    with pytest.raises(Refused, match=reason):
        files.read(path, caps=Caps(features=7))


def test_too_much_is_refused_in_every_format(tmp_path):
    for name in ("网格.shp", "网格.gpkg", "网格.kml"):
        path = written(tmp_path / name, CELLS)
        assert "要素超过 5 个" in why(path, caps=Caps(features=5))
        assert "顶点超过 50 个" in why(path, caps=Caps(vertices=50))
        assert "文件超过 500 字节" in why(path, caps=Caps(bytes=500))


def test_too_many_fields_are_refused_in_every_format(tmp_path):
    for name in ("网格.shp", "网格.gpkg"):
        path = written(tmp_path / name, CELLS)
        assert files.read(path, caps=Caps(fields=3)).fields()
    assert "字段超过 2 个" in why(tmp_path / "网格.shp", caps=Caps(fields=2))
    data = "".join(f"<Placemark><ExtendedData><Data name='{n}'/></ExtendedData></Placemark>" for n in range(200))
    (tmp_path / "多.kml").write_text(f"<kml><Document>{data}</Document></kml>")
    assert "字段超过 128 个" in why(tmp_path / "多.kml")
    wide = {"type": "Feature", "geometry": None, "properties": {str(n): n for n in range(200)}}
    (tmp_path / "多.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [wide]}))
    assert "字段超过 128 个" in why(tmp_path / "多.geojson")
    with sqlite3.connect(tmp_path / "网格.gpkg") as database:
        for number in range(200):
            database.execute(f"ALTER TABLE 网格 ADD COLUMN c{number} TEXT")
    assert "字段超过 128 个" in why(tmp_path / "网格.gpkg")


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    archive = tmp_path / "炸弹.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("网格.geojson", b" " * 5_000_000)
    assert archive.stat().st_size < 10_000
    assert "文件超过 1000000 字节" in why(archive, caps=Caps(bytes=1_000_000))


def test_a_zip_with_too_many_files_is_refused(tmp_path):
    archive = tmp_path / "多.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number in range(20):
            packed.writestr(f"{number}.txt", b"")
    assert "文件超过 10 个" in why(archive, caps=Caps(members=10))


@pytest.mark.parametrize("name", ["../网格.geojson", "/etc/网格.geojson", "甲/../../网格.geojson", "C:/网格.geojson"])
def test_a_zip_with_a_path_that_leads_outside_is_refused(tmp_path, name):
    archive = tmp_path / "外.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(name, feature_collection(CELLS))
    assert "指向外面的路径" in why(archive)


def test_a_link_in_a_zip_is_refused(tmp_path):
    archive = tmp_path / "链.zip"
    link = MadeOnWindows("网格.geojson")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(link, "/etc/passwd")
    assert "是链接，不是文件" in why(archive)


def test_a_torn_or_empty_zip_is_refused(tmp_path):
    archive = tmp_path / "网格.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("说明.txt", b"x" * 500)
    assert "里面没有地图文件" in why(archive)
    archive.write_bytes(archive.read_bytes()[:300])
    assert "压缩包损坏或不完整" in why(archive)


def test_a_geojson_in_a_zip_is_read(tmp_path):
    archive = tmp_path / "网格.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("网格.geojson", feature_collection(CELLS))
        packed.writestr("__MACOSX/._网格.geojson", b"\x00")
    assert same_shapes(files.read(archive))


def test_a_kmz_is_a_kml_in_a_zip(tmp_path):
    archive = tmp_path / "网格.kmz"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(written(tmp_path / "doc.kml", CELLS), "doc.kml")
        packed.writestr("files/icon.png", b"")
    assert names_in(archive) == NAMES


def test_any_part_of_a_shapefile_may_be_named(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    assert names_in(path.with_suffix(".dbf")) == NAMES


def test_the_same_map_has_the_same_sum_and_another_one_another(tmp_path):
    path = gbk_shapefile(tmp_path / "网格.shp", CELLS)
    first = files.read(path).sha256
    assert files.read(tmp_path).sha256 == first
    gbk_shapefile(path, CELLS[:4])
    assert files.read(path).sha256 != first


def test_what_a_file_is_shows_in_its_bytes_not_in_its_name(tmp_path):
    path = written(tmp_path / "网格.gpkg", CELLS).rename(tmp_path / "网格.geojson")
    assert len(files.read(path).rows) == len(CELLS)
    driver = tmp_path / "外.gpkg"
    driver.write_text("<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>")
    assert "不是 KML" in why(driver)


@pytest.mark.parametrize("part", ["网格.shp", "网格.shx", "网格.dbf", "网格.prj", "网格.gpkg", "网格.kml"])
@given(spots=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_bytes_are_changed_a_file_is_read_or_refused(part, spots):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder, part if part[-3:] in {"kml", "pkg"} else "网格.shp"), CELLS)
        spoilt = bytearray(Path(folder, part).read_bytes())
        for where, byte in spots:
            spoilt[int(where * len(spoilt))] = byte
        Path(folder, part).write_bytes(spoilt)
        try:
            files.read(path)
        except Refused as refused:
            assert refused.problem.code in {"file_unreadable", "crs_missing", "layer_choice"}  # noqa: PT017


def test_a_town_outline_is_one_sound_area(tmp_path):
    path = written(tmp_path / "镇界.shp", CELLS)
    assert files.read_outline(path).equals(shapely.union_all([cell.shape for cell in CELLS]))
    line = shapely.to_wkb(shapely.LineString([(121.0, 31.0), (121.1, 31.1)]))
    written_shapes(tmp_path / "线.shp", np.array([line], dtype=object), [("2", "线", "A")], kind="LineString")
    with pytest.raises(Refused, match="应只有面"):
        files.read_outline(tmp_path / "线.shp")
