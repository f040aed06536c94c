namespace SkillBadges.Core.Storage;

/// <summary>How far an import has come. While it is there, the store is not whole and nobody serves it; each part is written in the commit that counts it.</summary>
/// <param name="Export">The export that is being read.</param>
/// <param name="Parts">Parts that are in the store, in the order of the export's list.</param>
public sealed record ImportProgress(string Export, int Parts)
{
    public const string Id = "import";
}

public static class ImportProgressDocuments
{
    public static readonly DocumentKind<ImportProgress> Kind = new("import_progress", _ => ImportProgress.Id);

    /// <summary>Before a store is served, checked or taken out: no import was left half-way.</summary>
    /// <exception cref="RefusedException"><c>import.unfinished</c>.</exception>
    public static async Task RequireNoneAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Kind, ImportProgress.Id, cancellationToken) is not null)
        {
            throw Refused.Conflict("import.unfinished", "An import into this store was interrupted. Run the same import again; it goes on where it stopped.");
        }
    }
}
