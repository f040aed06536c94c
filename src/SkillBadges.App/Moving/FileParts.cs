using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Moving;

/// <summary>The kept files of an instance, in the order of their digests.</summary>
internal static class FileParts
{
    /// <summary>All digests. The file store tells them grouped by their first two digits; memory holds one group.</summary>
    public static async IAsyncEnumerable<Sha256Digest> DigestsAsync(IFileStore files, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = new List<string>();
        await foreach (var digest in files.PutBeforeAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (group.Count > 0 && !digest.Hex.StartsWith(group[0][..2], StringComparison.Ordinal))
            {
                foreach (var known in Sorted(group))
                {
                    yield return known;
                }

                group.Clear();
            }

            group.Add(digest.Hex);
        }

        foreach (var known in Sorted(group))
        {
            yield return known;
        }
    }

    /// <summary>Copies a file into the export unless it lies there whole; null when its bytes are no longer those that were handed in, or it was erased meanwhile.</summary>
    public static async Task<(ListedFile? Copied, bool IsDamaged)> CopyAsync(IFileStore files, Sha256Digest digest, ExportFolder folder, CancellationToken cancellationToken)
    {
        await using var source = await files.OpenAsync(digest, cancellationToken);
        if (source is null)
        {
            return (null, false);
        }

        var listed = new ListedFile(digest, source.Length);
        if (folder.LengthOf(listed.Name) == listed.Bytes && await folder.DigestAsync(listed.Name, cancellationToken) == digest)
        {
            return (listed, false);
        }

        try
        {
            await folder.WriteAsync(listed.Name, target => new VerifyingStream(source, digest).CopyToAsync(target, cancellationToken));
            return (listed, false);
        }
        catch (RefusedException corrupt) when (corrupt.Code == "file.corrupt")
        {
            return (null, true);
        }
    }

    private static IEnumerable<Sha256Digest> Sorted(List<string> group) =>
        group.Order(StringComparer.Ordinal).Select(hex => Sha256Digest.TryParse(hex, out var digest) ? digest : throw new InvalidOperationException("Not a digest."));
}
