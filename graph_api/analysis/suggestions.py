"""Snapshot + NetworkInput → ties that are missing and would be worth making, each with its reasons.

How likely a tie is comes from `prediction`; how useful it would be, from `gaps` and `coverage`: what it does to the ratio of municipalities that
have fewer ties than expected, which missing helices it brings, which needs it meets. The two are shown apart, since a model of what is likely
repeats the gaps that there are. Knows no sentence: `sentences` says the reasons.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph_api.analysis import prediction, sentences
from graph_api.analysis.coverage import HELICES, missing
from graph_api.analysis.gaps import LEAST_MUNICIPALITIES, LEAST_TIES, Region, fit, judge, region_of
from graph_api.analysis.prediction import Model, Seen
from graph_api.analysis.projection import KINDS, Longs, NetworkInput, at_actors, project
from graph_api.analysis.sentences import Told
from graph_api.errors import NotFound
from graph_api.model.results import SuggestionReason, TieSuggestion
from graph_api.model.snapshot import Flags, Floats, Snapshot
from graph_api.model.values import ActorId, check_first, span
from graph_api.model.vocabulary import CoverageKey, ReasonKind, SuggestionAim

NEAR = 10.0
"""Kilometres between neighbours."""
MOST = 1000
"""Suggestions of one answer, at most."""
_PARTNERS = 10
"""Common partners that a reason holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Lift:
    """What one more tie across its border would do to each of the region's municipalities (rows), and what they lack."""

    before: Floats
    """The ratio; NaN where there is too little data."""
    observed: Longs
    rise: Floats
    """Of log ratio; 0 where the ratio is 1 or more, or unknown."""
    lacks: Flags
    """Municipality by helix: no tie to it, though the region has it."""


