using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Notices;

/// <summary>Something that a person should know. It names what it is about by id alone, so that no list of notices tells a story about anyone.</summary>
/// <param name="About">The id of a thing; <see cref="NoticeKind"/> says of which.</param>
public sealed record Notice(NoticeId Id, PersonId Person, NoticeKind Kind, string About, DateTimeOffset At)
{
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Whether what follows from it was written: a letter, its place in a digest, or what its family is told. Stays false where nothing follows.</summary>
    public bool IsRouted { get; init; }

    /// <summary>Id of the <see cref="Notices.Digest"/> that tells of it, or null.</summary>
    public string? Digest { get; init; }

    /// <summary>Reading twice is harmless: the first time stays.</summary>
    public Notice Seen(DateTimeOffset at) => ReadAt is null ? this with { ReadAt = at } : this;
}
