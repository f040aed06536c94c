using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Definitions.Files;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>Reads a CASE package from a file, hostile until read: nothing throws, every fault is told with its place, and a package comes only from a file without any.</summary>
public static class CaseFile
{
    public const int MaxBytes = 16 * 1024 * 1024;
    public const int MaxItems = 20_000;
    public const int MaxAssociations = 60_000;

    private const int MaxRubrics = 500;
    private const int MaxEntries = 2_000;
    private const int MaxDepth = 32;
    private const int MaxNodes = 1_000_000;
    private const int MaxFaults = 200;

    /// <param name="name">What the faults call the file.</param>
    /// <param name="bytes">A CFPackage as JSON.</param>
    public static FileReading<CasePackage> Read(string name, ReadOnlySpan<byte> bytes)
    {
        var shape = new FileShape(name);
        if (bytes.Length > MaxBytes)
        {
            shape.Report(default(Spot), "$", "case.too-large", $"The file has {bytes.Length} bytes; at most {MaxBytes} are read.");
            return new(null, shape.Faults);
        }

        if (FileTree.Parse(bytes, shape.Report, MaxDepth, MaxNodes) is not { } root)
        {
            return new(null, shape.Faults);
        }

        if (root.Kind != JsonValueKind.Object || root.Member("CFDocument") is not { } document)
        {
            shape.Report(root, "case.not-a-package", "This is no CASE package: an object with the member CFDocument is expected.");
            return new(null, shape.Faults);
        }

        var members = new CaseMembers(shape);
        if (!members.IsObject(document))
        {
            return new(null, shape.Faults);
        }

        var package = new CasePackage(Document(members, document))
        {
            Items = [.. members.Objects(root, "CFItems", MaxItems).Select(node => Item(members, node))],
            Associations = [.. members.Objects(root, "CFAssociations", MaxAssociations).Select(node => Association(members, node))],
            Definitions = root.Member("CFDefinitions") is { Kind: not JsonValueKind.Null } definitions && members.IsObject(definitions) ? Definitions(members, definitions) : null,
            Rubrics = [.. members.Objects(root, "CFRubrics", MaxRubrics).Select(node => Rubric(members, node))],
        };

        // What the members say is judged once all of them could be read: a missing identifier would make a hundred false faults.
        if (shape.IsSound)
        {
            shape.Report(root, CaseRules.Faults(package).Take(MaxFaults));
        }

        return new(shape.IsSound ? package : null, shape.Faults);
    }

    /// <summary>The package as its file; reading it gives the same package.</summary>
    public static byte[] Write(CasePackage package) => CaseText.Of(package);

    /// <summary>A CFItem by itself, with what is kept of it for search.</summary>
    public static byte[] Write(FrameworkItem item, Framework framework) => CaseText.Of(json => CaseText.Write(json, new CaseItem(new(item.Identifier, item.Uri, item.LastChange), item.Statement)
    {
        HumanCodingScheme = item.Code,
        AbbreviatedStatement = item.Abbreviated,
        ItemType = item.ItemType,
        Language = item.Language,
        EducationLevels = item.EducationLevels,
        Document = new(framework.Title, framework.Id, framework.Uri),
    }));

    /// <summary>A CFDocument by itself, with what is kept of it for lists.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="package">Where its package is had.</param>
    public static byte[] Write(Framework framework, string package) => CaseText.Of(json => CaseText.Write(json, new CaseDocument(new(framework.Id, framework.Uri, framework.LastChange), framework.Creator, framework.Title)
    {
        Subjects = framework.Subjects,
        Language = framework.Language,
        Version = framework.Version,
        AdoptionStatus = framework.AdoptionStatus,
        Package = new(framework.Title, framework.Id, package),
    }));

    private static CaseDocument Document(CaseMembers m, FileNode node) => new(m.Identity(node), m.Text(node, "creator"), m.Text(node, "title"))
    {
        FrameworkType = m.OptionalShortText(node, "frameworkType"),
        CaseVersion = m.Word(node, "caseVersion", ["1.1"]),
        OfficialSourceUrl = m.Address(node, "officialSourceURL", required: false),
        Publisher = m.OptionalShortText(node, "publisher"),
        Description = m.OptionalText(node, "description"),
        Subjects = m.Texts(node, "subject"),
        SubjectLinks = m.Links(node, "subjectURI"),
        Language = m.OptionalShortText(node, "language"),
        Version = m.OptionalShortText(node, "version"),
        AdoptionStatus = m.Word(node, "adoptionStatus", CaseDocument.AdoptionStatuses),
        StatusStart = m.Day(node, "statusStartDate"),
        StatusEnd = m.Day(node, "statusEndDate"),
        License = m.Link(node, "licenseURI", required: false),
        Notes = m.OptionalText(node, "notes"),
        Package = m.Link(node, "CFPackageURI", required: false),
    };

