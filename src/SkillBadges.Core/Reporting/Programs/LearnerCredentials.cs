using System.Collections.Immutable;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>A credential or an examination of a learner.</summary>
/// <param name="Id">That of the award or of the result, with the code where an award counts as several.</param>
/// <param name="On">The day on which it was awarded or taken.</param>
/// <param name="Recognized">The entry of the list in force on that day; null where it is on none.</param>
/// <param name="Test">The result, where it comes from an examination; else it comes from a badge.</param>
public sealed record EarnedCredential(string Id, string Code, DateOnly On, RecognizedCredential? Recognized, TestScore? Test)
{
    /// <summary>Whether it is attained and recognized.</summary>
    public bool Counts => Recognized is not null && Test is not { Passed: false };
}

/// <summary>What a learner has, as the lists in force on each day see it; pure.</summary>
public static class LearnerCredentials
{
    /// <param name="awards">Of the learner, of any school; revoked ones do not count.</param>
    /// <param name="stacks">Awards of stacks that are issued.</param>
    /// <param name="scores">Of the learner.</param>
    /// <param name="lists">Those that count at the school.</param>
    /// <param name="dayOf">The day that an instant is at the school.</param>
    /// <param name="until">What came on this day or later is left out.</param>
    public static ImmutableArray<EarnedCredential> Of(IEnumerable<Award> awards, IEnumerable<DerivedCredential> stacks, IEnumerable<TestScore> scores, RecognizedLists lists, Func<DateTimeOffset, DateOnly> dayOf, DateOnly until)
    {
        var badges = awards.Where(award => award.State == AwardState.Issued).Select(award => (award, day: dayOf(award.AwardedAt)))
            .SelectMany(one => lists.OfBadge(one.award.Badge.Slug, one.day).Select(entry => new EarnedCredential($"{one.award.Id}:{entry.Code}", entry.Code, one.day, entry, null)));
        var whole = stacks.Select(stack => (stack, day: dayOf(stack.EarnedAt)))
            .SelectMany(one => lists.OfStack(one.stack.Subject, one.day).Select(entry => new EarnedCredential($"{one.stack.Credential}:{entry.Code}", entry.Code, one.day, entry, null)));
        var tests = scores.Select(score => new EarnedCredential(score.Id, score.Code, score.TakenOn, lists.OfCode(score.Code, score.TakenOn), score));
        return [.. badges.Concat(whole).Concat(tests).Where(one => one.On < until).OrderBy(one => one.On).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>The programs in which a learner graduated as a concentrator within a period: the denominator of Perkins V 5S1.</summary>
    public static IEnumerable<string> GraduatedIn(IEnumerable<ProgramParticipation> parts, DateOnly from, DateOnly until) =>
        parts.Where(part => part is { Kind: ProgramKind.CteProgram, Status: ProgramStatus.Concentrator or ProgramStatus.Completer })
            .Where(part => part.GraduatedOn is { } day && from <= day && day < until && part.From <= day)
            .Select(part => part.Program).Distinct(StringComparer.Ordinal);
}
