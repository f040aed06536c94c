using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations;

internal sealed record NewClassSectionRequest(string OrganizationId, string Name);

internal sealed record ClassPersonRequest(string PersonId);

internal sealed record ClassSectionView(string Id, string OrganizationId, string Name, DateTimeOffset From, DateTimeOffset? To, IReadOnlyList<string> Teachers, IReadOnlyList<string> Students)
{
    public static ClassSectionView Of(ClassSection section) => new(
        section.Id.Value, section.Organization.Value, section.Name, section.From, section.To, [.. section.Teachers.Select(id => id.Value)], [.. section.Students.Select(id => id.Value)]);
}

/// <summary>Who teaches whom.</summary>
internal static class ClassSectionsApi
{
    public static void MapClassSections(this IEndpointRouteBuilder app)
    {
        var sections = app.MapApi("class-sections", "Classes");
        sections.MapPost("", OpenAsync).Example(new NewClassSectionRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Welding 1, period 3")).WithSummary("Opens a class. For the school's office.").Produces<ClassSectionView>(201)
            .Refuses(403, "role.missing").Refuses(422, "class-section.name");
        sections.MapGet("", TaughtAsync).WithSummary("The classes that you teach.");
        sections.MapGet("{id}", ReadAsync).WithSummary("One class: for the school's office and its teachers.").Refuses(404, "class-section.not-found");
        sections.MapPost("{id}/teachers", AddTeacherAsync).Example(new ClassPersonRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91")).WithSummary("Adds a teacher of this school.")
            .Refuses(404, "class-section.not-found").Refuses(422, "class-section.not-a-teacher", "class-section.too-many-teachers");
        sections.MapDelete("{id}/teachers/{personId}", RemoveTeacherAsync).WithSummary("Takes a teacher out of the class.").Refuses(404, "class-section.not-found");
        sections.MapPost("{id}/students", AddStudentAsync).Example(new ClassPersonRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91")).WithSummary("Adds a student of this school.")
            .Refuses(404, "class-section.not-found").Refuses(422, "class-section.not-a-student", "class-section.full");
        sections.MapDelete("{id}/students/{personId}", RemoveStudentAsync).WithSummary("Takes a student out of the class.").Refuses(404, "class-section.not-found");
        sections.MapPost("{id}/end", EndAsync).WithSummary("Ends a class now; it assigns nobody any more.").Refuses(404, "class-section.not-found").Refuses(409, "class-section.ended");
        app.MapApi("organizations/{id}/class-sections", "Classes").MapGet("", ListAsync).WithSummary("The classes of a school, by name. For its office.")
            .Refuses(403, "role.missing").Refuses(422, "storage.text-too-long");
    }

    private static async Task<IResult> OpenAsync(
        NewClassSectionRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.OpenAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Name, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/class-sections/{read.Id}", context.Answer(read, ClassSectionView.Of));
    }

    private static async Task<PageOf<ClassSectionView>> TaughtAsync(CurrentActor me, Paging paging, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.TaughtAsync(me.Actor, paging.Of, cancellationToken), read => ClassSectionView.Of(read.Document));

    private static async Task<PageOf<ClassSectionView>> ListAsync(string id, CurrentActor me, Paging paging, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken), read => ClassSectionView.Of(read.Document));

    private static async Task<ClassSectionView> ReadAsync(string id, CurrentActor me, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, ClassSectionId.From(id), cancellationToken), ClassSectionView.Of);

    private static async Task<ClassSectionView> AddTeacherAsync(
        string id, ClassPersonRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.AddTeacherAsync(me.Actor, ClassSectionId.From(id), PersonId.From(body.PersonId), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), ClassSectionView.Of);

    private static async Task<ClassSectionView> AddStudentAsync(
        string id, ClassPersonRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.AddStudentAsync(me.Actor, ClassSectionId.From(id), PersonId.From(body.PersonId), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), ClassSectionView.Of);

    private static async Task<ClassSectionView> RemoveTeacherAsync(
        string id, string personId, CurrentActor me, IfMatch ifMatch, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RemoveTeacherAsync(me.Actor, ClassSectionId.From(id), PersonId.From(personId), ifMatch.Version, cancellationToken), ClassSectionView.Of);

    private static async Task<ClassSectionView> RemoveStudentAsync(
        string id, string personId, CurrentActor me, IfMatch ifMatch, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RemoveStudentAsync(me.Actor, ClassSectionId.From(id), PersonId.From(personId), ifMatch.Version, cancellationToken), ClassSectionView.Of);

    private static async Task<ClassSectionView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ClassSectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, ClassSectionId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), ClassSectionView.Of);
}
