using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>
/// Removes bytes that nothing refers to. Bytes that were put less than <see cref="Grace"/> ago are left alone: the commit that refers to them may be under way. Whoever keeps files of another kind
/// adds their kind to <see cref="IsReferencedAsync"/>; a test finds kinds that hold a digest and are not known there.
/// </summary>
public sealed class ContentRelease(IDocumentStore store, IFileStore files, TimeProvider clock)
{
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Kinds of document whose digests are of bytes in the file store.</summary>
    public static IReadOnlyList<DocumentKind> Referring { get; } = 
    [
        SubmissionDocuments.Kind, TeamWorkDocuments.Kind, ObservationDocuments.Kind, UploadDocuments.Kind, DefinitionDocuments.Versions, CoAuthoringDocuments.Revisions, CoAuthoringDocuments.Proposals,
        CoAuthoringDocuments.Minutes, FrameworkDocuments.Kind, CarriedContentDocuments.Kind,
    ];

    public async Task<bool> IsReferencedAsync(Sha256Digest digest, CancellationToken cancellationToken) =>
        await IsThereAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByContent.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(TeamWorkDocuments.Kind, TeamWorkDocuments.ByContent.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(ObservationDocuments.Kind, ObservationDocuments.ByContent.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(UploadDocuments.Kind, UploadDocuments.ByContent.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(DefinitionDocuments.Versions, DefinitionDocuments.ByImage.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(CoAuthoringDocuments.Revisions, CoAuthoringDocuments.RevisionsByImage.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(CoAuthoringDocuments.Proposals, CoAuthoringDocuments.ProposalsByImage.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(CoAuthoringDocuments.Minutes, CoAuthoringDocuments.MinutesByContent.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(FrameworkDocuments.Kind, FrameworkDocuments.ByPackage.Where(digest.Hex), cancellationToken)
        || await IsThereAsync(CarriedContentDocuments.Kind, CarriedContentDocuments.ByContent.Where(digest.Hex), cancellationToken);

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

    private async Task<bool> IsThereAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class =>
        await store.FirstAsync(kind, query, cancellationToken) is not null;
}
