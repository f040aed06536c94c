using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>
/// Removes bytes that nothing refers to. Bytes that were put less than <see cref="Grace"/> ago are left alone: the commit that refers to them may be under way. Whoever keeps files of another kind
/// adds their kind and its path by digest to the list here; a test finds kinds that hold a digest and are not known there.
/// </summary>
public sealed class ContentRelease(IDocumentStore store, IFileStore files, TimeProvider clock)
{
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private static readonly ImmutableArray<Holder> holders =
    [
        Of(SubmissionDocuments.Kind, SubmissionDocuments.ByContent),
        Of(TeamWorkDocuments.Kind, TeamWorkDocuments.ByContent),
        Of(ObservationDocuments.Kind, ObservationDocuments.ByContent),
        Of(UploadDocuments.Kind, UploadDocuments.ByContent),
        Of(DefinitionDocuments.Versions, DefinitionDocuments.ByImage),
        Of(CoAuthoringDocuments.Revisions, CoAuthoringDocuments.RevisionsByImage),
        Of(CoAuthoringDocuments.Proposals, CoAuthoringDocuments.ProposalsByImage),
        Of(CoAuthoringDocuments.Minutes, CoAuthoringDocuments.MinutesByContent),
        Of(FrameworkDocuments.Kind, FrameworkDocuments.ByPackage),
        Of(OrganizationDocuments.Kind, OrganizationDocuments.ByLogo),
        Of(CarriedContentDocuments.Kind, CarriedContentDocuments.ByContent),
    ];

    /// <summary>Kinds of document whose digests are of bytes in the file store.</summary>
    public static IReadOnlyList<DocumentKind> Referring { get; } = [.. holders.Select(holder => holder.Kind)];

    public async Task<bool> IsReferencedAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        foreach (var holder in holders)
        {
            if (await holder.HoldsAsync(store, digest.Hex, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes these bytes if nothing refers to them; whether it did.</summary>
    public async Task<bool> ReleaseAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        // Taken before looking: bytes that come meanwhile are younger.
        var before = clock.Now() - Grace;
        return !await IsReferencedAsync(digest, cancellationToken) && await files.EraseAsync(digest, before, cancellationToken);
    }

    /// <summary>Looks at everything that is kept; how many files were removed.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var digest in files.PutBeforeAsync(clock.Now() - Grace, cancellationToken))
        {
            removed += await ReleaseAsync(digest, cancellationToken) ? 1 : 0;
        }

        return removed;
    }

    private static Holder Of<T>(DocumentKind<T> kind, AccessPath<T> byDigest)
        where T : class =>
        new(kind, async (store, digest, cancellationToken) => await store.FirstAsync(kind, byDigest.Where(digest), cancellationToken) is not null);

    private sealed record Holder(DocumentKind Kind, Func<IDocumentStore, string, CancellationToken, Task<bool>> HoldsAsync);
}
