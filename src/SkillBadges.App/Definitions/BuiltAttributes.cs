using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>The attributes that a badge builds, in the words of their profiles as they are now.</summary>
internal static class BuiltAttributes
{
    /// <summary>Without those that a newer profile has no more: what was earned stays with its badge, what a graduate is changes.</summary>
    public static async Task<List<(BuiltAttribute Built, ProfileAttribute Attribute)>> OfAsync(IDocumentStore store, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var found = new List<(BuiltAttribute, ProfileAttribute)>();
        foreach (var named in badge.Attributes.GroupBy(built => built.Profile, StringComparer.Ordinal))
        {
            if (await store.FindAsync(GraduateProfileDocuments.Heads, named.Key, cancellationToken) is not null)
            {
                var profile = await store.CurrentProfileAsync(named.Key, cancellationToken);
                found.AddRange(named.SelectMany(built => profile.Attribute(built.Attribute) is { } attribute ? new[] { (built, attribute) } : []));
            }
        }

        return found;
    }
}
