namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>Whether two competencies, of different badges or versions perhaps, are aligned to the same items.</summary>
public static class CompetencyAlignment
{
    /// <summary>The identifiers of the CASE items that a competency is aligned to, each once, in the author's order.</summary>
    public static IReadOnlyList<string> ItemsOf(Competency competency) =>
        [.. competency.Alignments.Where(alignment => alignment.TargetType == "CFItem").Select(alignment => ItemAddress.IdentifierIn(alignment.TargetUrl)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Same when each item of the one says the same as some item of the other and the other way around; overlap when any two have
    /// to do with each other; none when not, or when one of them is aligned to no item at all.
    /// </summary>
    /// <param name="equivalence">What frameworks say around the items of both: <see cref="ItemReading.AroundAsync"/>.</param>
    public static ItemRelation Compare(Competency competency, Competency other, ItemEquivalence equivalence)
    {
        var (ours, theirs) = (ItemsOf(competency), ItemsOf(other));
        if (ours.Count == 0 || theirs.Count == 0)
        {
            return ItemRelation.None;
        }

        if (Covers(ours, theirs) && Covers(theirs, ours))
        {
            return ItemRelation.Same;
        }

        return ours.Any(item => theirs.Any(their => equivalence.Relation(item, their) != ItemRelation.None)) ? ItemRelation.Overlap : ItemRelation.None;

        bool Covers(IReadOnlyList<string> these, IReadOnlyList<string> those) => these.All(item => those.Any(that => equivalence.Relation(item, that) == ItemRelation.Same));
    }
}
