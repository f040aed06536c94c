using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Core.Gradebook;

/// <summary>How the badges of one record stand to each other (CLR 2.0, 2023-01, AssociationType): what comes before what, and which version followed which.</summary>
public static class AchievementAssociations
{
    /// <param name="badges">The versions in the record, each once.</param>
    /// <returns>In an order that is always the same.</returns>
    public static IReadOnlyList<Association> Of(IReadOnlyCollection<BadgeDefinition> badges, InstanceAddress address)
    {
        var bySlug = badges.GroupBy(badge => badge.Slug, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.OrderBy(badge => badge.Version).ToArray(), StringComparer.Ordinal);
        var precedes =
            from badge in badges
            from prerequisite in badge.Prerequisites
            where bySlug.ContainsKey(prerequisite)
            from before in bySlug[prerequisite]
            select new Association("precedes", address.Achievement(before.Id), address.Achievement(badge.Id));
        var replaced =
            from versions in bySlug.Values
            from pair in versions.Zip(versions.Skip(1))
            select new Association("replacedBy", address.Achievement(pair.First.Id), address.Achievement(pair.Second.Id));
        return [.. precedes.Concat(replaced).Distinct().OrderBy(association => association.SourceId, StringComparer.Ordinal).ThenBy(association => association.TargetId, StringComparer.Ordinal)];
    }
}
