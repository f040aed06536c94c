using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>What became of a package.</summary>
/// <param name="IsNew">False when the framework held the same content already.</param>
public sealed record PublishedFramework(Framework Framework, bool IsNew);

/// <summary>
/// Makes a package the current content of its framework. Items and links are written first, in commits of their own, as a set that nothing names yet; one
/// commit then names it, and the set before is taken out. Who reads meanwhile sees one set or the other, whole.
/// </summary>
public sealed class FrameworkPublication(Commits commits, IFileStore files, TimeProvider clock)
{
    private const int Batch = 500;

    private readonly IDocumentStore store = commits.Store;

    /// <param name="package">Without faults.</param>
    /// <param name="owner">Who keeps it here; null for everybody's.</param>
    /// <param name="source">Where the words come from.</param>
    /// <param name="authorize">Adds to the commit what it rests on; refuses where the framework that is there is not to be changed so.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<PublishedFramework> PublishAsync(
        CasePackage package, OrganizationId? owner, FrameworkSource source, Func<Read<Framework>?, Changes, CancellationToken, Task> authorize, RequestKey? key, CancellationToken cancellationToken)
    {
        var id = package.Document.Identity.Identifier;
        var bytes = CaseFile.Write(package);
        string? set = null;
        string? replaced = null;
        var published = await commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var current = await store.FindAsync(FrameworkDocuments.Kind, id, attemptToken);
                var changes = new Changes();
                await authorize(current, changes, attemptToken);
                if (current is not null && current.Document.Package == Sha256Digest.Of(bytes))
                {
                    return new Outcome<PublishedFramework>(changes.Require(FrameworkDocuments.Kind, current), new(current.Document, false), id);
                }

                if (set is null)
                {
                    // Kept before the commit that names it, so that no framework ever names what is not there.
                    await files.PutAsync(new MemoryStream(bytes, writable: false), bytes.Length, attemptToken);
                    set = NewId.Ordered(clock.Now());
                    await WriteAsync(package, set, attemptToken);
                }

                replaced = current?.Document.Set;
                var next = Head(package, current?.Document.Owner ?? owner, source, (current?.Document.Revision ?? 0) + 1, set, Sha256Digest.Of(bytes), clock.Now());
                changes = current is null ? changes.Add(FrameworkDocuments.Kind, next) : changes.Replace(FrameworkDocuments.Kind, current, next);
                return new Outcome<PublishedFramework>(changes, new(next, true), id);
            },
            async (result, replayToken) => new((await store.GetAsync(FrameworkDocuments.Kind, result, "framework", replayToken)).Document, false),
            cancellationToken);
        if (published.IsNew && replaced is not null)
        {
            await RemoveAsync(replaced, cancellationToken);
        }

        return published;
    }

    private static Framework Head(CasePackage package, OrganizationId? owner, FrameworkSource source, int revision, string set, Sha256Digest digest, DateTimeOffset now) =>
        new(package.Document.Identity.Identifier, owner, source, revision, set, digest, now)
        {
            Uri = package.Document.Identity.Uri,
            Title = package.Document.Title,
            Creator = package.Document.Creator,
            LastChange = package.Document.Identity.LastChange,
            Version = package.Document.Version,
            AdoptionStatus = package.Document.AdoptionStatus,
            Language = package.Document.Language,
            Subjects = package.Document.Subjects,
            Items = package.Items.Length,
            Associations = package.Associations.Length,
            Rubrics = package.Rubrics.Length,
        };

    private async Task WriteAsync(CasePackage package, string set, CancellationToken cancellationToken)
    {
        var framework = package.Document.Identity.Identifier;
        var parents = package.Associations.Where(association => association.Type == CaseAssociation.ChildOf && association.Destination.Identifier != framework)
            .ToLookup(association => association.Origin.Identifier, association => association.Destination.Identifier, StringComparer.Ordinal);
        foreach (var batch in ItemOrder.Of(package).Select((placed, position) => Item(placed.Item, position, placed.Depth)).Chunk(Batch))
        {
            await store.CommitAsync(batch.Aggregate(new Changes(), (changes, item) => changes.Add(FrameworkDocuments.Items, item)), cancellationToken);
        }

        var links = package.Associations.Where(association => association.Type is CaseAssociation.ExactMatchOf or CaseAssociation.ReplacedBy).Select(association =>
            new FrameworkLink(set, framework, association.Identity.Identifier, association.Origin.Identifier, association.Destination.Identifier, association.Type == CaseAssociation.ReplacedBy));
        foreach (var batch in links.Chunk(Batch))
        {
            await store.CommitAsync(batch.Aggregate(new Changes(), (changes, link) => changes.Add(FrameworkDocuments.Links, link)), cancellationToken);
        }

        FrameworkItem Item(CaseItem item, int position, int depth) => new(set, framework, item.Identity.Identifier, item.Identity.Uri, item.FullStatement, position, depth)
        {
            LastChange = item.Identity.LastChange,
            Code = item.HumanCodingScheme,
            Abbreviated = item.AbbreviatedStatement,
            ItemType = item.ItemType,
            Language = item.Language,
            EducationLevels = item.EducationLevels,
            Parents = [.. parents[item.Identity.Identifier].Distinct(StringComparer.Ordinal)],
        };
    }

    private async Task RemoveAsync(string set, CancellationToken cancellationToken)
    {
        while (await store.QueryAsync(FrameworkDocuments.Items, FrameworkDocuments.ByPosition.Where(set).Take(Batch), cancellationToken) is { Items.Count: > 0 } page)
        {
            await store.CommitAsync(page.Items.Aggregate(new Changes(), (changes, item) => changes.Remove(FrameworkDocuments.Items, item)), cancellationToken);
        }

        while (await store.QueryAsync(FrameworkDocuments.Links, FrameworkDocuments.BySet.Where(set).Take(Batch), cancellationToken) is { Items.Count: > 0 } page)
        {
            await store.CommitAsync(page.Items.Aggregate(new Changes(), (changes, link) => changes.Remove(FrameworkDocuments.Links, link)), cancellationToken);
        }
    }
}
