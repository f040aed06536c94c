using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>Which version of a stack counts now.</summary>
public sealed record StackHead(string Slug, int CurrentVersion, string Name)
{
    /// <summary>The badges of a stack whose award is made by itself; empty for others.</summary>
    public ImmutableArray<string> AwardedFor { get; init; } = [];

    public static StackHead Of(BadgeStack stack) => new(stack.Slug, stack.Version, stack.Name) { AwardedFor = stack.Award is null ? [] : [.. stack.Badges.Select(badge => badge.Slug)] };
}

public static class StackDocuments
{
    public static readonly AccessPath<BadgeStack> BySlug = new AccessPath<BadgeStack>("slug").Equal("slug", stack => stack.Slug).OrderBy("version", stack => (long?)stack.Version);

    /// <summary>Published versions by their id, such as <c>welding-1@1</c>; never changed.</summary>
    public static readonly DocumentKind<BadgeStack> Versions = new("stack_version", stack => stack.Id.ToString()) { Paths = [BySlug] };

    public static readonly AccessPath<StackHead> ByName = new AccessPath<StackHead>("name").OrderBy("name", head => SearchText.Of(head.Name));

    /// <summary>The stacks to whose award a badge leads.</summary>
    public static readonly AccessPath<StackHead> ByAwardedFor = new AccessPath<StackHead>("awarded_for").Each("badge", head => head.AwardedFor);

    public static readonly DocumentKind<StackHead> Heads = new("stack", head => head.Slug) { Paths = [ByName, ByAwardedFor] };

    /// <summary>The version that counts now; its head is required in <paramref name="changes"/>.</summary>
    /// <exception cref="RefusedException"><c>stack.not-found</c>.</exception>
    public static async Task<BadgeStack> CurrentStackAsync(this IDocumentStore store, string slug, Changes changes, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(Heads, slug, "stack", cancellationToken);
        changes.Require(Heads, head);
        return (await store.GetAsync(Versions, new BadgeVersionId(slug, head.Document.CurrentVersion).ToString(), "stack", cancellationToken)).Document;
    }

    /// <summary>The current version of every stack, by name.</summary>
    public static Task<IReadOnlyList<BadgeStack>> CurrentStacksAsync(this IDocumentStore store, CancellationToken cancellationToken) =>
        store.NamedAsync(Heads, ByName.Where(), head => new BadgeVersionId(head.Slug, head.CurrentVersion).ToString(), Versions, cancellationToken);
}
