// A few letters → the best hits, and the question in GraphiQL that shows what a hit is tied to.
import { ask } from "../../api/graphql";
import type { Words } from "../../language/words";

export type Hit =
  | {
      __typename: string;
      id: string;
      name: string;
      kind: keyof Words["kinds"];
      code?: string | null;
      inRegion?: boolean;
      municipality: { placeName: string | null; name: string } | null;
    }
  | { __typename: keyof Words["things"]; id: string; name?: string; title?: string; kind?: never };

export interface Hits {
  hits: Hit[];
  total: number;
  corrected: string | null;
}

const SEARCH = `query Search($query: String!, $language: Language!) {
  search(query: $query, types: [ACTOR, INITIATIVE, CHALLENGE, COMPETENCE, AGREEMENT, SERVICE], first: 10) {
    totalCount correctedQuery
    edges {
      score
      node {
        __typename
        ... on Node { id }
        ... on Actor { name(language: $language) kind municipality { placeName name(language: $language) } }
        ... on Municipality { code inRegion }
        ... on Initiative { name(language: $language) }
        ... on Challenge { name(language: $language) }
        ... on Competence { name(language: $language) }
        ... on Agreement { name(language: $language) }
        ... on Service { name(language: $language) }
        ... on Source { title }
      }
    }
  }
}`;

interface Found {
  search: { totalCount: number; correctedQuery: string | null; edges: { node: Hit }[] } | null;
}

export async function search(query: string, language: string, signal: AbortSignal): Promise<Hits | null> {
  const { data } = await ask<Found>(SEARCH, { query, language }, signal);
  if (data.search === null) return null;
  const { edges, totalCount, correctedQuery } = data.search;
  return { hits: edges.map(({ node }) => node), total: totalCount, corrected: correctedQuery };
}

export function inGraphiQL(id: string): string {
  const question = `{
  node(id: ${JSON.stringify(id)}) {
    __typename
    id
    ... on Actor {
      name
      description
      website
      collaborators { totalCount edges { kind since node { name } } }
      memberOf { nodes { name } }
      initiatives { edges { role node { name } } }
      sources { nodes { title url } }
    }
    ... on Initiative { name start end participants { edges { role node { name } } } }
    ... on Challenge { name initiatives { nodes { name } } }
    ... on Competence { name actors { nodes { name } } }
    ... on Agreement { name signed parties { nodes { name } } }
    ... on Service { name audience providers { nodes { name } } }
    ... on Source { title publisher url accessed }
  }
}`;
  return `/graphql#query=${encodeURIComponent(question)}`;
}
