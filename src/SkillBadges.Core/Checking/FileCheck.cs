using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I6: files that are named are there, and every file holds the bytes of its digest.</summary>
internal sealed class FileCheck(IFileStore files, Findings findings)
{
    /// <returns>How many files were read to their end.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var submission in findings.EachAsync(SubmissionDocuments.Kind, cancellationToken))
        {
            var erased = submission.Erasures.Select(erasure => erasure.Digest).ToHashSet();
            await CheckAsync(SubmissionDocuments.Kind, submission.Id.Value, submission.AllItems.Where(item => !erased.Contains(item.Digest)), cancellationToken);
        }

        await foreach (var observation in findings.EachAsync(ObservationDocuments.Kind, cancellationToken))
        {
            await CheckAsync(ObservationDocuments.Kind, observation.Id.Value, observation.Photos, cancellationToken);
        }

        var count = 0L;
        await foreach (var digest in files.PutBeforeAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            count++;
            await using var file = await files.OpenAsync(digest, cancellationToken);
            if (file is not null && Sha256Digest.FromBytes(await System.Security.Cryptography.SHA256.HashDataAsync(file, cancellationToken)) != digest)
            {
                findings.Add(Invariant.Files, $"file {digest}", "Its bytes are not those that were handed in.");
            }
        }

        return count;
    }

    private async Task CheckAsync(DocumentKind kind, string id, IEnumerable<EvidenceItem> items, CancellationToken cancellationToken)
    {
        // What was erased keeps its digest and loses its name.
        foreach (var item in items.Where(item => item is { Kind: EvidenceKind.File, FileName: not null }).DistinctBy(item => item.Digest))
        {
            await using var file = await files.OpenAsync(item.Digest, cancellationToken);
            if (file is null)
            {
                findings.Add(Invariant.Files, kind, id, $"The file {item.Digest} is not there.");
            }
        }
    }
}
