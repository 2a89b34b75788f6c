"""The cache: bounded by bytes, the least recently used goes first."""

from graph_api.analysis.cache import Cache


def test_what_was_used_longest_ago_makes_room() -> None:
    """Memory stays bounded however many questions are asked."""
    cache = Cache[str](10)
    for name in ("a", "b"):
        cache.put(name, name, 5)
    assert cache.get("a") == "a"
    cache.put("c", "c", 5)

    assert [cache.get(name) for name in "abc"] == ["a", None, "c"]
    assert cache.nbytes == 10


def test_a_value_put_again_is_counted_once() -> None:
    cache = Cache[str](10)
    cache.put("a", "old", 6)
    cache.put("a", "new", 7)

    assert (cache.get("a"), cache.nbytes) == ("new", 7)


def test_what_is_larger_than_the_cache_is_not_kept_and_drives_nothing_out() -> None:
    cache = Cache[str](10)
    cache.put("a", "a", 5)
    cache.put("b", "b", 11)

    assert (cache.get("a"), cache.get("b")) == ("a", None)
