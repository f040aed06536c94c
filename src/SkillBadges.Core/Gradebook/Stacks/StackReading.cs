using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>A begun stack, and its own award where it was made and stands.</summary>
public sealed record StackProgress(StackStanding Standing, DerivedCredential? Award);

/// <summary>How far a learner is with stacks, for the learner, the family and the records office.</summary>
public sealed class StackReading(IDocumentStore store, Authority authority, FamilyRights family, StackAwarding awarding)
{
    /// <summary>The stacks that are begun at a school and award themselves, by slug.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>organization.not-found</c>.</exception>
    public async Task<IReadOnlyList<StackProgress>> OfLearnerAsync(Actor actor, PersonId learner, OrganizationId school, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        var isOwn = !actor.IsLimited && people.Contains(actor.Person);
        if (!isOwn && await authority.FindAsync(actor, school, Offices.Records, cancellationToken) is null && !(await family.RecordKeepersAsync(actor, people, cancellationToken)).Contains(school))
        {
            throw Refused.NotFound("learner");
        }

        var enrolled = false;
        foreach (var person in people)
        {
            enrolled |= await authority.FindAsync(new(person), school, Offices.Learners, cancellationToken) is not null;
        }

        if (!isOwn && !enrolled)
        {
            throw Refused.NotFound("learner");
        }

        var awards = await store.WholeAsync(DerivedDocuments.Kind, DerivedDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        var standing = awards.Documents.Where(one => one is { IsLive: true, Kind: DerivedKind.Stack } && one.Organization == school).ToDictionary(one => one.Subject, StringComparer.Ordinal);
        return [.. (await awarding.BegunStandingsAsync(learner, school, cancellationToken)).Select(one => new StackProgress(one, standing.GetValueOrDefault(one.Stack.Slug)))];
    }
}
