using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions.Frameworks;

namespace SkillBadges.Core.Tests.Definitions.Frameworks;

public sealed class ItemEquivalenceTests
{
    // Few items, so that circles, splits and merges come often.
    private static readonly Gen<string> items = Gen.Elements("a", "b", "c", "d", "e", "f");

    private static readonly Arbitrary<ItemLink[]> links = Arb.ToArbitrary((
        from origin in items
        from destination in items
        from replaces in Gen.Elements(true, false)
        select new ItemLink(origin, destination, replaces)).ArrayOf());

    private static readonly string[] all = ["a", "b", "c", "d", "e", "f"];

    [Fact]
    public void An_item_that_nothing_is_said_of_is_current_and_the_same_as_itself_alone()
    {
        var none = new ItemEquivalence([]);
        Assert.Equal(["a"], none.Current("a"));
        Assert.Equal((ItemRelation.Same, ItemRelation.None), (none.Relation("a", "a"), none.Relation("a", "b")));
    }

    [Fact]
    public void Exact_matches_hold_both_ways_and_onward()
    {
        var said = new ItemEquivalence([new("a", "b", false), new("c", "b", false)]);
        Assert.Equal(ItemRelation.Same, said.Relation("a", "c"));
        Assert.Equal(["a", "b", "c"], said.Current("c"));
    }

    [Fact]
    public void One_that_gave_way_to_one_says_the_same_and_the_last_is_current()
    {
        var said = new ItemEquivalence([new("a", "b", true), new("b", "c", true), new("c", "d", false)]);
        Assert.Equal(["c", "d"], said.Current("a"));
        Assert.Equal(ItemRelation.Same, said.Relation("a", "d"));
    }

    [Fact]
    public void What_was_split_or_merged_only_overlaps()
    {
        var split = new ItemEquivalence([new("a", "b", true), new("a", "c", true)]);
        Assert.Equal(["b", "c"], split.Current("a"));
        Assert.Equal((ItemRelation.Overlap, ItemRelation.None), (split.Relation("a", "b"), split.Relation("b", "c")));
        var merged = new ItemEquivalence([new("a", "c", true), new("b", "c", true)]);
        Assert.Equal(["c"], merged.Current("a"));
        Assert.Equal((ItemRelation.Overlap, ItemRelation.Overlap), (merged.Relation("a", "c"), merged.Relation("a", "b")));
    }

    [Fact]
    public void What_replaces_each_other_in_a_circle_is_all_current()
    {
        var circle = new ItemEquivalence([new("a", "b", true), new("b", "a", true), new("c", "a", true)]);
        Assert.Equal(["a", "b"], circle.Current("c"));
    }

    [Fact]
    public void Being_the_same_is_reflexive_symmetric_and_transitive() => Check(said =>
    {
        foreach (var (x, y) in Pairs())
        {
            Assert.Equal(ItemRelation.Same, said.Relation(x, x));
            Assert.Equal(said.Relation(x, y), said.Relation(y, x));
            Assert.All(all.Where(z => said.Relation(x, y) == ItemRelation.Same && said.Relation(y, z) == ItemRelation.Same), z => Assert.Equal(ItemRelation.Same, said.Relation(x, z)));
        }
    });

    [Fact]
    public void What_is_current_stays_current_and_there_is_always_some() => Check(said =>
    {
        foreach (var item in all)
        {
            var current = said.Current(item);
            Assert.NotEmpty(current);
            Assert.All(current, one => Assert.Contains(one, said.Current(one)));
            Assert.All(current, one => Assert.NotEqual(ItemRelation.None, said.Relation(item, one)));
        }
    });

    [Fact]
    public void What_is_the_same_has_the_same_future() => Check(said =>
        Assert.All(Pairs().Where(pair => said.Relation(pair.X, pair.Y) == ItemRelation.Same), pair => Assert.Equal(said.Current(pair.X), said.Current(pair.Y))));

    [Fact]
    public void The_order_in_which_it_was_said_says_nothing() => Prop.ForAll(links, said =>
    {
        var (forward, backward) = (new ItemEquivalence(said), new ItemEquivalence(said.Reverse().Concat(said)));
        return Pairs().All(pair => forward.Relation(pair.X, pair.Y) == backward.Relation(pair.X, pair.Y)) && all.All(item => forward.Current(item).SequenceEqual(backward.Current(item)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void To_say_more_never_makes_two_exact_matches_differ() => Prop.ForAll(links, links, (said, more) =>
    {
        var matches = said.Where(link => !link.IsReplacement).ToArray();
        return matches.All(link => new ItemEquivalence([.. said, .. more]).Relation(link.Origin, link.Destination) == ItemRelation.Same);
    }).QuickCheckThrowOnFailure();

    private static void Check(Action<ItemEquivalence> holds) => Prop.ForAll(links, said => holds(new ItemEquivalence(said))).QuickCheckThrowOnFailure();

    private static IEnumerable<(string X, string Y)> Pairs() => all.SelectMany(x => all, (x, y) => (x, y));
}
