using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <param name="OrganizationId">The school that records it.</param>
internal sealed record NewCourseRequest(string OrganizationId, CourseWords Course);

internal sealed record RetractCourseRequest(string Reason);

/// <param name="By">Who recorded it.</param>
/// <param name="RetractedFor">Why it was taken back; null while it stands.</param>
internal sealed record CourseRecordView(string Id, string Learner, string RecordKeeper, CourseWords Course, string By, DateTimeOffset At, string? RetractedFor, DateTimeOffset? RetractedAt)
{
    public static CourseRecordView Of(Read<CourseRecord> read)
    {
        var course = read.Document;
        return new(course.Id.Value, course.Learner.Value, course.RecordKeeper.Value, course.Words, course.By.Value, course.At, course.Retraction?.Reason, course.Retraction?.At);
    }
}

/// <summary>Courses that were graded by letters, beside skills that are judged by levels: on one transcript with one legend.</summary>
internal static class CoursesApi
{
    private static readonly NewCourseRequest Sample = new("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", new("Algebra 2", "MAT-220", "B+", 1, "Spring 2026", new(2026, 6, 12), "Eastfield High School"));

    public static void MapCourses(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners/{id}/courses", "Student record");
        learners.MapPost("", RecordAsync).Example(Sample).Produces<CourseRecordView>(201)
            .WithSummary("Records a course with its letter and credits, as it was given: by the school, or by the one that source names. For the school's office.")
            .Refuses(403, "role.missing").Refuses(404, "learner.not-found", "organization.not-found").Refuses(409, "course.too-many")
            .Refuses(422, "course.title", "course.code", "course.letter", "course.credits", "course.term", "course.day", "course.source");
        learners.MapGet("", ListAsync).WithSummary("A learner's courses at the school of ?organization=, latest first, those that were taken back with the reason. For the learner, the family, who teaches them there and its records office.")
            .Refuses(404, "learner.not-found");
        app.MapApi("courses", "Student record").MapPost("{id}/retraction", RetractAsync).Example(new RetractCourseRequest("Typed for the wrong student.")).WithSummary("Takes a course back, with a reason. For the office of the school that recorded it.")
            .Refuses(404, "course.not-found").Refuses(409, "course.retracted").Refuses(422, "course.reason");
    }

    private static async Task<Created<CourseRecordView>> RecordAsync(string id, NewCourseRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, CourseWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.RecordAsync(me.Actor, OrganizationId.From(body.OrganizationId), PersonId.From(id), body.Course, idempotency.For(me.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/learners/{id}/courses", CourseRecordView.Of(read));
    }

    private static async Task<PageOf<CourseRecordView>> ListAsync(string id, string? organization, CurrentActor me, Paging paging, HttpContext context, CourseReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return paging.Answer(await reading.ListAsync(me.Actor, PersonId.From(id), OrganizationId.From(organization ?? ""), paging.Of, cancellationToken), CourseRecordView.Of);
    }

    private static async Task<CourseRecordView> RetractAsync(
        string id, RetractCourseRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, CourseWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RetractAsync(me.Actor, CourseRecordId.From(id), body.Reason, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), CourseRecordView.Of);
}
