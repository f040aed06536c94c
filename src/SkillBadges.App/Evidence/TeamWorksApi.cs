using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Evidence">Id of a file, link or text in your draft.</param>
/// <param name="Members">The others who made it.</param>
internal sealed record ShareTeamWorkRequest(string Submission, string Evidence, IReadOnlyList<string> Members);

/// <param name="OwnPart">What your part of it was.</param>
/// <param name="Option">The choice of the board that it answers.</param>
internal sealed record TeamProofRequest(string TeamWork, string Competency, string OwnPart, string? Option = null);

internal sealed record TeamMemberView(string Person, bool HasAccepted);

/// <param name="Size">How many are named; <paramref name="Members"/> holds those whom you may know of.</param>
internal sealed record TeamWorkView(string Id, string Organization, string Title, string Sha256, DateTimeOffset SharedAt, int Size, IReadOnlyList<TeamMemberView> Members)
{
    public static TeamWorkView Of(TeamWork work, IReadOnlyList<TeamMember> known) => new(
        work.Id.Value,
        work.Organization.Value,
        work.Piece.Title,
        work.Piece.Digest.Hex,
        work.SharedAt,
        work.Members.Length,
        [.. known.Select(member => new TeamMemberView(member.Person.Value, member.AcceptedAt is not null))]);
}

/// <summary>What students made together: shared once, handed in by each, judged for each.</summary>
internal static class TeamWorksApi
{
    public static void MapTeamWorks(this IEndpointRouteBuilder app)
    {
        var works = app.MapApi("team-works", "Paths");
        works.MapPost("", ShareAsync).WithSummary("Shares a piece of your draft with those who made it, too.")
            .Example(new ShareTeamWorkRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", ["019aa0d2c7f07f1c8b0e1f6d5c2b7a92"]))
            .Refuses(404, "submission.not-found", "evidence.not-found").Refuses(422, "team-work.members", "team-work.piece", "team-work.not-a-learner");
        works.MapGet("", OwnAsync).WithSummary("What you made with others, latest first.");
        works.MapGet("{id}", ReadAsync).WithSummary("One piece of team work: all members to a member, to a teacher those whom they teach.").Refuses(404, "team-work.not-found");
        works.MapPost("{id}/acceptances", AcceptAsync).WithSummary("Says that you made it, too.").Refuses(404, "team-work.not-found");
        app.MapApi("submissions", "Paths").MapPost("{id}/team-works", ProveAsync).WithSummary("Takes what your team made into your own draft, with what your part was.")
            .Example(new TeamProofRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "teamwork", "I wrote the tests and ran the demonstration."))
            .Refuses(404, "submission.not-found", "team-work.not-found").Refuses(409, "submission.not-editable", "team-work.not-accepted", "team-work.alone").Refuses(410, "evidence.erased")
            .Refuses(422, "team-work.own-part", "definition.unknown-competency", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind");
    }

    private static async Task<Created<TeamWorkView>> ShareAsync(ShareTeamWorkRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, TeamWorkWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ShareAsync(
            actor.Actor, SubmissionId.From(body.Submission), body.Evidence, [.. body.Members.Select(PersonId.From)], idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/team-works/{read.Id}", View(read));
    }

    private static async Task<PageOf<TeamWorkView>> OwnAsync(CurrentActor actor, Paging paging, TeamWorkWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OwnAsync(actor.Actor, paging.Of, cancellationToken), View);

    private static async Task<TeamWorkView> ReadAsync(string id, CurrentActor actor, TeamWorkWorkflow workflow, CancellationToken cancellationToken)
    {
        var seen = await workflow.ReadAsync(actor.Actor, TeamWorkId.From(id), cancellationToken);
        return TeamWorkView.Of(seen.Work, seen.Known);
    }

    private static async Task<TeamWorkView> AcceptAsync(string id, CurrentActor actor, Idempotency idempotency, HttpContext context, TeamWorkWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AcceptAsync(actor.Actor, TeamWorkId.From(id), idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return View(read);
    }

    private static async Task<SubmissionView> ProveAsync(
        string id, TeamProofRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TeamWorkWorkflow workflow, CancellationToken cancellationToken) =>
        SubmissionsApi.Answer(context, await workflow.ProveAsync(
            actor.Actor, SubmissionId.From(id), body.Competency, TeamWorkId.From(body.TeamWork), body.OwnPart, body.Option, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken));

    private static TeamWorkView View(Read<TeamWork> read) => TeamWorkView.Of(read.Document, read.Document.Members);
}