class Suggestions:
    """Learnt once for a network, asked often."""

    def __init__(self, snapshot: Snapshot, network: NetworkInput) -> None:
        """Learn.

        Raises:
            TooLittleData: fewer than 30 ties.
        """
        network = at_actors(network)
        self.model: Model = prediction.learn(snapshot, network)
        self.seen = Seen(project(snapshot, network), network.as_of)
        self.region = region_of(snapshot, network)
        self.lift = lift(self.region, network)
        everything = project(snapshot, replace(network, ties=KINDS))
        # What is tied in any way is no news, whatever ties the network is made of.
        self._joined = prediction.tied(everything)
        founded = snapshot.actors.founded[self.seen.network.nodes]
        self._there = founded <= int(span(network.as_of)[1][:4]) if network.as_of else np.ones(len(founded), np.bool_)

    def of(
        self,
        *,
        for_: str | None = None,
        municipality: str | None = None,
        closing: SuggestionAim = SuggestionAim.ANY,
        first: int = 20,
    ) -> tuple[TieSuggestion, ...]:
        """The first suggestions by score, equal ones by id.

        Args:
            for_: only ties of this actor.
            municipality: only ties that close a gap of this municipality of the region.
            closing: only ties that close such a gap.
        Raises:
            NotFound: the graph has no such actor, or the region no such municipality. BadPage: `first` is below 0 or above 1,000.
        """
        check_first(first, MOST)
        network, blocks = self.seen.network, self.seen.blocks()
        if for_ is not None:
            try:
                node = network.position(for_)
            except NotFound as error:
                raise NotFound(error.message, place="for", hint=error.hint) from error
            blocks = iter(() if node is None else (np.array([node]),))
        row = None if municipality is None else self._row(municipality)
        best = [self._best(rows, closing, row, first, after=for_ is None) for rows in blocks]
        if not best:
            return ()
        score, chance, value, one, other = (np.concatenate(column) for column in zip(*best, strict=True))
        order = np.lexsort((other, one, -score))[:first]
        return tuple(
            self._record(*ends, float(score[i]), float(chance[i]), float(value[i]))
            for i in order.tolist()
            for ends in [self._turned(int(one[i]), int(other[i]), row)]
        )

    def _row(self, municipality: str) -> int:
        for row, number in enumerate(self.region.own.tolist()):
            if self.region.actors.snapshot.actors.ids[number] == municipality:
                return row
        raise NotFound(f"The region has no municipality with the id {municipality!r}.", place="municipality")

    def _turned(self, one: int, other: int, row: int | None) -> tuple[int, int]:
        """The end that was asked for first."""
        return (other, one) if row is not None and self.region.row[one] != row else (one, other)

    def _best(
        self, rows: Longs, closing: SuggestionAim, only: int | None, first: int, *, after: bool
    ) -> tuple[Floats, Floats, Floats, Longs, Longs]:
        """Score, chance, value and ends of the best pairs of some actors with all, or with those after them."""
        seen, home, lifted = self.seen, self.region.row, self.lift
        common = (seen.tied[rows] @ seen.tied).toarray() > 0
        met = (seen.needs[rows] @ seen.has.T + seen.has[rows] @ seen.needs.T).toarray()
        shared = (seen.challenges[rows] @ seen.challenges.T).toarray() > 0
        mine, theirs = home[rows, np.newaxis], home[np.newaxis, :]
        across = (mine >= 0) & (theirs >= 0) & (mine != theirs)
        rises = np.where(across & _is(mine, only), lifted.rise[mine], 0) + np.where(
            across & _is(theirs, only), lifted.rise[theirs], 0
        )
        helix = seen.helix.astype(np.int64)
        brings = ((mine >= 0) & _is(mine, only) & lifted.lacks[mine, helix]).astype(np.int64) + (
            (theirs >= 0) & _is(theirs, only) & lifted.lacks[theirs, helix[rows, np.newaxis]]
        )
        wanted = {
            SuggestionAim.ANY: common | (met > 0) | shared | (rises > 0) | (brings > 0),
            SuggestionAim.MUNICIPALITY_GAP: rises > 0,
            SuggestionAim.HELIX_GAP: brings > 0,
            SuggestionAim.COMPETENCE_NEED: met > 0,
        }[closing]
        if only is not None:
            wanted &= (rises > 0) | (brings > 0)
        every = np.arange(seen.network.size)
        wanted &= self._joined[rows].toarray() == 0
        wanted &= (rows[:, np.newaxis] < every) if after else (rows[:, np.newaxis] != every)
        wanted &= self._there[rows, np.newaxis] & self._there
        one, other = np.nonzero(wanted)
        chance = self.model.chance(seen.of(rows, wanted))
        value = (rises + brings + met)[one, other]
        score = chance * (1 + value)
        best = np.lexsort((other, one, -score))[:first]
        return score[best], chance[best], value[best], rows[one[best]], other[best]

    def _record(self, one: int, other: int, score: float, chance: float, value: float) -> TieSuggestion:
        network = self.seen.network
        ids = network.snapshot.actors.ids
        reasons = tuple(
            SuggestionReason(kind, text.sv, text.en, tuple(ActorId(ids[actor]) for actor in actors))
            for kind, text, actors in self._reasons(one, other)
        )
        return TieSuggestion(network.id(one), network.id(other), score, chance, value, reasons)

    def _reasons(self, one: int, other: int) -> Iterator[tuple[ReasonKind, Told, list[int]]]:
        """Kind, sentence and actors (numbers in the snapshot) of each reason, in the order of kinds."""
        seen, nodes = self.seen, self.seen.network.nodes
        snapshot = seen.network.snapshot
        names = self._names
        partners = np.intersect1d(seen.tied[[one]].indices, seen.tied[[other]].indices)
        if len(partners):
            # The fewer others a partner has, the more it says (Adamic and Adar 2003).
            partners = partners[np.lexsort((partners, seen.network.degree[partners]))]
            numbers = nodes[partners].tolist()
            yield ReasonKind.COMMON_COLLABORATORS, sentences.common_partners(names(numbers)), numbers[:_PARTNERS]
        for seeks, offers in ((one, other), (other, one)):
            met = np.intersect1d(seen.needs[[seeks]].indices, seen.has[[offers]].indices).tolist()
            for competence in met:
                what = Told(snapshot.competence_names[competence], snapshot.competence_names_en[competence])
                seeker, holder = names([nodes[seeks], nodes[offers]])
                yield ReasonKind.COMPLEMENTARY_COMPETENCE, sentences.need_met(seeker, what, holder), []
        shared = np.intersect1d(seen.challenges[[one]].indices, seen.challenges[[other]].indices).tolist()
        if shared:
            challenges = [Told(snapshot.challenge_names[i], snapshot.challenge_names_en[i]) for i in shared]
            yield ReasonKind.SHARED_CHALLENGE, sentences.shared_challenges(challenges), []
        yield from self._gaps(one, other)
        seat = int(seen.seat[one])
        if seat >= 0 and seat == seen.seat[other]:
            yield ReasonKind.NEARBY, sentences.same_seat(names([seat])[0]), [seat]
        elif (away := float(seen.distance(np.array([one]), np.array([other]))[0])) <= NEAR:
            yield ReasonKind.NEARBY, sentences.near(away), []

    def _gaps(self, one: int, other: int) -> Iterator[tuple[ReasonKind, Told, list[int]]]:
        region, lifted = self.region, self.lift
        rows = [(int(region.row[a]), b) for a, b in ((one, other), (other, one))]
        across = rows[0][0] >= 0 and rows[1][0] >= 0 and rows[0][0] != rows[1][0]
        for row, _ in rows:
            if across and lifted.rise[row] > 0:
                place = int(region.own[row])
                before = float(lifted.before[row])
                told = sentences.gap_closed(
                    self._names([place])[0], int(lifted.observed[row]), before, before * float(np.exp(lifted.rise[row]))
                )
                yield ReasonKind.CLOSES_MUNICIPALITY_GAP, told, [place]
        for row, partner in rows:
            helix = int(self.seen.helix[partner])
            if row >= 0 and lifted.lacks[row, helix]:
                place = int(region.own[row])
                yield (
                    ReasonKind.CLOSES_HELIX_GAP,
                    sentences.helix_brought(self._names([place])[0], HELICES[helix]),
                    [place],
                )

    def _names(self, actors: Sequence[int]) -> list[Told]:
        known = self.seen.network.snapshot.actors
        return [Told(known.names[actor], known.names_en[actor]) for actor in actors]


