using System.Collections.Immutable;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Gradebook.Papers;

/// <summary>A skill that stood higher than ever before.</summary>
/// <param name="From">What people read; null where there was no evidence before.</param>
public sealed record SheetRise(string Badge, string Skill, string? From, string To, DateOnly On);

/// <summary>A skill that is not yet what its badge asks for, and what the level after the present one looks like on its scale.</summary>
public sealed record SheetNext(string Badge, TranscriptSkill Skill, MasteryLevel? Next);

/// <summary>
/// What family, learner and school look at together, on two pages: what rose lately, what was earned, what comes next. It is made of one school's part of the
/// record, in native levels; what finds no room is counted, and no learner is compared with another.
/// </summary>
/// <param name="Record">One school's part of the record.</param>
/// <param name="Since">Rises from this day on are told.</param>
/// <param name="Rises">Latest first.</param>
/// <param name="Next">Those that are nearest to what is asked come first.</param>
/// <param name="Goals">Of the learner's plan.</param>
/// <param name="Hours">Null where the reader may not read the log.</param>
public sealed record ConferenceSheet(Transcript Record, DateOnly Since, ImmutableArray<SheetRise> Rises, ImmutableArray<SheetNext> Next, ImmutableArray<string> Goals, IReadOnlyList<LogTotal>? Hours)
{
    public const int MaxWeeks = 60;

    public IEnumerable<TranscriptBadge> Earned => Badges.Where(badge => badge.EarnedOn is not null);

    private IEnumerable<TranscriptBadge> Badges => Record.Parts.SelectMany(part => part.Badges);

    /// <param name="record">As the reader may see it.</param>
    /// <param name="weeks">How far back rises are told, 1 to 60.</param>
    /// <param name="goals">Of the plan at that school.</param>
    /// <param name="hours">Null where the reader may not read the log.</param>
    /// <exception cref="RefusedException"><c>paper.weeks</c>.</exception>
    public static ConferenceSheet Of(Transcript record, int weeks, IEnumerable<string> goals, IReadOnlyList<LogTotal>? hours)
    {
        if (weeks is < 1 or > MaxWeeks)
        {
            throw Refused.Invalid("paper.weeks", $"A conference sheet looks back 1 to {MaxWeeks} weeks.");
        }

        var (since, own) = (record.On.AddDays(-7 * weeks), record.AtIssuerAlone());
        var skills = own.Parts.SelectMany(part => part.Badges).SelectMany(badge => badge.Skills.Select(skill => (Badge: badge, Skill: skill, Scale: own.Legend[badge.Scale.Hex]))).ToList();
        return new(
            own,
            since,
            [
                .. skills.SelectMany(at => at.Skill.Rises.Select(rise => new SheetRise(at.Badge.Name, at.Skill.Name, at.Scale.Find(rise.From ?? "")?.Label, at.Scale.Find(rise.To)?.Label ?? rise.To, own.Issuer.DayOf(rise.DecidedAt))))
                    .Where(rise => rise.On >= since).OrderByDescending(rise => rise.On).ThenBy(rise => rise.Badge, StringComparer.Ordinal).ThenBy(rise => rise.Skill, StringComparer.Ordinal),
            ],
            [
                .. skills.Where(at => !at.Skill.Level.IsSufficient).OrderByDescending(at => at.Skill.Level.Ordinal)
                    .Select(at => new SheetNext(at.Badge.Name, at.Skill, at.Scale.Levels.FirstOrDefault(level => level.Ordinal > at.Skill.Level.Ordinal))),
            ],
            [.. goals],
            hours);
    }
}
