"""The catalogue as a data package (https://datapackage.org, the form that Frictionless tools read): the schema of every file of the seed.

In: `exchange.rows.FILES`. Out: the descriptor as a dictionary and as the text that stands in `seed/datapackage.json`; run as a module, it writes that
text to standard output. Reads no data.
"""

import json
import sys

from graph_api.exchange.rows import DATE, FILES, ITEM, SLUG, Column, File
from graph_api.model.catalogue import CATALOGUE, Field, Pair, Scalar

CC_BY = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
ODBL = {
    "name": "ODbL-1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    "title": "Open Data Commons Open Database License 1.0",
}
GEONAMES = {
    "title": "GeoNames, positions of the municipalities' main towns, CC BY 4.0",
    "path": "https://www.geonames.org",
}
OPENSTREETMAP = {"title": "© OpenStreetMap contributors, ODbL 1.0", "path": "https://www.openstreetmap.org/copyright"}
COAST = {
    "title": "@geo-maps/earth-lands-100m 0.6.0, coastline made from OpenStreetMap, ODbL 1.0",
    "path": "https://www.npmjs.com/package/@geo-maps/earth-lands-100m",
}
BORDERS = {
    "title": "jnordgren/swedish_data_map_geojson, borders of 2014 made from OpenStreetMap, ODbL 1.0",
    "path": "https://github.com/jnordgren/swedish_data_map_geojson",
}
LIST = " A list, with semicolons between."


def datapackage() -> dict[str, object]:
    """The descriptor of the seed."""
    return {
        "profile": "data-package",
        "name": "goteborg-region-collaboration",
        "title": "The Göteborg region's collaboration",
        "description": "Actors of the Göteborg region's triple helix, their ties, initiatives, agreements and services, each with its sources.",
        "version": "2026.11",
        "licenses": [CC_BY, ODBL],
        "sources": [
            {"title": "Public pages, each named in sources.csv", "path": "sources.csv"},
            GEONAMES,
            OPENSTREETMAP,
        ],
        "resources": [
            *(_table(file) for file in FILES.values()),
            _borders(
                "municipalities", "The borders of the 13 municipalities: GeoJSON, WGS 84, properties code and name."
            ),
            _borders("land", "The land and the islands around them: GeoJSON, WGS 84."),
        ],
    }


def text() -> str:
    """The descriptor as it stands in the file."""
    return json.dumps(datapackage(), ensure_ascii=False, indent=2) + "\n"


def _table(file: File) -> dict[str, object]:
    alone = [column.name for column in file.columns if column.target and not column.listed]
    targets = {column.name: column.target for column in file.columns}
    key = [file.of.left[0], file.of.right[0]] if isinstance(file.of, Pair) else [file.columns[0].name]
    described = (
        f"Which {_plural(file.of.left[1])} have which {_plural(file.of.right[1])}."
        if isinstance(file.of, Pair)
        else file.of.doc
    )
    if isinstance(file.of, Pair) and file.of.name == "actor_need":
        described = "Which competences actors look for."
    return {
        "profile": "tabular-data-resource",
        "name": file.name.removesuffix(".csv"),
        "path": file.name,
        "description": described,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [CC_BY],
        **({"sources": [GEONAMES]} if any(column.name == "longitude" for column in file.columns) else {}),
        "schema": {
            "missingValues": [""],
            "fields": [_field(column) for column in file.columns],
            "primaryKey": key,
            "foreignKeys": [
                {
                    "fields": [name],
                    "reference": {
                        "resource": "" if targets[name] == file.of.name else _plural(targets[name]),
                        "fields": ["slug"],
                    },
                }
                for name in alone
            ],
        },
    }


def _plural(entity: str) -> str:
    return CATALOGUE[entity].plural


def _field(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if column.required else {}
    kind = "string"
    doc = column.doc
    if column.field is None:
        constraints["pattern"] = f"{SLUG}(;{SLUG})*" if column.listed else SLUG
        doc += f" The slug of {'each' if column.listed else 'it'} in {_plural(column.target)}.csv." + (
            LIST if column.listed else ""
        )
    else:
        kind = _fact(column.field, constraints)
        doc += LIST if column.field.type is Scalar.TEXTS else ""
        if column.field.kinds:
            doc += f" Only of actors of kind {', '.join(one.name for one in column.field.kinds)}."
    if column.name == "id":
        constraints["required"] = True
    return {
        "name": column.name,
        "type": kind,
        "description": doc,
        **({"constraints": constraints} if constraints else {}),
    }


def _fact(field: Field, constraints: dict[str, object]) -> str:
    """The type of a fact's column; adds what its values must keep to."""
    if field.name in ("slug", "id"):
        constraints["unique"] = True
    if field.range:
        constraints["minimum"], constraints["maximum"] = field.range
    if field.name == "slug":
        constraints["pattern"] = SLUG
    match field.type:
        case Scalar.DATE:
            constraints["pattern"] = DATE
        case Scalar.TEXTS:
            constraints["pattern"] = f"{ITEM}(;{ITEM})*"
        case Scalar():
            pass
        case closed:
            constraints["enum"] = list(closed.__members__)
    types: dict[object, str] = {Scalar.INT: "integer", Scalar.FLOAT: "number", Scalar.BOOLEAN: "boolean"}
    return types.get(field.type, "string")


def _borders(name: str, doc: str) -> dict[str, object]:
    return {
        "name": f"geography-{name}",
        "path": f"geography/{name}.geojson",
        "description": doc,
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "licenses": [ODBL],
        "sources": [OPENSTREETMAP, BORDERS, COAST],
    }


if __name__ == "__main__":
    sys.stdout.write(text())
