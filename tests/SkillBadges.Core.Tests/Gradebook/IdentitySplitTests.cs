using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class IdentitySplitTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a-b", "a", "")]
    [InlineData("a-b b-c", "a", "bc")]
    [InlineData("a-b b-c", "b", "")]
    [InlineData("a-b b-c c-d", "b", "cd")]
    [InlineData("a-b b-c c-d d-e", "c", "ab de")]
    [InlineData("a-b b-c a-c", "b", "ac")]
    public void Who_is_still_held_together_by_another_join_stays_together(string joins, string left, string groups)
    {
        var identity = joins.Split(' ').Select(pair => new Join(new(pair[..1]), new(pair[2..]), JoinProof.TwoRegistrars, [], now))
            .Aggregate((LearnerIdentity?)null, (known, join) => known is null ? LearnerIdentity.Of("i", null, null, join) : new LearnerIdentity("i") { People = [.. known.People.Union([join.First, join.Second])], Joins = known.Joins.Add(join) })!;

        var remaining = IdentitySplit.Remaining(identity, new PersonId(left)).Select(group => string.Concat(group.Select(person => person.Value).Order(StringComparer.Ordinal)));

        Assert.Equal(groups, string.Join(' ', remaining.Order(StringComparer.Ordinal)));
    }
}
