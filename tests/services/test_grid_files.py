"""Map files: what is read, what is converted, and every way a file is refused before it does harm."""

import json
import re

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from grids import files
from grids.files import Caps, Fields, read_geojson
from grids.rules.projection import Projection
from tests.tilings import feature_collection, tiling
from town.errors import Refused

CELLS = tiling(2, 3, seed=5)
FIELDS = Fields(code="code", area="area", name="name")
SQUARE = [[121.0, 31.0], [121.01, 31.0], [121.01, 31.01], [121.0, 31.01], [121.0, 31.0]]
CRS84 = "urn:ogc:def:crs:OGC:1.3:CRS84"


def geojson(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def polygon(*rings, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": list(rings)}}


def named(name):
    return {"type": "name", "properties": {"name": name}}


def why(data, **options):
    with pytest.raises(Refused) as refused:
        read_geojson(data, "网格.geojson", **options)
    assert refused.value.problem.code == "file_unreadable"
    return refused.value.detail


def flaw_of(geometry):
    (row,) = read_geojson(geojson({"type": "Feature", "properties": {}, "geometry": geometry}), "网格.geojson").rows
    return row.flaw


def test_a_file_becomes_candidates_with_every_coordinate_as_written():
    layer = read_geojson(feature_collection(CELLS), "网格.geojson")
    assert [(one.code, one.area_code, one.number) for one in layer.candidates(FIELDS)] == [
        (cell.code, cell.area, number) for number, cell in enumerate(CELLS, 1)
    ]
    assert all(shapely.equals_exact(row.shape, cell.shape) for row, cell in zip(layer.rows, CELLS, strict=True))


def test_the_fields_are_listed_with_samples_to_choose_from():
    layer = read_geojson(
        geojson(polygon(SQUARE, 代码=5, 名称="东街"), polygon(SQUARE, 代码=6.0, 面积=None)), "网格.geojson"
    )
    assert [(field.name, field.filled, field.distinct, field.samples) for field in layer.fields()] == [
        ("代码", 2, 2, ("5", "6")),
        ("名称", 1, 1, ("东街",)),
        ("面积", 0, 0, ()),
    ]


def test_numbers_and_spaces_become_the_codes_people_write():
    values = (5, 5.0, " 05 ", "东\n街　一号", None, True, ["x"])
    layer = read_geojson(geojson(*(polygon(SQUARE, code=value, area="A") for value in values)), "网格.geojson")
    assert [one.code for one in layer.candidates(Fields("code", "area"))] == ["5", "5", "05", "东 街 一号", "", "", ""]


def test_without_names_the_codes_stand_in():
    (one,) = read_geojson(geojson(polygon(SQUARE, code="0101", area="A")), "网格.geojson").candidates(
        Fields("code", "area")
    )
    assert (one.name, one.area_name) == ("0101", "A")


def test_a_field_that_is_not_there_is_refused_with_those_that_are():
    layer = read_geojson(geojson(polygon(SQUARE, 编码="0101")), "网格.geojson")
    with pytest.raises(Refused, match="没有字段 code、area；有的是 编码"):
        layer.candidates(Fields("code", "area"))


@pytest.mark.parametrize("hidden", ["\x00", "\ud800", "\u200b", "\x1b[2J"])
def test_invisible_characters_in_a_code_are_refused(hidden):
    layer = read_geojson(geojson(polygon(SQUARE, code=f"01{hidden}01", area="A")), "网格.geojson")
    assert all(sample.isprintable() for field in layer.fields() for sample in field.samples)
    with pytest.raises(Refused, match="第 1 个要素的字段 code 里有看不见的控制字符"):
        layer.candidates(Fields("code", "area"))


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:4490", CRS84, "urn:ogc:def:crs:EPSG::4490", "OGC:CRS84"])
def test_declared_degrees_are_kept_bit_for_bit(name):
    layer = read_geojson(geojson(polygon(SQUARE), crs=named(name)), "网格.geojson")
    assert shapely.get_coordinates(layer.rows[0].shape).tolist() == SQUARE
    assert layer.declared == name


@pytest.mark.parametrize(
    "crs", [named("EPSG:4549"), named("urn:ogc:def:crs:EPSG::4549"), {"type": "EPSG", "properties": {"code": 4549}}]
)
def test_a_declared_projection_is_converted_to_degrees(crs):
    town = Projection(4549)
    ring = [list(town.metres(*place)) for place in SQUARE]
    (row,) = read_geojson(geojson(polygon(ring), crs=crs), "网格.geojson").rows
    assert shapely.get_coordinates(row.shape) == pytest.approx(
        shapely.get_coordinates(shapely.Polygon(SQUARE)), abs=1e-9
    )


def test_feet_of_another_datum_are_converted_when_the_shift_is_known():
    ring = [[787723.7, 2965812.6], [789604.4, 2965812.6], [789604.4, 2968803.8], [787723.7, 2965812.6]]
    (row,) = read_geojson(geojson(polygon(ring)), "网格.geojson", declare="EPSG:2249").rows
    assert shapely.bounds(row.shape)[:2] == pytest.approx((-71.0130, 42.3854), abs=1e-3)


def test_what_the_person_declares_counts_before_what_the_file_says():
    layer = read_geojson(geojson(polygon(SQUARE), crs=named("EPSG:4549")), "网格.geojson", declare="EPSG:4490")
    assert shapely.get_coordinates(layer.rows[0].shape).tolist() == SQUARE


@pytest.mark.parametrize(
    ("crs", "reason"),
    [
        (named("EPSG:2437"), "Beijing 1954 .* 到 CGCS2000 没有误差在 5 米以内的公开转换，请测绘部门转换"),
        (named("EPSG:4610"), "Xian 1980 到 CGCS2000 没有"),
        (named("EPSG:99999"), "没有 99999 这个编号"),
        (named("EPSG:4978"), "不是平面上的坐标系"),
        (named("EPSG:5773"), "不是平面上的坐标系"),
        (named("本地坐标"), "只认 CRS84 和 EPSG 编号"),
        (named(""), "写法不认识"),
        (None, "写法不认识"),
        ({"type": "link", "properties": {"href": "x"}}, "写法不认识"),
    ],
)
def test_a_system_that_cannot_be_converted_well_is_refused(crs, reason):
    data = geojson(polygon(SQUARE), crs=crs)
    with pytest.raises(Refused, match=reason):
        read_geojson(data, "网格.geojson")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="打不开 无"):
        files.read(tmp_path / "无.geojson")
    with pytest.raises(Refused, match="打不开"):
        files.read(tmp_path)


def test_a_file_over_its_size_is_not_read(tmp_path):
    path = tmp_path / "大.geojson"
    path.write_bytes(b" " * 1001)
    with pytest.raises(Refused, match="文件超过 1000 字节"):
        files.read(path, caps=Caps(bytes=1000))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是完整的 JSON"),
        (b"{", "第 1 行第 2 列"),
        (b'{"type": "FeatureCollection", "features": [', "不是完整的 JSON"),
        ('{"名称": "东街"}'.encode("gbk"), "不是 UTF-8 编码.*像是 GBK.*另存为 UTF-8"),
        (b"\xff\xff\xff", "不是 UTF-8 编码"),
        (geojson(polygon(SQUARE)).decode().encode("utf-16"), "不是 UTF-8 编码"),
        (b"[" * 5000, "嵌套超过 32 层"),
        (b'{"a":' * 5000, "嵌套超过 32 层"),
        (b'{"features": [NaN]}', "文件里有 NaN"),
        (b'{"features": [-Infinity]}', "文件里有 -Infinity"),
        (b'{"features": [' + b"9" * 5000 + b"]}", "长得不像话的数"),
        (b"[]", "只读 GeoJSON 的 FeatureCollection，这个文件是 别的内容"),
        (b"3", "只读 GeoJSON"),
        (b'{"type": "Feature"}', "这个文件是 Feature"),
        (b'{"type": "FeatureCollection", "features": {}}', "只读 GeoJSON"),
    ],
)
def test_what_is_no_geojson_is_refused_in_words(data, reason):
    with pytest.raises(Refused, match=reason):
        read_geojson(data, "网格.geojson")


