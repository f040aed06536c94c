using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>How it was established that two records are one learner's. Never a name, an e-mail or a birth date.</summary>
public enum JoinProof
{
    /// <summary>The learner's own one-time code, given to the other school.</summary>
    LearnerCode,

    /// <summary>The registrars of both schools said so.</summary>
    TwoRegistrars,
}

/// <summary>One act of joining; kept, so that a wrong one can be found and undone.</summary>
public sealed record Join(PersonId First, PersonId Second, JoinProof Proof, ImmutableArray<PersonId> ConfirmedBy, DateTimeOffset At);

/// <summary>The people (one a school, as rosters have them) who are one learner.</summary>
public sealed record LearnerIdentity(string Id)
{
    public const int MaxPeople = 20;

    public ImmutableArray<PersonId> People { get; init; } = [];

    public ImmutableArray<Join> Joins { get; init; } = [];

    /// <exception cref="RefusedException"><c>join.same-person</c>, <c>join.too-many</c>.</exception>
    public static LearnerIdentity Of(string id, LearnerIdentity? first, LearnerIdentity? second, Join join)
    {
        if (join.First == join.Second)
        {
            throw Refused.Invalid("join.same-person", "These are the same record already.");
        }

        var people = (first?.People ?? [join.First]).Union(second?.People ?? [join.Second]).ToImmutableArray();
        return people.Length <= MaxPeople
            ? new(id) { People = people, Joins = [.. first?.Joins ?? [], .. second?.Joins ?? [], join] }
            : throw Refused.Invalid("join.too-many", $"A learner has records at no more than {MaxPeople} schools here; please ask the state office.");
    }
}

public static class LearnerIdentityDocuments
{
    /// <summary>A person belongs to one learner.</summary>
    public static readonly AccessPath<LearnerIdentity> ByPerson = new AccessPath<LearnerIdentity>("person").Each("person", i => i.People.Select(p => p.Value)).Unique();

    public static readonly DocumentKind<LearnerIdentity> Kind = new("learner_identity", i => i.Id) { Paths = [ByPerson] };

    /// <summary>Everyone who is the same learner as this person, the person included.</summary>
    public static async Task<ImmutableArray<PersonId>> SameLearnerAsync(this IDocumentStore store, PersonId person, CancellationToken cancellationToken) =>
        (await store.FirstAsync(Kind, ByPerson.Where(person.Value), cancellationToken))?.Document.People ?? [person];

    /// <summary>The same, and so it must still be at the commit: joining and taking apart change the documents of all whom they are about.</summary>
    public static async Task<ImmutableArray<PersonId>> SameLearnerInAsync(this IDocumentStore store, PersonId person, Changes changes, CancellationToken cancellationToken)
    {
        // Their own documents first: were they read last, they might be those of after a change that the identity was read before.
        var self = await store.FindAsync(PersonDocuments.Kind, person.Value, cancellationToken);
        var people = await store.SameLearnerAsync(person, cancellationToken);
        if (self is not null)
        {
            changes.Require(PersonDocuments.Kind, self);
        }

        return people;
    }
}
