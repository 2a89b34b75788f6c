// GraphiQL on our own endpoint, its editors' workers bundled with it. A question may come in the address, after #query=.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import "./design/graphiql.css";

const EXAMPLE = `# Which municipalities have fewer ties than one would expect, and how sure is that?
{
  graph { actorCount collaborationCount revision }
  analysis {
    municipalityGaps {
      municipality { placeName }
      observed
      expected
      ratio
      ratioLow
      ratioHigh
      verdict
      sourceCount
    }
  }
}
`;

const asked = new URLSearchParams(location.hash.slice(1)).get("query");
const home = createElement(GraphiQL.Logo, null, createElement("a", { href: "/", className: "home" }, "Samverkan"));

const root = document.getElementById("graphiql");
if (root) {
  root.replaceChildren();
  createRoot(root).render(
    createElement(
      GraphiQL,
      {
        fetcher: createGraphiQLFetcher({ url: "/graphql" }),
        defaultQuery: EXAMPLE,
        ...(asked && { initialQuery: asked }),
      },
      home,
    ),
  );
}