def test_brackets_in_names_are_no_nesting():
    data = geojson(polygon(SQUARE, name="[" * 100 + '\\"{'))
    assert len(read_geojson(data, "网格.geojson").rows) == 1


def test_a_byte_order_mark_is_forgiven():
    assert len(read_geojson(b"\xef\xbb\xbf" + geojson(polygon(SQUARE)), "网格.geojson").rows) == 1


def test_too_many_features_and_too_many_vertices_are_refused():
    data = geojson(*(polygon(SQUARE) for _ in range(10)))
    assert "要素超过 9 个" in why(data, caps=Caps(features=9))
    assert "顶点超过 49 个" in why(data, caps=Caps(vertices=49))
    assert "顶点超过 20 个" in why(data, caps=Caps(vertices=20))


def test_an_unfinished_string_of_escapes_is_refused_at_once():
    assert "不是完整的 JSON" in why(b'{"a": "' + b'\\"' * 1_000_000)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "外环没有闭合"),
        ({"type": "Polygon", "coordinates": [SQUARE, SQUARE[:2] + SQUARE[:1]]}, "第 1 个内环只有 3 个点"),
        ({"type": "Polygon", "coordinates": [[]]}, "外环的坐标写法不对"),
        ({"type": "Polygon", "coordinates": SQUARE}, "坐标应是数组|写法不对"),
        ({"type": "Polygon", "coordinates": [[["121", "31"]] * 4]}, "写法不对"),
        ({"type": "Polygon", "coordinates": [[[True, False]] * 4]}, "写法不对"),
        ({"type": "Polygon", "coordinates": [[[121, 31], None, [121, 31], [121, 31]]]}, "写法不对"),
        ({"type": "Polygon", "coordinates": [[[121]] * 4]}, "写法不对"),
        ({"type": "Polygon", "coordinates": [[[10**30, 31]] * 4]}, "写法不对"),
        ({"type": "Polygon", "coordinates": [[{}, {}, {}, {}]]}, "写法不对"),
        ({"type": "Polygon"}, "坐标应是数组"),
        ({"type": "Circle", "coordinates": []}, "图形种类「Circle」不认识"),
        ({"type": ["Polygon"]}, "不认识"),
        ({}, "没有写明图形种类"),
        ("POLYGON", "没有写明图形种类"),
    ],
)
def test_a_geometry_that_breaks_the_standard_is_named_for_its_feature(geometry, reason):
    assert re.search(reason, flaw_of(geometry))


