using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Review;

internal enum FactKind
{
    TeacherRole,
    SupervisorRole,
    Class,
    Pool,
    Placement,
    License,
    Close,
    StandIn,
}

/// <summary>Something that is so for a time: a role held, a class taught, a license valid.</summary>
/// <param name="Whom">The learner, or for whom somebody stands in; nobody where the fact is about one person.</param>
/// <param name="Ends">How it is ended in the product.</param>
internal sealed record Fact(FactKind Kind, PersonId Who, PersonId? Whom, DateTimeOffset From, Func<Task> Ends)
{
    public DateTimeOffset? To { get; set; }

    public bool HoldsAt(DateTimeOffset at) => From <= at && (To is null || at < To);
}

/// <summary>
/// Who may judge whom, kept beside the product from what was begun and ended, in plain sentences: a teacher of the class or of the pool, or the supervisor
/// of the placement, or who stands in for one of them in the same role; with the license, if one is asked; and not close to the learner.
/// </summary>
internal sealed class JudgingFacts(ReviewRule rule)
{
    private readonly List<Fact> facts = [];

    public IReadOnlyList<Fact> All => facts;

    public void Began(Fact fact) => facts.Add(fact);

    public bool Is(FactKind kind, PersonId who, PersonId? whom, DateTimeOffset at) => facts.Any(fact => fact.Kind == kind && fact.Who == who && fact.Whom == whom && fact.HoldsAt(at));

    /// <summary>Whether what the decision says of its maker is so at this instant; a sentence about what is not, or null.</summary>
    public string? Objection(Assessor claimed, PersonId learner, DateTimeOffset at)
    {
        var judge = claimed.For ?? claimed.Person;
        if (claimed.For is { } absent && !Is(FactKind.StandIn, claimed.Person, absent, at))
        {
            return "does not stand in for the other";
        }

        return ObjectionTo(claimed.Person, judge, learner, claimed.Relation, at);
    }

    /// <summary>Whether anything lets this person judge on their own account, or the one colleague for whom they stand in.</summary>
    public bool MayJudge(PersonId person, PersonId learner, DateTimeOffset at)
    {
        if (Enum.GetValues<AssessorRelation>().Any(relation => ObjectionTo(person, person, learner, relation, at) is null))
        {
            return true;
        }

        var absent = facts.Where(fact => fact.Kind == FactKind.StandIn && fact.Who == person && fact.HoldsAt(at)).Select(fact => fact.Whom!.Value).Distinct().ToList();
        return absent.Count == 1 && Enum.GetValues<AssessorRelation>().Any(relation => ObjectionTo(person, absent[0], learner, relation, at) is null)
            && Enum.GetValues<AssessorRelation>().All(relation => Assigns(person, learner, relation, at) is false);
    }

    private string? ObjectionTo(PersonId person, PersonId judge, PersonId learner, AssessorRelation relation, DateTimeOffset at)
    {
        var (role, reviewer) = relation == AssessorRelation.SupervisesThePlacement ? (FactKind.SupervisorRole, ReviewerRole.Supervisor) : (FactKind.TeacherRole, ReviewerRole.Teacher);
        return true switch
        {
            _ when person == learner || judge == learner => "is the learner",
            _ when !rule.Roles.Contains(reviewer) => "is of a role that the badge does not let decide",
            _ when !Is(role, person, null, at) || !Is(role, judge, null, at) => "does not have the role",
            _ when !Assigns(judge, learner, relation, at) => "is not assigned",
            _ when rule.QualificationCode is not null && !Is(FactKind.License, person, null, at) => "does not have the license",
            _ when Is(FactKind.Close, person, learner, at) || Is(FactKind.Close, judge, learner, at) => "is close to the learner",
            _ => null,
        };
    }

    private bool Assigns(PersonId judge, PersonId learner, AssessorRelation relation, DateTimeOffset at) => relation switch
    {
        AssessorRelation.TeachesTheClass => Is(FactKind.Class, judge, learner, at),
        AssessorRelation.InThePool => Is(FactKind.Pool, judge, null, at),
        AssessorRelation.SupervisesThePlacement => Is(FactKind.Placement, judge, learner, at),
        _ => false,
    };
}
