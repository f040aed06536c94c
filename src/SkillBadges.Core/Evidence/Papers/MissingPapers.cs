using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence.Papers;

public enum MissingPaper
{
    AgeCheck,
    Agreement,
    Signature,
    TrainingPlan,
    SkillWithoutTask,
    Evaluations,
    EvaluationOverdue,
    PlannedHours,
}

/// <summary>Something that an internship still lacks, in plain words.</summary>
public sealed record Missing(MissingPaper Paper, string Text);

public static class MissingPapers
{
    /// <param name="papers">As they are.</param>
    /// <param name="placement">The internship.</param>
    /// <param name="badges">Its badges as they are now.</param>
    /// <param name="today">Of the school.</param>
    public static IEnumerable<Missing> Of(InternshipPapers papers, Placement placement, IReadOnlyCollection<BadgeDefinition> badges, DateOnly today)
    {
        if (papers.Age is null)
        {
            yield return new(MissingPaper.AgeCheck, "Nobody has recorded yet whether the student is under 18.");
        }

        if (papers.Agreement is null)
        {
            yield return new(MissingPaper.Agreement, "There is no agreement yet.");
        }

        foreach (var party in Unsigned(papers))
        {
            yield return new(MissingPaper.Signature, $"The {NameOf(party)} has not signed the agreement.");
        }

        if (papers.Plan.Length == 0)
        {
            yield return new(MissingPaper.TrainingPlan, "There is no training plan yet.");
        }
        else
        {
            foreach (var skill in badges.SelectMany(badge => badge.Competencies.Where(skill => placement.Names(badge.Slug, skill.Id) && papers.Plan.All(task => (task.Badge, task.Competency) != (badge.Slug, skill.Id)))))
            {
                yield return new(MissingPaper.SkillWithoutTask, $"The training plan has no task for the skill {skill.Name}.");
            }
        }

        if (papers.Evaluations.Length == 0)
        {
            yield return new(MissingPaper.Evaluations, "No dates for evaluations are set.");
        }

        foreach (var evaluation in papers.Evaluations.Where(evaluation => evaluation.HeldOn is null && evaluation.Due < today))
        {
            yield return new(MissingPaper.EvaluationOverdue, $"The evaluation of {evaluation.Due:yyyy-MM-dd} has not been recorded.");
        }

        if (papers.PlannedHours is null)
        {
            yield return new(MissingPaper.PlannedHours, "The number of hours is not agreed yet.");
        }
    }

    // Until the age is known, a guardian's signature is asked for.
    private static IEnumerable<AgreementParty> Unsigned(InternshipPapers papers) => papers.Agreement is null
        ? []
        : Enum.GetValues<AgreementParty>().Where(party => (party != AgreementParty.Guardian || papers.Age is not { IsMinor: false }) && papers.Signatures.All(signature => signature.Party != party));

    private static string NameOf(AgreementParty party) => party switch
    {
        AgreementParty.Student => "student",
        AgreementParty.Guardian => "student's guardian",
        AgreementParty.Employer => "employer",
        AgreementParty.School => "school",
        _ => throw new ArgumentOutOfRangeException(nameof(party), party, null),
    };
}
