using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Core.Gradebook;

/// <summary>How the badges of one record stand to each other (CLR 2.0, 2023-01, AssociationType): what comes before what, which version followed which, and what is part of a stack.</summary>
public static class AchievementAssociations
{
    /// <param name="badges">The versions in the record, each once.</param>
    /// <param name="stacks">The versions of stacks whose own awards are in the record, each once.</param>
    /// <param name="address">Of this instance.</param>
    /// <returns>In an order that is always the same.</returns>
    public static IReadOnlyList<Association> Of(IReadOnlyCollection<BadgeDefinition> badges, IReadOnlyCollection<BadgeStack> stacks, InstanceAddress address)
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
        var parts =
            from stack in stacks
            from required in stack.Badges
            where bySlug.ContainsKey(required.Slug)
            from badge in bySlug[required.Slug]
            select new Association("isPartOf", address.Achievement(badge.Id), address.StackAchievement(stack.Id));
        return [.. precedes.Concat(replaced).Concat(parts).Distinct().OrderBy(association => association.SourceId, StringComparer.Ordinal).ThenBy(association => association.TargetId, StringComparer.Ordinal)];
    }
}
