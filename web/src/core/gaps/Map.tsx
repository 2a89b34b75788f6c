// Shapes and verdicts → the region as SVG. Each municipality is a button; which is chosen is its parent's affair.
import { useMemo } from "preact/hooks";

import { words } from "../../language/words";
import { Mark, tone, VERDICTS, VerdictLabel } from "./Mark";
import { middle, project } from "./projection";
import { nameOf, type Gap, type Ring, type Shape } from "./queries";
import { ratioText } from "./Table";

interface Props {
  shapes: Shape[];
  land: Ring[][];
  gaps: Gap[];
  chosen: string | null;
  pointed: string | null;
  choose: (code: string | null) => void;
  point: (code: string | null) => void;
}

export function RegionMap({ shapes, land, gaps, chosen, pointed, choose, point }: Props) {
  const { width, height, coast, places } = useMemo(() => {
    const projection = project(shapes);
    return {
      ...projection,
      coast: projection.path(land),
      places: shapes.map((shape) => ({
        code: shape.code,
        outline: projection.path(shape.polygons),
        at: projection.point(middle(shape)),
        gap: gaps.find((gap) => gap.municipality.code === shape.code),
      })),
    };
  }, [shapes, land, gaps]);
  const outlined = places.filter(({ code }) => code === chosen || code === pointed);

  return (
    <figure class="map">
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={words.gaps.map}>
        <defs>
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="7" height="7" />
            <rect class="hatch-line" width="2" height="7" />
          </pattern>
        </defs>
        <path class="land" d={coast} />
        {places.map(({ code, outline, gap }) => {
          const label = gap ? `${nameOf(gap)}: ${words.verdicts[gap.verdict]}. ${ratioText(gap)}` : code;
          const toggle = (): void => choose(code === chosen ? null : code);
          return (
            <path
              key={code}
              class={`municipality ${gap ? tone(gap.verdict) : ""}`}
              d={outline}
              role="button"
              tabindex={0}
              aria-pressed={code === chosen}
              aria-label={label}
              onClick={toggle}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                toggle();
              }}
              onPointerEnter={() => point(code)}
              onPointerLeave={() => point(null)}
              onFocus={() => point(code)}
              onBlur={() => point(null)}
            >
              <title>{label}</title>
            </path>
          );
        })}
        {outlined.map(({ code, outline }) => (
          <path key={code} class={`outline ${code === chosen ? "chosen" : ""}`} d={outline} />
        ))}
        <g aria-hidden="true">
          {places.map(({ code, at: [x, y], gap }) =>
            gap ? (
              <g key={code} class="name" transform={`translate(${x.toFixed(1)},${y.toFixed(1)})`}>
                {gap.verdict !== "UNDECIDED" && (
                  <g transform="translate(-7,-26)">
                    <Mark verdict={gap.verdict} />
                  </g>
                )}
                <text y="5">{nameOf(gap)}</text>
              </g>
            ) : null,
          )}
        </g>
      </svg>
      <figcaption>
        <ul class="legend" aria-label={words.gaps.legend}>
          {VERDICTS.map((verdict) => (
            <li key={verdict}>
              <VerdictLabel verdict={verdict} />
            </li>
          ))}
        </ul>
        <p class="credit">
          {words.gaps.credit}: ©{" "}
          <a href="https://www.openstreetmap.org/copyright" rel="noreferrer">
            OpenStreetMap contributors
          </a>{" "}
          (ODbL)
        </p>
      </figcaption>
    </figure>
  );
}
