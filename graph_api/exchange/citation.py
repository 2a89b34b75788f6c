"""What goes with every file that leaves: the revision, the licence, whom to credit, how to cite.

The words here are those of the data set in `seed/`; its README says how it was compiled.
"""

from graph_api import __version__

TITLE = "The Göteborg region's collaboration"
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
CREDIT = "Positions of municipalities: GeoNames, https://www.geonames.org, CC BY 4.0"


def heading(revision: int) -> dict[str, str | int]:
    """Facts of a whole file, the same for the same revision and version of Samverkan.

    >>> heading(7)["revision"]
    7
    """
    return {
        "title": TITLE,
        "revision": revision,
        "licence": LICENCE,
        "credit": CREDIT,
        "citation": f"{TITLE}, revision {revision}. Compiled and published with Samverkan {__version__}.",
    }
