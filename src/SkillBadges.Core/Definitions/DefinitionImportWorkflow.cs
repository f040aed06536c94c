using System.Collections.Immutable;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// Takes in a folder of scales, profiles, badges and stacks, in this order since each names the ones before. Every file stands for itself: a faulty one
/// is reported and the others are taken. Importing the same content again does nothing; changed content becomes the next version, and what
/// was earned stays with its own.
/// </summary>
public sealed class DefinitionImportWorkflow(Commits commits, IFileStore files)
{
    /// <param name="folder">Files as <c>scales/{id}.json</c>, <c>profiles/{slug}.json</c>, <c>{field}/{slug}.json</c> with its <c>.svg</c> and <c>.png</c>, <c>stacks/{slug}.json</c>.</param>
    /// <exception cref="RefusedException"><c>storage.full</c> or <c>file.store-full</c>; what was imported before stays.</exception>
    public Task<ImportReport> ImportAsync(IReadOnlyCollection<SourceFile> folder, CancellationToken cancellationToken) => ImportAsync(folder, keepsOut: false, cancellationToken);

    /// <inheritdoc cref="ImportAsync(IReadOnlyCollection{SourceFile}, CancellationToken)"/>
    /// <param name="keepsOut">Whether findings of the lint keep a badge out, as faults do.</param>
    public async Task<ImportReport> ImportAsync(IReadOnlyCollection<SourceFile> folder, bool keepsOut, CancellationToken cancellationToken)
    {
        var source = new ImportFolder(folder);
        var done = new List<ImportedFile>(source.Ignored.Select(path => new ImportedFile(path, ImportOutcome.Ignored, null, [])));

        foreach (var file in source.Scales)
        {
            done.Add(await TakeScaleAsync(file, cancellationToken));
        }

        var scales = await commits.Store.CurrentScalesAsync(cancellationToken);
        foreach (var file in source.Profiles)
        {
            done.Add(await TakeAsync(Publications.Profiles, file, DefinitionFile.ReadProfile(file.Path, file.Bytes.Span, scales), null, cancellationToken));
        }

        var profiles = await commits.Store.CurrentProfilesAsync(cancellationToken);
        foreach (var file in source.Badges)
        {
            done.Add(await TakeBadgeAsync(source, file, DefinitionFile.ReadBadge(file.Path, file.Bytes.Span, scales, profiles), keepsOut, cancellationToken));
        }

        foreach (var file in source.Stacks)
        {
            done.Add(await TakeStackAsync(file, cancellationToken));
        }

        return new([.. done.OrderBy(file => file.Path, StringComparer.Ordinal)]);
    }

    private async Task<ImportedFile> TakeScaleAsync(SourceFile file, CancellationToken cancellationToken)
    {
        var reading = DefinitionFile.ReadScale(file.Path, file.Bytes.Span);
        try
        {
            return await TakeAsync(Publications.Scales, file, reading, (changes, token) => ScaleWorkflow.RequireFromFilesAsync(commits.Store, reading.Content!, changes, token), cancellationToken);
        }
        catch (RefusedException refused) when (refused.Code == "scale.kept-elsewhere")
        {
            return new(file.Path, ImportOutcome.Faulty, null, [new(file.Path, 0, 0, "$", refused.Code, refused.Message)]);
        }
    }