    private static CaseItem Item(CaseMembers m, FileNode node) => new(m.Identity(node), m.Text(node, "fullStatement"))
    {
        AlternativeLabel = m.OptionalShortText(node, "alternativeLabel"),
        ItemType = m.OptionalShortText(node, "CFItemType"),
        HumanCodingScheme = m.OptionalShortText(node, "humanCodingScheme"),
        ListEnumeration = m.OptionalShortText(node, "listEnumeration"),
        AbbreviatedStatement = m.OptionalShortText(node, "abbreviatedStatement"),
        ConceptKeywords = m.Texts(node, "conceptKeywords"),
        ConceptKeywordsLink = m.Link(node, "conceptKeywordsURI", required: false),
        Notes = m.OptionalText(node, "notes"),
        Subjects = m.Texts(node, "subject"),
        SubjectLinks = m.Links(node, "subjectURI"),
        Language = m.OptionalShortText(node, "language"),
        EducationLevels = m.Texts(node, "educationLevel"),
        ItemTypeLink = m.Link(node, "CFItemTypeURI", required: false),
        License = m.Link(node, "licenseURI", required: false),
        Document = m.Link(node, "CFDocumentURI", required: false),
        StatusStart = m.Day(node, "statusStartDate"),
        StatusEnd = m.Day(node, "statusEndDate"),
    };

    private static CaseAssociation Association(CaseMembers m, FileNode node) => new(
        m.Identity(node), m.AssociationType(node), m.Link(node, "originNodeURI", required: true)!, m.Link(node, "destinationNodeURI", required: true)!)
    {
        SequenceNumber = m.Number(node, "sequenceNumber"),
        Grouping = m.Link(node, "CFAssociationGroupingURI", required: false),
        Notes = m.OptionalText(node, "notes"),
    };

    private static CaseRubric Rubric(CaseMembers m, FileNode node) => new(m.Identity(node))
    {
        Title = m.OptionalShortText(node, "title"),
        Description = m.OptionalText(node, "description"),
        Criteria = [.. m.Objects(node, "CFRubricCriteria", MaxEntries).Select(criterion => new CaseRubricCriterion(m.Identity(criterion))
        {
            Category = m.OptionalShortText(criterion, "category"),
            Description = m.OptionalText(criterion, "description"),
            Item = m.Link(criterion, "CFItemURI", required: false),
            Weight = m.Decimal(criterion, "weight"),
            Position = m.Number(criterion, "position"),
            RubricId = m.OptionalShortText(criterion, "rubricId") is { } rubric ? CaseForms.Known(rubric) : null,
            Levels = [.. m.Objects(criterion, "CFRubricCriterionLevels", MaxEntries).Select(level => Level(m, level))],
        })],
    };

    private static CaseCriterionLevel Level(CaseMembers m, FileNode node) => new(m.Identity(node))
    {
        Description = m.OptionalText(node, "description"),
        Quality = m.OptionalShortText(node, "quality"),
        Score = m.Decimal(node, "score"),
        Feedback = m.OptionalText(node, "feedback"),
        Position = m.Number(node, "position"),
        RubricCriterionId = m.OptionalShortText(node, "rubricCriterionId") is { } criterion ? CaseForms.Known(criterion) : null,
    };

    private static CaseDefinitions Definitions(CaseMembers m, FileNode node) => new()
    {
        Concepts = Entries(m, node, "CFConcepts"),
        Subjects = Entries(m, node, "CFSubjects"),
        Licenses = Entries(m, node, "CFLicenses"),
        ItemTypes = Entries(m, node, "CFItemTypes"),
        AssociationGroupings = Entries(m, node, "CFAssociationGroupings"),
    };

    private static ImmutableArray<CaseEntry> Entries(CaseMembers m, FileNode owner, string name) => [.. m.Objects(owner, name, MaxEntries).Select(node => new CaseEntry(m.Identity(node), m.Text(node, "title"))
    {
        Description = m.OptionalText(node, "description"),
        HierarchyCode = m.OptionalShortText(node, "hierarchyCode"),
        Keywords = m.OptionalShortText(node, "keywords"),
        TypeCode = m.OptionalShortText(node, "typeCode"),
        LicenseText = m.OptionalText(node, "licenseText"),
    })];
}
