using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>How one sort of authored content is kept: immutable versions, and a head that names the current one.</summary>
internal sealed record Publication<TVersion, THead>
    where TVersion : class
    where THead : class
{
    public required DocumentKind<TVersion> Versions { get; init; }

    public required DocumentKind<THead> Heads { get; init; }

    public required Func<TVersion, string> Name { get; init; }

    public required Func<THead, int> Current { get; init; }

    public required Func<string, int, string> VersionId { get; init; }

    public required Func<TVersion, int, TVersion> Number { get; init; }

    /// <summary>Names the version; what the earlier head says besides stays.</summary>
    public required Func<TVersion, THead?, THead> Head { get; init; }

    public required Func<TVersion, Sha256Digest> Hash { get; init; }

    /// <summary>
    /// Publishes the content as the next version, or finds that the current version holds it already. Two who publish at once cannot
    /// both take the same number: the second looks again, and finds its content there.
    /// </summary>
    /// <param name="commits">Looks again when somebody else was faster.</param>
    /// <param name="content">To be published.</param>
    /// <param name="check">Refuses, or leaves in the commit what its yes rests on; null where anything may be published.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    public Task<Published<TVersion>> PublishAsync(Commits commits, TVersion content, Func<Changes, CancellationToken, Task>? check, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            if (check is not null)
            {
                await check(changes, token);
            }

            var published = await AddAsync(commits.Store, changes, content, token);
            return new Outcome<Published<TVersion>>(changes, published, Versions.IdOf(published.Version));
        },
        cancellationToken);

    /// <summary>The same within somebody's commit; adds nothing where the current version holds the content already.</summary>
    public async Task<Published<TVersion>> AddAsync(IDocumentStore store, Changes changes, TVersion content, CancellationToken cancellationToken)
    {
        var name = Name(content);
        var head = await store.FindAsync(Heads, name, cancellationToken);
        var next = Number(content, head is null ? 1 : Current(head.Document) + 1);
        if (head is not null)
        {
            // Head and version are written in one commit, so the version a head names is there.
            var id = VersionId(name, Current(head.Document));
            var current = await store.FindAsync(Versions, id, cancellationToken) ?? throw new InvalidOperationException($"The current version {id} is missing from the store.");
            if (Hash(current.Document) == Hash(next))
            {
                return new(current.Document, false);
            }
        }

        changes.Add(Versions, next);
        _ = head is null ? changes.Add(Heads, Head(next, null)) : changes.Replace(Heads, head, Head(next, head.Document));
        return new(next, true);
    }
}

/// <summary>A version, and whether it was made just now.</summary>
internal sealed record Published<TVersion>(TVersion Version, bool IsNew);

/// <summary>The four sorts.</summary>
internal static class Publications
{
    public static readonly Publication<MasteryScale, ScaleHead> Scales = new()
    {
        Versions = ScaleDocuments.Versions,
        Heads = ScaleDocuments.Heads,
        Name = scale => scale.Id,
        Current = head => head.CurrentVersion,
        VersionId = ScaleDocuments.VersionId,
        Number = (scale, version) => scale with { Version = version },
        Head = (scale, earlier) => new(scale.Id, scale.Version, scale.Name) { Owner = earlier?.Owner },
        Hash = scale => scale.ContentHash,
    };

    public static readonly Publication<GraduateProfile, GraduateProfileHead> Profiles = new()
    {
        Versions = GraduateProfileDocuments.Versions,
        Heads = GraduateProfileDocuments.Heads,
        Name = profile => profile.Slug,
        Current = head => head.CurrentVersion,
        VersionId = (slug, version) => new BadgeVersionId(slug, version).ToString(),
        Number = (profile, version) => profile.Publish(version),
        Head = (profile, _) => new(profile.Slug, profile.Version, profile.Name),
        Hash = profile => profile.ContentHash,
    };

    public static readonly Publication<BadgeDefinition, BadgeHead> Badges = new()
    {
        Versions = DefinitionDocuments.Versions,
        Heads = DefinitionDocuments.Heads,
        Name = badge => badge.Slug,
        Current = head => head.CurrentVersion,
        VersionId = (slug, version) => new BadgeVersionId(slug, version).ToString(),
        Number = (badge, version) => badge.Publish(version),
        Head = (badge, earlier) => BadgeHead.Of(badge) with { Retired = earlier?.Retired },
        Hash = badge => badge.ContentHash,
    };

    public static readonly Publication<BadgeStack, StackHead> Stacks = new()
    {
        Versions = StackDocuments.Versions,
        Heads = StackDocuments.Heads,
        Name = stack => stack.Slug,
        Current = head => head.CurrentVersion,
        VersionId = (slug, version) => new BadgeVersionId(slug, version).ToString(),
        Number = (stack, version) => stack.Publish(version),
        Head = (stack, _) => StackHead.Of(stack),
        Hash = stack => stack.ContentHash,
    };
}
