using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Whose work on what, at which record-keeper: what an assignment is about.</summary>
public sealed record AssessedWork(PersonId Learner, OrganizationId Organization, string Badge)
{
    public static AssessedWork Of(Submission submission) => new(submission.Learner, submission.Organization, submission.Badge.Slug);
}

/// <summary>An assessor and where they judge, with every document that makes it so; a commit requires all of those to be as they were read.</summary>
public sealed record Assignment(Assessor Assessor, DecisionContext Context)
{
    private ImmutableArray<Func<Changes, Changes>> Requirements { get; init; } = [];

    /// <summary>The same, resting on one document more.</summary>
    public Assignment On<T>(DocumentKind<T> kind, Read<T> read)
        where T : class =>
        this with { Requirements = Requirements.Add(changes => changes.Require(kind, read)) };

    public Changes RequireIn(Changes changes) => Requirements.Aggregate(changes, (all, require) => require(all));
}
