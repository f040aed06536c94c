using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>Where a version comes from, in the words of the page and the API.</summary>
internal enum VersionOrigin
{
    /// <summary>Brought by the operator as a file; nobody signed it here.</summary>
    Imported,

    /// <summary>Written and signed by several organizations here.</summary>
    CoAuthored,
}

/// <param name="IsWithdrawn">The organization took its word back after this was published.</param>
internal sealed record PublishedSignOffView(string OrganizationId, string Organization, SigningParty Party, SignOffMethod Method, DateTimeOffset At, string? Comment, bool IsWithdrawn, DateTimeOffset? WithdrawnAt);

/// <summary>A recorded vote; it is nobody's signature.</summary>
/// <param name="MinutesSha256">Of the minutes as a file, which those who write the badge can read; null where there is none.</param>
internal sealed record PublishedVoteView(string Committee, DateOnly HeldOn, SigningParty StandsInFor, IReadOnlyList<string> Bodies, string Minutes, string? MinutesSha256);

/// <summary>Who stands behind one version of a badge. No person is in it.</summary>
/// <param name="PatchOf">The version of which this only corrects the spelling or brings a translation.</param>
internal sealed record ProvenanceView(
    string Slug, int Version, VersionOrigin Origin, string ContentHash, int? PatchOf, string? PatchNote, DateTimeOffset? PublishedAt, IReadOnlyList<PublishedSignOffView> SignOffs,
    IReadOnlyList<PublishedVoteView> Votes, DateTimeOffset? RetiredAt, string? RetiredReason, string? ReplacedBy)
{
    /// <summary>Of a patch: what it brought.</summary>
    public PatchKind? PatchKind { get; init; }

    /// <summary>To whoever publishes: what may be unclear in the words of the version, each with a reason; they do not hold it up.</summary>
    public IReadOnlyList<LintFinding>? Findings { get; init; }
}

/// <summary>Reads who stands behind a version; of what was imported it says just that.</summary>
internal sealed class ProvenanceReading(IDocumentStore store)
{
    /// <exception cref="RefusedException"><c>badge.not-found</c>.</exception>
    public async Task<ProvenanceView> ReadAsync(BadgeVersionId id, CancellationToken cancellationToken)
    {
        var version = await store.VersionAsync(id, cancellationToken);
        var retired = (await store.GetAsync(DefinitionDocuments.Heads, id.Slug, "badge", cancellationToken)).Document.Retired;
        var found = (await store.FindAsync(CoAuthoringDocuments.Provenance, id.ToString(), cancellationToken))?.Document;
        var organizations = await store.NamesAsync((found?.SignOffs ?? []).Select(signOff => signOff.Organization), cancellationToken);
        return new(
            id.Slug, id.Version, found is null ? VersionOrigin.Imported : VersionOrigin.CoAuthored, version.ContentHash.Hex, found?.PatchOf, found?.PatchNote, found?.PublishedAt,
            [.. (found?.SignOffs ?? []).Select(signOff => new PublishedSignOffView(
                signOff.Organization.Value, organizations.GetValueOrDefault(signOff.Organization, ""), signOff.Party, signOff.Method, signOff.At, signOff.Comment, signOff.Withdrawn is not null, signOff.Withdrawn?.At))],
            [.. (found?.Votes ?? []).Select(vote => new PublishedVoteView(vote.Entry.Committee, vote.Entry.HeldOn, vote.Entry.StandsInFor, vote.Entry.Bodies, vote.Entry.Minutes, vote.Entry.MinutesFile?.Hex))],
            retired?.At, retired?.Reason, retired?.ReplacedBy)
        {
            PatchKind = found?.PatchOf is null ? null : found.PatchKind,
        };
    }
}
