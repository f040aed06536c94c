using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

public static class FrameworkDocuments
{
    public static readonly AccessPath<Framework> ByTitle = new AccessPath<Framework>("title")
        .Equal("shown", f => f.IsPrivate ? null : "all").OrderBy("title", f => SearchText.Of(f.Title));

    public static readonly AccessPath<Framework> ByOwner = new AccessPath<Framework>("owner").Equal("owner", f => f.Owner?.Value).OrderBy("title", f => SearchText.Of(f.Title));

    /// <summary>Frameworks whose package is the file with this digest.</summary>
    public static readonly AccessPath<Framework> ByPackage = new AccessPath<Framework>("package").Equal("package", f => f.Package.Hex);

    public static readonly DocumentKind<Framework> Kind = new("framework", f => f.Id) { Paths = [ByTitle, ByOwner, ByPackage] };

    public static readonly AccessPath<FrameworkItem> ByPosition = new AccessPath<FrameworkItem>("position").Equal("set", i => i.Set).OrderBy("position", i => (long?)i.Position);

    public static readonly AccessPath<FrameworkItem> ByCode = new AccessPath<FrameworkItem>("code").Equal("set", i => i.Set).OrderBy("code", i => i.Code is { } code ? SearchText.Of(code) : null);

    public static readonly AccessPath<FrameworkItem> ByWord =
        new AccessPath<FrameworkItem>("word").Each("word", i => ItemWords.Of(i)).Equal("set", i => i.Set).OrderBy("position", i => (long?)i.Position);

    public static readonly AccessPath<FrameworkItem> ByIdentifier = new AccessPath<FrameworkItem>("identifier").Equal("identifier", i => i.Identifier);

    /// <summary>Items of all sets; those of a set that no framework names any more are on their way out.</summary>
    public static readonly DocumentKind<FrameworkItem> Items = new("framework_item", i => i.Id) { Paths = [ByPosition, ByCode, ByWord, ByIdentifier] };

    public static readonly AccessPath<FrameworkLink> ByNode = new AccessPath<FrameworkLink>("node").Each("node", l => [l.Origin, l.Destination]);

    public static readonly AccessPath<FrameworkLink> BySet = new AccessPath<FrameworkLink>("set").Equal("set", l => l.Set);

    public static readonly DocumentKind<FrameworkLink> Links = new("framework_link", l => l.Id) { Paths = [ByNode, BySet] };
}