def test_an_infinite_coordinate_is_a_flaw():
    data = geojson(polygon(SQUARE)).replace(b"121.01", b"1e400")
    assert "不是有限数" in read_geojson(data, "网格.geojson").rows[0].flaw


def test_heights_are_dropped_even_where_only_some_have_one():
    ring = [[*place, 5.0] if n % 2 else place for n, place in enumerate(SQUARE)]
    (row,) = read_geojson(geojson(polygon(ring)), "网格.geojson").rows
    assert shapely.get_coordinates(row.shape, include_z=True)[:, :2].tolist() == SQUARE
    assert not shapely.has_z(row.shape)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [121, 31]},
        {"type": "MultiPoint", "coordinates": [[121, 31]]},
        {"type": "LineString", "coordinates": SQUARE},
        {"type": "MultiLineString", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [121, 31]}]},
    ],
)
def test_every_kind_of_geometry_is_read_so_that_the_gate_can_name_it(geometry):
    (row,) = read_geojson(geojson({"type": "Feature", "properties": {}, "geometry": geometry}), "网格.geojson").rows
    assert row.flaw == ""
    assert row.shape is not None


def test_a_feature_that_is_none_has_a_flaw_and_the_others_are_read():
    layer = read_geojson(geojson(7, polygon(SQUARE)), "网格.geojson")
    assert [bool(row.flaw) for row in layer.rows] == [True, False]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "properties", "crs", "x"]), inner, max_size=4)
    ),
)
kinds = st.sampled_from(["Polygon", "MultiPolygon", "Point", "LineString", "GeometryCollection"])
geometries = st.fixed_dictionaries({"type": kinds, "coordinates": values}) | values
features = st.fixed_dictionaries({"type": st.just("Feature"), "geometry": geometries, "properties": values}) | values


@given(st.lists(features, max_size=4))
@settings(max_examples=60)
def test_whatever_stands_in_a_file_it_is_read_or_refused(found):
    try:
        layer = read_geojson(geojson(*found), "网格.geojson")
    except Refused as refused:
        assert refused.problem.code == "file_unreadable"  # noqa: PT017 (either outcome is right)
    else:
        assert len(layer.rows) == len(found)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_refused_in_words(data):
    assert why(data).endswith("。")
