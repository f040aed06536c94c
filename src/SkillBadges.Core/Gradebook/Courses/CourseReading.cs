using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Courses;

/// <summary>Who may read a learner's courses at a school: the learner, the family, who teaches them there, and its records office.</summary>
public sealed class CourseReading(IDocumentStore store, Authority authority, ClassTeaching teaching, FamilyRights family)
{
    /// <summary>A learner's courses at one school, latest first; those that were taken back too, with the reason.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<CourseRecord>> ListAsync(
        Actor actor, PersonId learner, OrganizationId organization, Func<DocumentQuery<CourseRecord>, DocumentQuery<CourseRecord>> page, CancellationToken cancellationToken) =>
        await MayReadAsync(actor, learner, organization, cancellationToken)
            ? await store.QueryAsync(CourseDocuments.Kind, page(CourseDocuments.ByKeeper.Where(learner.Value, organization.Value).Descending()), cancellationToken)
            : throw Refused.NotFound("learner");

    /// <summary>What stands, for the learner; for a guardian, at the record-keepers of the guardianship.</summary>
    public async Task<ImmutableArray<CourseRecord>> ForFamilyAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        var keepers = people.Contains(actor.Person) ? null : await family.RecordKeepersAsync(actor, people, cancellationToken);
        return [.. (await StandingAsync(people, cancellationToken)).Where(course => keepers is null || keepers.Contains(course.RecordKeeper))];
    }

    /// <summary>The courses of one learner that stand, at all schools; who may see which is for the caller to say.</summary>
    internal async Task<ImmutableArray<CourseRecord>> StandingAsync(ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var courses = ImmutableArray.CreateBuilder<CourseRecord>();
        await foreach (var read in store.AllAsync(CourseDocuments.Kind, CourseDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken))
        {
            if (read.Document.Stands)
            {
                courses.Add(read.Document);
            }
        }

        return courses.ToImmutable();
    }

    private async Task<bool> MayReadAsync(Actor actor, PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return false;
        }

        var people = await store.SameLearnerAsync(learner, cancellationToken);
        return people.Contains(actor.Person)
            || await teaching.FindAsync(actor, learner, organization, cancellationToken) is not null
            || (await authority.FindAsync(actor, organization, Offices.Records, cancellationToken) is not null && await authority.FindAsync(new(learner), organization, [Role.Student], cancellationToken) is not null)
            || (await family.RecordKeepersAsync(actor, people, cancellationToken)).Contains(organization);
    }
}
