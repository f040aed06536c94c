using System.Text;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>
/// Finds which of ours an organization of a roster is: the one it was before, or the one whose short name is its identifier or its sourcedId, at or below the organization that imports. Names decide nothing.
/// Schools that are not here are founded when the state office says so.
/// </summary>
internal sealed class OrgMatching(IDocumentStore store, InstanceAddress address)
{
    private const int MaxDepth = 10;

    private readonly Dictionary<string, OrganizationId> founded = new(StringComparer.Ordinal);

    /// <summary>What this batch founds, until it is committed.</summary>
    private readonly Dictionary<string, OrganizationId> founding = new(StringComparer.Ordinal);

    /// <summary>Says, by row, which schools could not be found or founded.</summary>
    public async Task CheckAsync(RosterImport import, RosterPack pack, RosterFaults faults, CancellationToken cancellationToken)
    {
        if (pack.ModeOf(RosterFiles.Orgs) == PackMode.Absent)
        {
            return;
        }

        using var table = RosterTable.Open(pack, RosterFiles.Orgs, faults);
        while (table?.Read() == true)
        {
            if (import.Founds || table["type"] != "school" || table.IsTakenBack())
            {
                continue;
            }

            var record = table.Org(import.Source.Value);
            var known = await store.FindAsync(RosterDocuments.Orgs, record.Id, cancellationToken);
            if (known?.Document.Organization is null && await FindAsync(import.Organization, record, cancellationToken) is null)
            {
                table.Fault(table.Row, "identifier", "row.school-unknown", "No school at or below your organization has this identifier or sourcedId as its short name; please say which it is, or ask the state office to add it.");
            }
        }
    }

    /// <summary>Those whose parents are among them come after these.</summary>
    public static IEnumerable<T> ParentsFirst<T>(IReadOnlyList<T> rows, Func<T, RosterOrg> recordOf)
    {
        var parents = rows.ToDictionary(row => recordOf(row).SourcedId, row => recordOf(row).Parent, StringComparer.Ordinal);
        return rows.OrderBy(row => DepthOf(recordOf(row).SourcedId));

        int DepthOf(string id)
        {
            var depth = 0;
            for (var at = id; depth < 100 && parents.TryGetValue(at, out var parent) && parent is not null; at = parent)
            {
                depth++;
            }

            return depth;
        }
    }

    public async Task<OrganizationId?> FindOrFoundAsync(ImportContext context, RosterOrg record, Changes changes, CancellationToken cancellationToken)
    {
        if (record.Type is not ("school" or "district"))
        {
            return null;
        }

        if (await FindAsync(context.Import.Organization, record, cancellationToken) is { } found)
        {
            return found.Id;
        }

        if (!context.Import.Founds)
        {
            return null;
        }

        var slug = SlugOf(record);
        var parent = record.Parent is null ? context.Import.Organization
            : founding.TryGetValue(record.Parent, out var now) || founded.TryGetValue(record.Parent, out now) ? now
            : (await store.FindAsync(RosterDocuments.Orgs, context.IdOf(record.Parent), cancellationToken))?.Document.Organization ?? context.Import.Organization;
        var organization = Organization.Found(OrganizationId.New(context.Now), slug, record.Name, record.Type == "school" ? OrganizationKind.HighSchool : OrganizationKind.District, parent);
        changes.Add(OrganizationDocuments.Kind, organization);
        if (founded.Count == 0 && founding.Count == 0)
        {
            await InstanceDocuments.FixAsync(store, address, context.Now, changes, cancellationToken);
        }

        founding[record.SourcedId] = organization.Id;
        return organization.Id;
    }

    /// <summary>A batch begins, perhaps again.</summary>
    public void Begin() => founding.Clear();

    public void Committed()
    {
        foreach (var (sourcedId, organization) in founding)
        {
            founded[sourcedId] = organization;
        }

        founding.Clear();
    }

    /// <summary>Whether an organization is the other or below it.</summary>
    public static async Task<bool> IsWithinAsync(IDocumentStore store, Organization organization, OrganizationId top, CancellationToken cancellationToken)
    {
        var at = organization;
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (at.Id == top)
            {
                return true;
            }

            if (at.Parent is not { } parent || await store.FindAsync(OrganizationDocuments.Kind, parent.Value, cancellationToken) is not { } above)
            {
                return false;
            }

            at = above.Document;
        }

        return false;
    }

    private async Task<Organization?> FindAsync(OrganizationId top, RosterOrg record, CancellationToken cancellationToken)
    {
        foreach (var slug in new[] { record.Identifier, record.SourcedId })
        {
            if (slug is { Length: > 1 and <= 60 } && await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(slug), cancellationToken) is { } found
                && (found.Document.KeepsRecords || found.Document.Kind == OrganizationKind.District) && await IsWithinAsync(store, found.Document, top, cancellationToken))
            {
                return found.Document;
            }
        }

        return null;
    }

    // The name's letters, and a few digits of the key, since two schools of a state may have one name.
    private static string SlugOf(RosterOrg record)
    {
        var slug = new StringBuilder();
        foreach (var letter in record.Name.ToLowerInvariant().Where(letter => slug.Length < 45))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return $"{(slug.Length == 0 ? "school" : slug.ToString().TrimEnd('-'))}-{record.Id[..10]}";
    }
}
