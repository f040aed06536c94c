namespace SkillBadges.Core.Storage;

/// <summary>Files that are still arriving, by an id of ours. They belong to no backup and are found by nobody but their receiver.</summary>
public interface IPartialFiles
{
    /// <summary>
    /// The file, for this caller alone, to be written from <paramref name="offset"/>; what lies behind that place is cut off. What was written survives a power cut once
    /// <see cref="Stream.FlushAsync(CancellationToken)"/> has returned.
    /// </summary>
    /// <exception cref="RefusedException"><c>file.busy</c> while somebody else writes it; <c>upload.lost</c> when it is shorter than that; while writing <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    Stream OpenToWrite(string id, long offset);

    /// <summary>The file from its beginning; it can be positioned. Null when it is not there.</summary>
    Stream? OpenToRead(string id);

    /// <summary>Harmless when it is not there.</summary>
    void Remove(string id);

    /// <summary>The ids of files that nobody has written since.</summary>
    IReadOnlyList<string> UntouchedSince(DateTimeOffset instant);
}
