using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Courses;

/// <summary>A school's office records courses with letters and credits, and takes back what was a mistake.</summary>
public sealed class CourseWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>learner.not-found</c>, <c>course.too-many</c>, and those of <see cref="CourseWords.Checked"/>.</exception>
    public Task<Read<CourseRecord>> RecordAsync(Actor actor, OrganizationId organization, PersonId learner, CourseWords words, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
            var enrolled = await authority.FindAsync(new(learner), organization, [Role.Student], attemptToken) ?? throw Refused.NotFound("learner");
            var now = clock.Now();
            var today = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", attemptToken)).Document.DayOf(now);
            var known = await store.QueryAsync(CourseDocuments.Kind, CourseDocuments.ByKeeper.Where(learner.Value, organization.Value).Take(CourseRecord.MaxCourses), attemptToken);
            if (known.Items.Count == CourseRecord.MaxCourses)
            {
                throw Refused.Conflict("course.too-many", $"A learner has at most {CourseRecord.MaxCourses} courses at one school.");
            }

            var course = new CourseRecord(CourseRecordId.New(now), learner, organization, words.Checked(today), actor.Person, now);
            return new Changes().Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, enrolled).Adding(CourseDocuments.Kind, course);
        },
        (id, token) => store.GetAsync(CourseDocuments.Kind, id, "course", token),
        cancellationToken);

    /// <exception cref="RefusedException"><c>course.not-found</c>: none such, or of another school; <c>request.stale</c>, and those of <see cref="CourseRecord.Retract"/>.</exception>
    public Task<Read<CourseRecord>> RetractAsync(Actor actor, CourseRecordId id, string reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(CourseDocuments.Kind, id.Value, "course", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.RecordKeeper, Offices.Registry, attemptToken) ?? throw Refused.NotFound("course");
            return new Changes().Require(MembershipDocuments.Kind, office).Replacing(CourseDocuments.Kind, read, read.MustBe(ifMatch).Document.Retract(new(reason, actor.Person, clock.Now())));
        },
        (course, token) => store.GetAsync(CourseDocuments.Kind, course, "course", token),
        cancellationToken);
}
