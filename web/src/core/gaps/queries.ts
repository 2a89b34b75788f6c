// What the gap analysis says of each municipality, and the shapes to draw.
import { ask } from "../../api/graphql";
import type { Words } from "../../language/words";

export type Verdict = keyof Words["verdicts"];

export interface Gap {
  municipality: { id: string; code: string | null; name: string; placeName: string | null; population: number | null };
  rank: number;
  actorCount: number;
  observed: number;
  observedRegionWide: number;
  observedOutside: number;
  expected: number | null;
  ratio: number | null;
  ratioLow: number | null;
  ratioHigh: number | null;
  ratioForSize: number | null;
  probabilityLowestThree: number | null;
  rankLow: number | null;
  rankHigh: number | null;
  verdict: Verdict;
  sourceCount: number;
  wellDocumented: boolean;
  missingHelices: (keyof Words["helices"])[];
  explanation: string;
}

const GAPS = `query Gaps($language: Language!) {
  analysis {
    municipalityGaps {
      municipality { id code name(language: $language) placeName population }
      rank actorCount observed observedRegionWide observedOutside
      expected ratio ratioLow ratioHigh ratioForSize probabilityLowestThree rankLow rankHigh
      verdict sourceCount wellDocumented missingHelices explanation(language: $language)
    }
  }
}`;

/** Most probably under-connected first, as the server orders them; null where the analysis failed. */
export async function gaps(language: string, signal: AbortSignal): Promise<Gap[] | null> {
  const { data } = await ask<{ analysis: { municipalityGaps: Gap[] | null } | null }>(GAPS, { language }, signal);
  return data.analysis?.municipalityGaps ?? null;
}

export const nameOf = (gap: Gap): string => gap.municipality.placeName ?? gap.municipality.name;

export type Ring = [number, number][];
export interface Shape {
  code: string;
  polygons: Ring[][];
}
type Geometry =
  | { type: "Polygon"; coordinates: Ring[] }
  | { type: "MultiPolygon"; coordinates: Ring[][] }
  | { type: "GeometryCollection"; geometries: Geometry[] };
type Feature = { properties: { code: string } | null; geometry: Geometry };
type Collection = { type: "FeatureCollection"; features: Feature[] } | Geometry;

function polygons(geometry: Geometry): Ring[][] {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  if (geometry.type === "MultiPolygon") return geometry.coordinates;
  return geometry.geometries.flatMap(polygons);
}

async function features(name: string, signal: AbortSignal): Promise<Feature[]> {
  const response = await fetch(`/geography/${name}.geojson`, { signal });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const collection = (await response.json()) as Collection;
  return collection.type === "FeatureCollection" ? collection.features : [{ properties: null, geometry: collection }];
}

export async function geography(signal: AbortSignal): Promise<{ municipalities: Shape[]; land: Ring[][] }> {
  const [municipalities, land] = await Promise.all([features("municipalities", signal), features("land", signal)]);
  return {
    municipalities: municipalities.map((f) => ({ code: f.properties?.code ?? "", polygons: polygons(f.geometry) })),
    land: land.flatMap((f) => polygons(f.geometry)),
  };
}
