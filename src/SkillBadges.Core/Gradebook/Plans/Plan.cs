using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Plans;

/// <summary>Whose voice something in a plan is.</summary>
public enum PlanVoice
{
    Learner,
    Family,

    /// <summary>A teacher of the learner, or the school's records office: the adviser.</summary>
    Adviser,
}

/// <summary>Who wrote a line of a plan, in which capacity, and when.</summary>
public sealed record PlanAuthor(PersonId Person, PlanVoice Voice, DateTimeOffset At);

/// <param name="Id">Unique within the plan.</param>
/// <param name="Steps">How to get there, or null.</param>
public sealed record PlanGoal(string Id, string Text, string? Steps, PlanAuthor? Author = null);

/// <summary>What is to be reached in a period.</summary>
/// <param name="Period">As the school calls it, such as <c>Term 1</c>.</param>
/// <param name="Badge">Slug of a badge.</param>
/// <param name="Skill">One skill of it; null for all.</param>
/// <param name="Level">Code of a level above what the badge asks; null for what it asks.</param>
public sealed record PlanTarget(string Id, string Period, string Badge, string? Skill = null, string? Level = null, PlanAuthor? Author = null);

/// <summary>What a plan says.</summary>
/// <param name="Pathway">Where the learner wants to go; null where that is open.</param>
public sealed record PlanContent(string? Pathway, ImmutableArray<PlanGoal> Goals, ImmutableArray<PlanTarget> Targets)
{
    public const int MaxLines = 100;
    public const int MaxTextLength = 2_000;
    public const int MaxNameLength = 200;

    public static PlanContent Empty { get; } = new(null, [], []);

    /// <summary>This content as somebody wrote it over an earlier one: lines that stay as they were keep their author, others get this one.</summary>
    /// <exception cref="RefusedException"><c>plan.content</c>.</exception>
    public PlanContent WrittenOver(PlanContent earlier, PlanAuthor author)
    {
        if (Goals.Length > MaxLines || Targets.Length > MaxLines
            || Goals.Select(goal => goal.Id).Concat(Targets.Select(target => target.Id)).GroupBy(id => id, StringComparer.Ordinal).Any(ids => ids.Count() > 1 || ids.Key.Length is 0 or > 64)
            || Targets.Any(target => !Slug.IsValid(target.Badge) || target.Skill?.Length is 0 or > 64 || target.Level?.Length is 0 or > 40)
            || Goals.Any(goal => goal.Author is not null) || Targets.Any(target => target.Author is not null))
        {
            throw Refused.Invalid("plan.content", $"A plan has at most {MaxLines} goals and {MaxLines} targets, each with an id of its own; a target names a badge. Who wrote what is not for the writer to say.");
        }

        var goals = earlier.Goals.ToDictionary(goal => goal.Id, StringComparer.Ordinal);
        var targets = earlier.Targets.ToDictionary(target => target.Id, StringComparer.Ordinal);
        return new(
            DisplayText.Optional(Pathway, MaxNameLength, "plan.content"),
            [.. Goals.Select(goal => Clean(goal)).Select(goal => goal with { Author = goals.TryGetValue(goal.Id, out var was) && was with { Author = null } == goal ? was.Author : author })],
            [.. Targets.Select(target => Clean(target)).Select(target => target with { Author = targets.TryGetValue(target.Id, out var was) && was with { Author = null } == target ? was.Author : author })]);
    }

    /// <summary>SHA-256 of the content's UTF-8 JSON.</summary>
    public Sha256Digest ComputeHash() => Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Options));

    private static PlanGoal Clean(PlanGoal goal) =>
        goal with { Text = DisplayText.Require(goal.Text, MaxTextLength, "plan.content"), Steps = DisplayText.Optional(goal.Steps, MaxTextLength, "plan.content") };

    private static PlanTarget Clean(PlanTarget target) => target with { Period = DisplayText.Require(target.Period, MaxNameLength, "plan.content") };
}

/// <summary>A learner's plan at one school, written together by learner, family and advisers.</summary>
/// <param name="Reviews">How many reviews there were.</param>
public sealed record Plan(string Id, PersonId Learner, OrganizationId Organization, DateTimeOffset OpenedAt, PlanContent Content, int Reviews);

/// <summary>A yes to exactly what a review holds.</summary>
public sealed record PlanSignature(PersonId Person, PlanVoice Voice, DateTimeOffset At);

/// <summary>A plan as it was when people met over it: dated, never changed, and signed by those who were there.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Hash">SHA-256 of the content that is signed.</param>
/// <param name="Notes">What was said, or null.</param>
public sealed record PlanReview(string Plan, int Number, PlanContent Content, Sha256Digest Hash, string? Notes, PersonId By, DateTimeOffset At)
{
    public ImmutableArray<PlanSignature> Signatures { get; init; } = [];

    public string Id => IdOf(Plan, Number);

    public static string IdOf(string plan, int number) => FormattableString.Invariant($"{plan}/{number}");

    /// <summary>Signing twice is harmless: the first signature stays.</summary>
    /// <param name="hash">Of the content that was read.</param>
    /// <param name="signature">Who signs.</param>
    /// <exception cref="RefusedException"><c>plan.review-other</c>.</exception>
    public PlanReview Sign(Sha256Digest hash, PlanSignature signature)
    {
        if (hash != Hash)
        {
            throw Refused.Conflict("plan.review-other", "What you read is not what this review holds; please read it again before signing.");
        }

        return Signatures.Any(one => one.Person == signature.Person) ? this : this with { Signatures = Signatures.Add(signature) };
    }
}

public static class PlanDocuments
{
    public static readonly AccessPath<Plan> ByLearner = new AccessPath<Plan>("learner").Equal("learner", plan => plan.Learner.Value).OrderBy("opened", plan => plan.OpenedAt);

    public static readonly DocumentKind<Plan> Kind = new("plan", plan => plan.Id) { Paths = [ByLearner] };

    public static readonly AccessPath<PlanReview> ByPlan = new AccessPath<PlanReview>("plan").Equal("plan", review => review.Plan).OrderBy("number", review => (long?)review.Number);

    public static readonly DocumentKind<PlanReview> Reviews = new("plan_review", review => review.Id) { Paths = [ByPlan] };
}
