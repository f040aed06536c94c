using SkillBadges.Core.OneRoster;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>The result of an examination that somebody else held. A later row of the same learner, code and day takes its place.</summary>
/// <param name="Code">The state's code of the credential that the examination is for.</param>
/// <param name="Score">As the tester gave it; null where none was.</param>
public sealed record TestScore(OrganizationId School, PersonId Learner, string Code, DateOnly TakenOn, string? Score, bool Passed, PersonId By, DateTimeOffset At)
{
    public string Id { get; } = RosterKey.IdOf("test", FormattableString.Invariant($"{School.Value}/{Learner.Value}/{TakenOn:yyyy-MM-dd}/{Code}"));
}

public static class TestScoreDocuments
{
    public static readonly AccessPath<TestScore> ByLearner = new AccessPath<TestScore>("learner").Equal("learner", t => t.Learner.Value).OrderBy("taken", t => (long?)t.TakenOn.DayNumber);

    public static readonly AccessPath<TestScore> BySchool = new AccessPath<TestScore>("school").Equal("school", t => t.School.Value).OrderBy("taken", t => (long?)t.TakenOn.DayNumber);

    public static readonly DocumentKind<TestScore> Kind = new("test_score", t => t.Id) { Paths = [ByLearner, BySchool] };
}