    private async Task<ImportedFile> TakeBadgeAsync(
        ImportFolder source,
        SourceFile file,
        FileReading<BadgeDefinition> reading,
        bool keepsOut,
        CancellationToken cancellationToken)
    {
        var pictures = source.PicturesOf(file);
        ImmutableArray<FileFault> faults = [.. reading.Faults, .. pictures.Faults, .. OtherClaim(source, file)];
        if (reading.Content is not { } badge || !faults.IsEmpty)
        {
            return new(file.Path, ImportOutcome.Faulty, null, faults);
        }

        var findings = DefinitionLint.Findings(badge);
        if (keepsOut && findings.Count > 0)
        {
            return new(file.Path, ImportOutcome.Faulty, null, [.. findings.Select(finding => new FileFault(file.Path, 0, 0, finding.Path, finding.Code, $"{finding.Reason} {finding.Advice}"))]);
        }

        // The bytes are kept before the version that names them, so that no version ever names bytes that are not there.
        var png = await files.PutAsync(new MemoryStream(pictures.Png.ToArray(), writable: false), PngImage.MaxBytes, cancellationToken);
        var svg = await files.PutAsync(new MemoryStream(pictures.Svg.ToArray(), writable: false), SvgImage.MaxBytes, cancellationToken);
        var pictured = badge with { Image = badge.Image with { Png = png.Digest, Svg = svg.Digest } };
        try
        {
            return await TakeAsync(Publications.Badges, file, new(pictured, []), (changes, token) => RequireAgreedAsync(pictured, changes, token), cancellationToken) with { Findings = [.. findings] };
        }
        catch (RefusedException refused) when (refused.Code == "definition.co-authored")
        {
            return new(file.Path, ImportOutcome.Faulty, null, [new(file.Path, 0, 0, "$", refused.Code, refused.Message)]);
        }
    }

    // Files bring what the operator stands for; they do not go around what organizations agreed on. Whoever agrees publishes a version, so requiring the head suffices.
    private async Task RequireAgreedAsync(BadgeDefinition content, Changes changes, CancellationToken cancellationToken)
    {
        if (await commits.Store.FindAsync(DefinitionDocuments.Heads, content.Slug, cancellationToken) is not { } head)
        {
            return;
        }

        if (await commits.Store.FindAsync(CoAuthoringDocuments.Provenance, new BadgeVersionId(content.Slug, head.Document.CurrentVersion).ToString(), cancellationToken) is { } agreed
            && agreed.Document.ContentHash != DefinitionHash.Of(content))
        {
            throw Refused.Conflict("definition.co-authored", "Several organizations signed the current version; a change goes through them.");
        }

        changes.Require(DefinitionDocuments.Heads, head);
    }

    private static IEnumerable<FileFault> OtherClaim(ImportFolder source, SourceFile file) => source.EarlierClaim(file) is { } first
        ? [new(file.Path, 0, 0, "$.slug", "definition-file.duplicate-slug", $"Another file, {first.Path}, is this badge already.")]
        : [];

    private async Task<ImportedFile> TakeStackAsync(SourceFile file, CancellationToken cancellationToken)
    {
        var reading = DefinitionFile.ReadStack(file.Path, file.Bytes.Span);
        var badges = new Dictionary<string, BadgeDefinition>(StringComparer.Ordinal);
        foreach (var required in reading.Content?.Badges ?? [])
        {
            if (await commits.Store.FindAsync(DefinitionDocuments.Heads, required.Slug, cancellationToken) is { } head)
            {
                badges[required.Slug] = await commits.Store.VersionAsync(new(required.Slug, head.Document.CurrentVersion), cancellationToken);
            }
        }

        return await TakeAsync(Publications.Stacks, file, DefinitionFile.ReadStack(file.Path, file.Bytes.Span, badges), null, cancellationToken);
    }

    private async Task<ImportedFile> TakeAsync<TVersion, THead>(
        Publication<TVersion, THead> publication,
        SourceFile file,
        FileReading<TVersion> reading,
        Func<Changes, CancellationToken, Task>? check,
        CancellationToken cancellationToken)
        where TVersion : class
        where THead : class
    {
        if (reading.Content is not { } content)
        {
            return new(file.Path, ImportOutcome.Faulty, null, reading.Faults);
        }

        var published = await publication.PublishAsync(commits, content, check, cancellationToken);
        return new(file.Path, published.IsNew ? ImportOutcome.Published : ImportOutcome.Unchanged, publication.Versions.IdOf(published.Version), []);
    }
}
