namespace SkillBadges.Core.Storage;

/// <summary>A document as it was read: <see cref="Version"/> starts at 1 and grows by 1 with each change.</summary>
public sealed record Read<T>(T Document, string Id, long Version)
    where T : class
{
    /// <summary>What a successful replace leaves behind.</summary>
    public Read<T> Became(T next) => this with { Document = next, Version = Version + 1 };
}
