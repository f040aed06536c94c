using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>Which version of a stack counts now.</summary>
public sealed record StackHead(string Slug, int CurrentVersion, string Name);

public static class StackDocuments
{
    public static readonly AccessPath<BadgeStack> BySlug = new AccessPath<BadgeStack>("slug").Equal("slug", stack => stack.Slug).OrderBy("version", stack => (long?)stack.Version);

    /// <summary>Published versions by their id, such as <c>welding-1@1</c>; never changed.</summary>
    public static readonly DocumentKind<BadgeStack> Versions = new("stack_version", stack => stack.Id.ToString()) { Paths = [BySlug] };

    public static readonly AccessPath<StackHead> ByName = new AccessPath<StackHead>("name").OrderBy("name", head => SearchText.Of(head.Name));

    public static readonly DocumentKind<StackHead> Heads = new("stack", head => head.Slug) { Paths = [ByName] };
}
