using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>What has to hold between the parts of a package. Paths are those of its file.</summary>
internal static class CaseRules
{
    public static IEnumerable<ContentFault> Faults(CasePackage package) => Repeated(package).Concat(Foreign(package)).Concat(Associations(package)).Concat(Cycles(package));

    private static IEnumerable<ContentFault> Repeated(CasePackage package)
    {
        var identifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (identity, path) in Parts(package))
        {
            if (!identifiers.TryAdd(identity.Identifier, path))
            {
                yield return new("case.duplicate-identifier", $"{path}.identifier", $"The identifier {identity.Identifier} stands at {identifiers[identity.Identifier]} already.");
            }
        }
    }

    private static IEnumerable<ContentFault> Foreign(CasePackage package)
    {
        for (var i = 0; i < package.Items.Length; i++)
        {
            if (package.Items[i].Document is { } document && document.Identifier != package.Document.Identity.Identifier)
            {
                yield return new("case.foreign-item", $"$.CFItems[{i}].CFDocumentURI", "The item says that it belongs to another document.");
            }
        }
    }

    private static IEnumerable<ContentFault> Associations(CasePackage package)
    {
        var items = package.Items.Select(item => item.Identity.Identifier).ToHashSet(StringComparer.Ordinal);
        var nodes = items.Append(package.Document.Identity.Identifier).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < package.Associations.Length; i++)
        {
            var association = package.Associations[i];
            var path = $"$.CFAssociations[{i}]";
            if (association.Origin.Identifier == association.Destination.Identifier)
            {
                yield return new("case.self-association", $"{path}.destinationNodeURI", "The association leads from a part to itself.");
            }
            else if (association.Type == CaseAssociation.ChildOf)
            {
                if (!items.Contains(association.Origin.Identifier))
                {
                    yield return new("case.dangling-association", $"{path}.originNodeURI", "The child is no item of this package.");
                }

                if (!nodes.Contains(association.Destination.Identifier))
                {
                    yield return new("case.dangling-association", $"{path}.destinationNodeURI", "The parent is neither an item of this package nor its document.");
                }
            }
            else if (!nodes.Contains(association.Origin.Identifier) && !nodes.Contains(association.Destination.Identifier))
            {
                // One end may be of another framework: that is how frameworks are compared.
                yield return new("case.dangling-association", $"{path}.originNodeURI", "Neither end of the association is in this package.");
            }
        }
    }

    /// <summary>Every item that is its own ancestor, at the association that closes the circle.</summary>
    private static IEnumerable<ContentFault> Cycles(CasePackage package)
    {
        var parents = package.Associations.Select((association, i) => (association, i)).Where(pair => pair.association.Type == CaseAssociation.ChildOf && pair.association.Origin.Identifier != pair.association.Destination.Identifier)
            .ToLookup(pair => pair.association.Origin.Identifier, pair => (Parent: pair.association.Destination.Identifier, pair.i), StringComparer.Ordinal);
        var finished = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in package.Items)
        {
            // Depth first without recursion, since a chain may be as long as the package.
            var way = new Stack<(string Node, IEnumerator<(string Parent, int Index)> Next)>();
            var onWay = new HashSet<string>(StringComparer.Ordinal);
            if (!finished.Contains(item.Identity.Identifier))
            {
                way.Push((item.Identity.Identifier, parents[item.Identity.Identifier].GetEnumerator()));
                onWay.Add(item.Identity.Identifier);
            }

            while (way.TryPeek(out var here))
            {
                if (!here.Next.MoveNext())
                {
                    finished.Add(here.Node);
                    onWay.Remove(here.Node);
                    way.Pop();
                    continue;
                }

                var (parent, index) = here.Next.Current;
                if (onWay.Contains(parent))
                {
                    yield return new("case.cycle", $"$.CFAssociations[{index}]", $"With this association the item {parent} becomes its own ancestor.");
                }
                else if (!finished.Contains(parent))
                {
                    way.Push((parent, parents[parent].GetEnumerator()));
                    onWay.Add(parent);
                }
            }
        }
    }

    private static IEnumerable<(CaseIdentity Identity, string Path)> Parts(CasePackage package) =>
    [
        (package.Document.Identity, "$.CFDocument"),
        .. package.Items.Select((item, i) => (item.Identity, $"$.CFItems[{i}]")),
        .. package.Associations.Select((association, i) => (association.Identity, $"$.CFAssociations[{i}]")),
        .. package.Rubrics.SelectMany((rubric, i) => Parts(rubric, $"$.CFRubrics[{i}]")),
        .. Entries(package.Definitions).SelectMany(list => list.Entries.Select((entry, i) => (entry.Identity, $"$.CFDefinitions.{list.Name}[{i}]"))),
    ];

    private static IEnumerable<(CaseIdentity Identity, string Path)> Parts(CaseRubric rubric, string path) =>
    [
        (rubric.Identity, path),
        .. rubric.Criteria.SelectMany((criterion, i) => criterion.Levels.Select((level, l) => (level.Identity, $"{path}.CFRubricCriteria[{i}].CFRubricCriterionLevels[{l}]"))
            .Prepend((criterion.Identity, $"{path}.CFRubricCriteria[{i}]"))),
    ];

    internal static IEnumerable<(string Name, IReadOnlyList<CaseEntry> Entries)> Entries(CaseDefinitions? definitions) => definitions is null
        ? []
        :
        [
            ("CFConcepts", definitions.Concepts), ("CFSubjects", definitions.Subjects), ("CFLicenses", definitions.Licenses),
            ("CFItemTypes", definitions.ItemTypes), ("CFAssociationGroupings", definitions.AssociationGroupings),
        ];
}
