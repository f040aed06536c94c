using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>A framework as somebody writes it here: a tree of statements, each under the one before.</summary>
public sealed record LocalFramework(string Title, ImmutableArray<LocalItem> Items)
{
    public const int MaxItems = 2_000;
    public const int MaxDepth = 12;

    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? Language { get; init; }

    public string? Subject { get; init; }

    /// <summary>One of <see cref="CaseDocument.AdoptionStatuses"/>; Draft where it is not said.</summary>
    public string? AdoptionStatus { get; init; }

    /// <summary>The content as a CASE 1.1 package. What keeps its identifier is the same item as before.</summary>
    /// <param name="id">The framework's identifier.</param>
    /// <param name="creator">The organization's name.</param>
    /// <param name="link">From a path to an address of this instance.</param>
    /// <param name="now">When it changed.</param>
    /// <param name="newId">Makes identifiers for what is new.</param>
    /// <exception cref="RefusedException"><c>framework.title</c>, <c>framework.text</c>, <c>framework.too-many-items</c>, <c>framework.too-deep</c>, <c>framework.faulty</c>.</exception>
    public CasePackage ToPackage(string id, string creator, Func<string, string> link, DateTimeOffset now, Func<string> newId)
    {
        var document = new CaseDocument(new(id, link($"/ims/case/v1p1/CFDocuments/{id}"), now), creator, DisplayText.Require(Title, 300, "framework.title"))
        {
            CaseVersion = "1.1",
            Description = DisplayText.Optional(Description, 4_000, "framework.text"),
            Version = DisplayText.Optional(Version, 60, "framework.text"),
            Language = DisplayText.Optional(Language, 35, "framework.text") ?? "en",
            Subjects = DisplayText.Optional(Subject, 200, "framework.text") is { } subject ? [subject] : [],
            AdoptionStatus = DisplayText.Optional(AdoptionStatus, 20, "framework.text") ?? "Draft",
            Package = new("Package", id, link($"/ims/case/v1p1/CFPackages/{id}")),
        };
        var items = new List<CaseItem>();
        var associations = new List<CaseAssociation>();
        foreach (var (item, i) in Items.Select((item, i) => (item, i)))
        {
            Add(item, i + 1, new(document.Title, id, document.Identity.Uri, "CFDocument"), 1);
        }

        // What a file is held to is held here too, so that what is written can be exported and taken in again.
        var package = new CasePackage(document) { Items = [.. items], Associations = [.. associations] };
        return CaseFile.Read("framework", CaseFile.Write(package)) is { Faults: [var fault, ..] }
            ? throw Refused.Invalid("framework.faulty", $"{fault.Message} [{fault.Path}]")
            : package;

        void Add(LocalItem item, int place, CaseLink parent, int depth)
        {
            if (items.Count == MaxItems)
            {
                throw Refused.Invalid("framework.too-many-items", $"A framework that is written here has at most {MaxItems} items.");
            }

            if (depth > MaxDepth)
            {
                throw Refused.Invalid("framework.too-deep", $"Items stand at most {MaxDepth} deep under each other.");
            }

            var identifier = CaseForms.Known(item.Identifier ?? newId());
            var uri = link($"/ims/case/v1p1/CFItems/{identifier}");
            items.Add(new(new(identifier, uri, now), Statement(item.Statement))
            {
                HumanCodingScheme = DisplayText.Optional(item.Code, 100, "framework.text"),
                AbbreviatedStatement = DisplayText.Optional(item.Abbreviated, 200, "framework.text"),
                ItemType = DisplayText.Optional(item.Type, 60, "framework.text"),
                EducationLevels = [.. item.EducationLevels.Select(level => DisplayText.Require(level, 60, "framework.text"))],
                Document = new(document.Title, id, document.Identity.Uri, "CFDocument"),
            });
            var here = new CaseLink(item.Code ?? "", identifier, uri, "CFItem");
            Associate(CaseAssociation.ChildOf, here, parent, place);
            foreach (var (type, address) in item.ExactMatches.Select(uri => (CaseAssociation.ExactMatchOf, uri)).Concat(item.ReplacedBy.Select(uri => (CaseAssociation.ReplacedBy, uri))))
            {
                Associate(type, here, new("", ItemAddress.IdentifierIn(address) ?? throw Refused.Invalid("framework.text", "Another item is named by its address, which ends in its identifier."), address), null);
            }

            foreach (var (child, i) in item.Items.Select((child, i) => (child, i)))
            {
                Add(child, i + 1, here, depth + 1);
            }
        }

        void Associate(string type, CaseLink origin, CaseLink destination, int? place)
        {
            // The same two items in the same relation are the same association, also in the next revision.
            var identifier = ItemAddress.Derived($"{type} {origin.Identifier} {destination.Identifier}");
            associations.Add(new(new(identifier, link($"/ims/case/v1p1/CFAssociations/{identifier}"), now), type, origin, destination) { SequenceNumber = place });
        }
    }

    private static string Statement(string text) => DisplayText.Optional(text, 4_000, "framework.text") ?? throw Refused.Invalid("framework.text", "An item needs its statement.");
}

/// <summary>One statement, and those under it.</summary>
/// <param name="Statement">Up to 4,000 characters.</param>
/// <param name="Identifier">A UUID that it had before; null makes a new item.</param>
public sealed record LocalItem(string Statement, string? Identifier = null)
{
    public string? Code { get; init; }

    public string? Abbreviated { get; init; }

    public string? Type { get; init; }

    public ImmutableArray<string> EducationLevels { get; init; } = [];

    /// <summary>Addresses of items that say the same.</summary>
    public ImmutableArray<string> ExactMatches { get; init; } = [];

    /// <summary>Addresses of items that took the place of this one.</summary>
    public ImmutableArray<string> ReplacedBy { get; init; } = [];

    public ImmutableArray<LocalItem> Items { get; init; } = [];
}
