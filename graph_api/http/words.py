"""The words of the pages that the server writes, in Swedish and English; the application's own are in web/src/language.

Each language is one `Words`, so that a missing word is a type error. Plain text, no HTML; `pages` puts it into pages.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """All that a page says, but for guides and the application."""

    title: str
    tagline: str
    question: str
    lead: tuple[str, ...]
    skip: str
    languages: str
    start: str
    guides: str
    explore: str
    graphiql: str
    graphiql_why: str
    export: str
    export_why: str
    guides_why: str
    no_script: str
    not_built: str
    not_built_why: str
    not_built_npm: str
    not_built_how: str
    not_built_still: str
    counts_unknown: str
    guides_none: str
    not_found: str
    not_found_why: str
    credit_borders: str
    credit_places: str
    open_code: str


SV = Words(
    title="Samverkan",
    tagline="vem samarbetar med vem i Göteborgsregionen",
    question="Vem samarbetar med vem i Göteborgsregionen?",
    lead=(
        (
            "Akademi, näringsliv och offentlig sektor utvecklar regionen tillsammans. Samverkan är en öppen karta över "
            "de banden: vilka som samarbetar, i vilka insatser, och vilka källor som säger det."
        ),
        (
            "Den visar också vilka av de tretton kommunerna som har färre kopplingar till de andra än man kan vänta "
            "sig, och hur säkert det går att säga."
        ),
    ),
    skip="Till innehållet",
    languages="Språk",
    start="Start",
    guides="Guider",
    explore="Gå vidare",
    graphiql="GraphiQL",
    graphiql_why="Ställ egna frågor till grafen direkt i webbläsaren.",
    export="Ladda ner grafen",
    export_why="Hela grafen som GraphML, för Gephi, Cytoscape och andra program.",
    guides_why="Hur sidan läses, och hur utslagen räknas fram.",
    no_script="Siffror, karta och sökning behöver JavaScript. Samma uppgifter finns i exporten och genom GraphQL.",
    not_built="Webbdelen är inte byggd",
    not_built_why="Karta, sökning och GraphiQL byggs av paket från npm vid installationen. Det har inte skett här.",
    not_built_npm="När Samverkan installerades gick det inte att nå npm:",
    not_built_how="Installera om med förbindelse till npm, så byggs webbdelen:",
    not_built_still="Allt annat fungerar: GraphQL svarar på POST till /graphql, och hela grafen finns på",
    counts_unknown="Hur många aktörer och band grafen har visas inte här utan webbdelen; fråga GraphQL:",
    guides_none="Här finns inga guider.",
    not_found="Sidan finns inte",
    not_found_why="Adressen leder inte till någon sida här.",
    credit_borders="Kommungränser och kust",
    credit_places="Orternas lägen",
    open_code="Öppen källkod under Apache 2.0.",
)

EN = Words(
    title="Samverkan",
    tagline="who collaborates with whom in the Göteborg region",
    question="Who collaborates with whom in the Göteborg region?",
    lead=(
        (
            "Academia, industry and government develop the region together. Samverkan is an open map of those ties: "
            "who collaborates, in which initiatives, and which sources say so."
        ),
        (
            "It also shows which of the thirteen municipalities have fewer ties to the others than one would expect, "
            "and how certain that is."
        ),
    ),
    skip="To the content",
    languages="Language",
    start="Start",
    guides="Guides",
    explore="Go further",
    graphiql="GraphiQL",
    graphiql_why="Ask the graph questions of your own, right in the browser.",
    export="Download the graph",
    export_why="The whole graph as GraphML, for Gephi, Cytoscape and other programs.",
    guides_why="How to read the page, and how the verdicts are computed.",
    no_script="Figures, map and search need JavaScript. The same facts are in the export and by GraphQL.",
    not_built="The web part is not built",
    not_built_why="Map, search and GraphiQL are built from npm's packages on installing. Here they were not.",
    not_built_npm="When Samverkan was installed, npm could not be reached:",
    not_built_how="Install again with a connection to npm, and the web part will be built:",
    not_built_still="All else works: GraphQL answers POST to /graphql, and the whole graph is at",
    counts_unknown="How many actors and ties the graph has is not shown here without the web part; ask GraphQL:",
    guides_none="There are no guides here.",
    not_found="No such page",
    not_found_why="The address leads to no page here.",
    credit_borders="Borders and coast",
    credit_places="Positions of the towns",
    open_code="Open source under Apache 2.0.",
)

LANGUAGES = {"sv": SV, "en": EN}
