using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Papers;

/// <summary>Whether the student is under 18: yes or no, when it was looked at, and by whom. The birth date itself is not kept.</summary>
public sealed record AgeCheck(bool IsMinor, DateOnly CheckedOn, PersonId CheckedBy);

/// <summary>The agreement of all parties.</summary>
/// <param name="File">Of the signed document, where there is one as a file.</param>
public sealed record Agreement(string Title, Sha256Digest? File);

/// <summary>A written agreement under which a student-learner may do otherwise hazardous work (29 CFR 570.50(c)).</summary>
/// <param name="Reference">Where it is kept.</param>
public sealed record StudentLearnerAgreement(string Reference, DateOnly AgreedOn);

/// <summary>What the student does there to learn a skill.</summary>
/// <param name="HazardousOrder">1 to 17, or null where the work is open to minors.</param>
public sealed record TrainingTask(string Task, string Badge, string Competency, int? HazardousOrder);

public sealed record Evaluation(DateOnly Due, DateOnly? HeldOn);

/// <summary>What the school's office fills in.</summary>
public sealed record PaperEntries(
    bool? IsMinor, Agreement? Agreement, StudentLearnerAgreement? StudentLearner, ImmutableArray<TrainingTask> Plan, ImmutableArray<Evaluation> Evaluations, int? PlannedHours);

/// <summary>The papers of one internship, apart from the placement so that filling them in disturbs no decision. Its id is the placement's.</summary>
/// <param name="Coordinator">Who arranged it, and is told what is missing.</param>
public sealed record InternshipPapers(PlacementId Placement, PersonId? Coordinator)
{
    public const int MaxTasks = 200;
    public const int MaxEvaluations = 50;
    public const int MaxTextLength = 500;
    public const int MaxHours = 5_000;

    public AgeCheck? Age { get; init; }

    public Agreement? Agreement { get; init; }

    public ImmutableArray<PaperSignature> Signatures { get; init; } = [];

    public StudentLearnerAgreement? StudentLearner { get; init; }

    public ImmutableArray<TrainingTask> Plan { get; init; } = [];

    public ImmutableArray<Evaluation> Evaluations { get; init; } = [];

    /// <summary>As agreed. The hours worked come from the learning log.</summary>
    public int? PlannedHours { get; init; }

    /// <summary>With what the office fills in. Another agreement needs all signatures again.</summary>
    /// <param name="entries">All of it; what is left out is gone.</param>
    /// <param name="placement">Whose skills tasks may name.</param>
    /// <param name="badgeOrders">Hazardous orders that the placement's badges name.</param>
    /// <param name="today">Of the school.</param>
    /// <param name="by">Who fills it in.</param>
    /// <exception cref="RefusedException"><c>placement.papers</c>, and those of <see cref="HazardousOrders.RequireAllowed"/>.</exception>
    public InternshipPapers Fill(PaperEntries entries, Placement placement, IEnumerable<int> badgeOrders, DateOnly today, PersonId by)
    {
        RequireForm(entries, placement);
        var age = entries.IsMinor is not { } isMinor ? null : Age?.IsMinor == isMinor ? Age : new AgeCheck(isMinor, today, by);
        HazardousOrders.RequireAllowed(badgeOrders.Concat(entries.Plan.Select(task => task.HazardousOrder ?? 0).Where(order => order > 0)), age, entries.StudentLearner);
        return this with
        {
            Age = age,
            Agreement = entries.Agreement,
            Signatures = entries.Agreement == Agreement ? Signatures : [],
            StudentLearner = entries.StudentLearner,
            Plan = entries.Plan,
            Evaluations = [.. entries.Evaluations.OrderBy(evaluation => evaluation.Due)],
            PlannedHours = entries.PlannedHours,
        };
    }

    /// <summary>One signature more; who signed already stays signed.</summary>
    /// <exception cref="RefusedException"><c>placement.no-agreement</c>.</exception>
    public InternshipPapers Sign(PaperSignature signature)
    {
        if (Agreement is null)
        {
            throw Refused.Conflict("placement.no-agreement", "There is no agreement yet that could be signed.");
        }

        return Signatures.Any(known => known.Party == signature.Party) ? this : this with { Signatures = Signatures.Add(signature) };
    }

    private static void RequireForm(PaperEntries entries, Placement placement)
    {
        if (entries.Plan.Length > MaxTasks || entries.Evaluations.Length > MaxEvaluations || entries.PlannedHours is < 0 or > MaxHours)
        {
            throw Refused.Invalid("placement.papers", $"At most {MaxTasks} tasks, {MaxEvaluations} evaluations and {MaxHours} hours, please.");
        }

        foreach (var task in entries.Plan)
        {
            DisplayText.Require(task.Task, MaxTextLength, "placement.papers");
            if (!placement.Names(task.Badge, task.Competency) || (task.HazardousOrder is { } order && !HazardousOrders.IsOrder(order)))
            {
                throw Refused.Invalid("placement.papers", $"Each task names a skill of this internship, and, where it is hazardous, the federal order from 1 to {HazardousOrders.Last}.");
            }
        }

        foreach (var text in new[] { entries.Agreement?.Title, entries.StudentLearner?.Reference })
        {
            if (text is not null)
            {
                DisplayText.Require(text, MaxTextLength, "placement.papers");
            }
        }
    }
}
