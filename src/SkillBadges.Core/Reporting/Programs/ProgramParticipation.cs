using System.Text.Json.Serialization;
using SkillBadges.Core.OneRoster;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>What a learner takes part in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProgramKind>))]
public enum ProgramKind
{
    /// <summary>A career and technical program of study.</summary>
    [JsonStringEnumMemberName("cte-program")]
    CteProgram,

    [JsonStringEnumMemberName("pathway")]
    Pathway,

    [JsonStringEnumMemberName("dual-enrollment")]
    DualEnrollment,

    [JsonStringEnumMemberName("early-college")]
    EarlyCollege,
}

/// <summary>How far a learner is in a program. Who concentrates took at least two courses of one program (Perkins V, 20 U.S.C. 2302(12)); the school says so, by date.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProgramStatus>))]
public enum ProgramStatus
{
    [JsonStringEnumMemberName("participant")]
    Participant,

    [JsonStringEnumMemberName("concentrator")]
    Concentrator,

    [JsonStringEnumMemberName("completer")]
    Completer,
}

/// <summary>The words of files.</summary>
public static class ProgramWords
{
    public static ProgramKind? KindOf(string text) => text switch
    {
        "cte-program" => ProgramKind.CteProgram,
        "pathway" => ProgramKind.Pathway,
        "dual-enrollment" => ProgramKind.DualEnrollment,
        "early-college" => ProgramKind.EarlyCollege,
        _ => null,
    };

    public static ProgramStatus? StatusOf(string text) => text switch
    {
        "participant" => ProgramStatus.Participant,
        "concentrator" => ProgramStatus.Concentrator,
        "completer" => ProgramStatus.Completer,
        _ => null,
    };
}

/// <summary>That a learner of a school takes part in a program from a day on, in one status. A school's later row of the same learner, program, status and day takes its place.</summary>
/// <param name="Program">CIP 2020, such as <c>48.0508</c>.</param>
/// <param name="Until">The first day on which it holds no more; null for no end.</param>
/// <param name="GraduatedOn">The day on which the learner graduated; null where not yet.</param>
public sealed record ProgramParticipation(
    OrganizationId School, PersonId Learner, ProgramKind Kind, string Program, ProgramStatus Status, DateOnly From, DateOnly? Until, DateOnly? GraduatedOn, PersonId By, DateTimeOffset At)
{
    public string Id { get; } = RosterKey.IdOf("program", FormattableString.Invariant($"{School.Value}/{Learner.Value}/{Kind}/{Program}/{Status}/{From:yyyy-MM-dd}"));

    /// <summary>Whether it holds on some day of a period.</summary>
    public bool IsWithin(DateOnly from, DateOnly until) => From < until && (Until is null || Until > from);
}

public static class ProgramParticipationDocuments
{
    public static readonly AccessPath<ProgramParticipation> BySchool = new AccessPath<ProgramParticipation>("school").Equal("school", p => p.School.Value).OrderBy("learner", p => p.Learner.Value);

    public static readonly AccessPath<ProgramParticipation> ByLearner = new AccessPath<ProgramParticipation>("learner").Equal("learner", p => p.Learner.Value).OrderBy("from", p => (long?)p.From.DayNumber);

    public static readonly DocumentKind<ProgramParticipation> Kind = new("program_participation", p => p.Id) { Paths = [BySchool, ByLearner] };
}