def lift(region: Region, network: NetworkInput) -> Lift:
    """What one more tie across does to each municipality's ratio.

    With σ² the variance of its level v and μ its expected ties, v included: a tie raises v by (1 - σ²)/μ, the step of Newton's method where the
    other municipalities stay as they are and the prior's variance is 1. Little where much is known already, at most 1/μ.
    """
    rows, snapshot = len(region.own), region.actors.snapshot
    count, across = region.count, region.across
    ends = region.row[np.concatenate([region.actors.a[across], region.actors.b[across]])]
    observed = np.bincount(ends, minlength=rows)
    before, rise = np.full(rows, np.nan), np.zeros(rows)
    present = np.flatnonzero(count)
    if across.sum() >= LEAST_TIES and len(present) >= LEAST_MUNICIPALITIES:
        fitted = fit(region)
        before[present] = judge(fitted, present, 0.9).ratio
        lacking = np.flatnonzero(before < 1)
        variance = np.minimum(np.diag(fitted.covariance)[lacking], 1.0)
        rise[lacking] = (1 - variance) / fitted.expected[lacking]
    whole = project(snapshot, network)
    return Lift(before, observed, rise, missing(whole, network, CoverageKey.HELIX))


def _is(row: Longs, only: int | None) -> Flags:
    """Which rows are the one that is asked for; all, where none is."""
    flags: Flags = np.ones(row.shape, np.bool_) if only is None else row == only
    return flags
