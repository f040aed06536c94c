using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Notebooks;

/// <param name="Id">Unique within the notebook.</param>
/// <param name="Badge">Slug of a badge that it leads to, or null.</param>
/// <param name="Until">By when, or null.</param>
/// <param name="ReachedOn">The day on which the learner says it was reached; null while it is open.</param>
public sealed record NotebookGoal(string Id, string Text, string? Badge, DateOnly? Until, DateOnly? ReachedOn, DateTimeOffset SetAt);

/// <summary>What a learner wants to reach, in their own words. It is the learner's alone: nobody else reads it, and nothing of it enters a record.</summary>
public sealed record Notebook(PersonId Learner)
{
    public const int MaxGoals = 100;
    public const int MaxTextLength = 500;

    public ImmutableArray<NotebookGoal> Goals { get; init; } = [];

    /// <summary>The goals anew; one that was there keeps the time at which it was set.</summary>
    /// <exception cref="RefusedException"><c>notebook.goals</c>.</exception>
    public Notebook Write(IReadOnlyCollection<NotebookGoal> goals, DateTimeOffset at)
    {
        if (goals.Count > MaxGoals || goals.DistinctBy(goal => goal.Id, StringComparer.Ordinal).Count() != goals.Count || goals.Any(goal => goal.Id.Length is 0 or > 64 || (goal.Badge is { } badge && !Slug.IsValid(badge))))
        {
            throw Refused.Invalid("notebook.goals", $"A notebook has at most {MaxGoals} goals, each with an id of its own; a badge is named by its short name.");
        }

        var earlier = Goals.ToDictionary(goal => goal.Id, goal => goal.SetAt, StringComparer.Ordinal);
        return this with { Goals = [.. goals.Select(goal => goal with { Text = DisplayText.Require(goal.Text, MaxTextLength, "notebook.goals"), SetAt = earlier.GetValueOrDefault(goal.Id, at) })] };
    }
}

/// <summary>One entry of a learner's progress log.</summary>
/// <param name="Goal">The goal it is about, or null.</param>
public sealed record NotebookNote(string Id, PersonId Learner, string? Goal, string Text, DateTimeOffset At)
{
    public const int MaxTextLength = 2_000;
    public const int MaxNotes = 2_000;
}

public static class NotebookDocuments
{
    /// <summary>One of each person.</summary>
    public static readonly DocumentKind<Notebook> Kind = new("notebook", notebook => notebook.Learner.Value);

    public static readonly AccessPath<NotebookNote> ByLearner = new AccessPath<NotebookNote>("learner").Equal("learner", note => note.Learner.Value).OrderBy("at", note => note.At);

    public static readonly DocumentKind<NotebookNote> Notes = new("notebook_note", note => note.Id) { Paths = [ByLearner] };
}
