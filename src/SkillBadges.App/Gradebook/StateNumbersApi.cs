using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="Number">The student's number at the state office; kept as a keyed digest only.</param>
internal sealed record StateNumberRequest(string School, string Number);

/// <summary>Two records that may be one learner's: propose the join if they are.</summary>
internal sealed record JoinSuggestionView(string Student, string OtherStudent, string OtherSchool);

/// <param name="Student">Who is another learner than those with whom the record is joined.</param>
internal sealed record SplitRequest(string School, string Student, string Reason);

internal sealed record SplitAnswer(string Id, string Student, IReadOnlyList<string> Stayed, DateTimeOffset At);

/// <summary>One student on two rosters: suggested by the state's number, joined by people, and taken apart again where it was wrong.</summary>
internal static class StateNumbersApi
{
    public static void MapStateNumbers(this IEndpointRouteBuilder app)
    {
        app.MapApi("state-numbers", "Student record").MapPut("{personId}", SetAsync).WithSummary("Enters a student's number at the state office. It can be compared and never read again. For registrars.")
            .Example(new StateNumberRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "1234567")).Refuses(403, "role.missing").Refuses(409, "state-number.taken").Refuses(422, "join.not-a-student", "state-number.form");
        app.MapApi("join-suggestions", "Student record").MapGet("", SuggestAsync).WithSummary("Students of ?school= whom another school has under the same state number, not joined yet. For registrars; two of them say whether it is so.")
            .Refuses(403, "role.missing");
        app.MapApi("join-splits", "Student record").MapPost("", SplitAsync).WithSummary("Takes a wrong join apart: each entry stays in the record in which it was written. For the registrar of the student's school.")
            .Example(new SplitRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "Two students of one name."))
            .Refuses(403, "role.missing", "join.own-record").Refuses(409, "join.not-joined").Refuses(422, "join.not-a-student", "join.reason");
    }

    private static async Task<IResult> SetAsync(string personId, StateNumberRequest body, CurrentActor me, StateNumberWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.SetAsync(me.Actor, OrganizationId.From(body.School), PersonId.From(personId), body.Number, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<PageOf<JoinSuggestionView>> SuggestAsync(string? school, CurrentActor me, Paging paging, StateNumberWorkflow workflow, CancellationToken cancellationToken)
    {
        var (items, next) = await workflow.SuggestAsync(me.Actor, OrganizationId.From(school ?? ""), paging.Of, cancellationToken);
        return paging.Answer([.. items.Select(item => new JoinSuggestionView(item.Student.Value, item.OtherStudent.Value, item.OtherSchool.Value))], next);
    }

    private static async Task<SplitAnswer> SplitAsync(SplitRequest body, CurrentActor me, Idempotency idempotency, SplitWorkflow workflow, CancellationToken cancellationToken)
    {
        var split = await workflow.SplitAsync(me.Actor, OrganizationId.From(body.School), PersonId.From(body.Student), body.Reason, idempotency.For(me.Actor), cancellationToken);
        return new(split.Id, split.Left.Value, [.. split.Stayed.Select(person => person.Value)], split.At);
    }
}
