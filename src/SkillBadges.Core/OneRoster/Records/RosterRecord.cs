using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>What every record of a roster has.</summary>
/// <param name="Source">Where it comes from, see <see cref="RosterSource"/>.</param>
/// <param name="SourcedId">Its name there.</param>
public abstract record RosterRecord(string Source, string SourcedId)
{
    public string Id { get; } = RosterKey.IdOf(Source, SourcedId);

    /// <summary>When an import changed it last.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Set when its source took it back; it stays readable.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsActive => EndedAt is null;

    public string Status => IsActive ? RosterFiles.Active : RosterFiles.ToBeDeleted;
}
