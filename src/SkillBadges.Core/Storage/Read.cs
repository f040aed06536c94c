namespace SkillBadges.Core.Storage;

/// <summary>A document as it was read: <see cref="Version"/> starts at 1 and grows by 1 with each change.</summary>
public sealed record Read<T>(T Document, string Id, long Version)
    where T : class
{
    /// <summary>What a successful replace leaves behind.</summary>
    public Read<T> Became(T next) => this with { Document = next, Version = Version + 1 };

    /// <summary>
    /// What the client changes must be what it saw; null when it named no version. Said inside an attempt of
    /// <see cref="Commits"/>, this also keeps a change that was lost to another from being tried again.
    /// </summary>
    /// <exception cref="RefusedException"><c>request.stale</c>.</exception>
    public Read<T> MustBe(long? version) => version is null || version == Version
        ? this
        : throw Refused.Stale("request.stale", "This changed since you read it; please read it again and decide anew.");
}
