using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="Code">What the learner gave you; upper or lower case, with or without hyphens.</param>
internal sealed record JoinByCodeRequest(string School, string Student, string Code);

internal sealed record ProposeJoinRequest(string School, string Student, string OtherSchool, string OtherStudent);

/// <summary>Shown once; works once, within a day.</summary>
internal sealed record JoinCodeAnswer(string Code);

internal sealed record JoinAnswer(string Id, IReadOnlyList<string> People)
{
    public static JoinAnswer Of(LearnerIdentity identity) => new(identity.Id, [.. identity.People.Select(person => person.Value)]);
}

internal sealed record JoinProposalView(string Id, string School, string Student, string OtherSchool, string OtherStudent, DateTimeOffset ProposedAt)
{
    public static JoinProposalView Of(JoinProposal proposal) => new(
        proposal.Id, proposal.FirstSchool.Value, proposal.First.Value, proposal.SecondSchool.Value, proposal.Second.Value, proposal.ProposedAt);
}

/// <summary>One learner, two schools: never matched by name, e-mail or birth date.</summary>
internal static class JoinsApi
{
    public static void MapJoins(this IEndpointRouteBuilder app)
    {
        app.MapApi("join-codes", "Student record").MapPost("", IssueCodeAsync).WithSummary("Makes a one-time code with which another school joins its record with yours.")
            .Refuses(403, "join.for-students").WithMetadata(new RepeatsHarmlessly());

        var joins = app.MapApi("joins", "Student record");
        joins.MapPost("", JoinByCodeAsync).Example(new JoinByCodeRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "7KQM-2RTX-9WBD")).WithSummary("Joins your student with the record of the learner who gave you a code. For registrars.")
            .RefusesJoin().Refuses(422, "join.code");

        var proposals = app.MapApi("join-proposals", "Student record");
        proposals.MapPost("", ProposeAsync).Example(new ProposeJoinRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a92", "019aa0d2c7f07f1c8b0e1f6d5c2b7a93")).WithSummary("Says that your student and another school's are one learner; that school's registrar confirms.").RefusesJoin();
        proposals.MapPost("{id}/confirmations", ConfirmAsync).WithSummary("Confirms what another school's registrar proposed.").RefusesJoin().Refuses(404, "join.not-found").Refuses(403, "join.second-registrar");
    }

    private static TBuilder RefusesJoin<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "role.missing", "join.own-record").Refuses(422, "join.not-a-student", "join.same-person", "join.too-many");

    private static async Task<JoinCodeAnswer> IssueCodeAsync(CurrentActor actor, JoinWorkflow workflow, CancellationToken cancellationToken) =>
        new(await workflow.IssueCodeAsync(actor.Actor, cancellationToken));

    private static async Task<JoinAnswer> JoinByCodeAsync(JoinByCodeRequest body, CurrentActor actor, Idempotency idempotency, JoinWorkflow workflow, CancellationToken cancellationToken) =>
        JoinAnswer.Of(await workflow.JoinByCodeAsync(
            actor.Actor, OrganizationId.From(body.School), PersonId.From(body.Student), body.Code, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<Created<JoinProposalView>> ProposeAsync(ProposeJoinRequest body, CurrentActor actor, Idempotency idempotency, JoinWorkflow workflow, CancellationToken cancellationToken)
    {
        var proposal = await workflow.ProposeAsync(
            actor.Actor,
            OrganizationId.From(body.School),
            PersonId.From(body.Student),
            OrganizationId.From(body.OtherSchool),
            PersonId.From(body.OtherStudent),
            idempotency.For(actor.Actor),
            cancellationToken);
        return TypedResults.Created($"/api/join-proposals/{proposal.Id}", JoinProposalView.Of(proposal));
    }

    private static async Task<JoinAnswer> ConfirmAsync(string id, CurrentActor actor, Idempotency idempotency, JoinWorkflow workflow, CancellationToken cancellationToken) =>
        JoinAnswer.Of(await workflow.ConfirmAsync(actor.Actor, id, idempotency.For(actor.Actor), cancellationToken));
}
