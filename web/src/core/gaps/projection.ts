// Degrees → the map's own units, and where a name stands best. Equirectangular, east-west shrunk by cos(latitude):
// at a region's size that is true to shape to within a per cent.
import type { Ring, Shape } from "./queries";

export interface Projection {
  width: number;
  height: number;
  path: (polygons: Ring[][]) => string;
  point: (position: [number, number]) => [number, number];
}

const WIDTH = 600;
const MARGIN = 14;

export function project(shapes: Shape[]): Projection {
  const points = shapes.flatMap((shape) => shape.polygons.flatMap((rings) => rings[0] ?? []));
  const [west, east] = extent(points.map(([longitude]) => longitude));
  const [south, north] = extent(points.map(([, latitude]) => latitude));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink);
  const point = ([longitude, latitude]: [number, number]): [number, number] => [
    MARGIN + (longitude - west) * shrink * scale,
    MARGIN + (north - latitude) * scale,
  ];
  const line = (ring: Ring): string =>
    `M${ring.map((position) => point(position).map((value) => value.toFixed(1)).join(",")).join("L")}Z`;
  return {
    width: WIDTH,
    height: Math.round((north - south) * scale + 2 * MARGIN),
    path: (polygons) => polygons.flatMap((rings) => rings.map(line)).join(""),
    point,
  };
}

function extent(values: number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** The centroid of the largest part (shoelace formula). */
export function middle(shape: Shape): [number, number] {
  let best: { area: number; at: [number, number] } = { area: 0, at: [0, 0] };
  for (const [ring] of shape.polygons) {
    if (!ring) continue;
    let [area, x, y] = [0, 0, 0];
    ring.forEach(([x1, y1], index) => {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
      const cross = x1 * y2 - x2 * y1;
      area += cross / 2;
      x += ((x1 + x2) * cross) / 6;
      y += ((y1 + y2) * cross) / 6;
    });
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [x / area, y / area] };
  }
  return best.at;
}
