using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <param name="Revision">The revision that was read; it has to be the newest one.</param>
/// <param name="OrganizationId">In whose name; left out by who signs for one only.</param>
/// <param name="Comment">Is published with the sign-off.</param>
internal sealed record SignOffRequest(int Revision, string? OrganizationId = null, string? Comment = null);

internal sealed record WithdrawSignOffRequest(string Reason);

/// <param name="StandsInFor">The side whose one missing sign-off the vote stands in for.</param>
/// <param name="Bodies">Names of the organizations that took part; never of persons under age.</param>
/// <param name="MinutesSha256">Of minutes that were uploaded for this badge.</param>
internal sealed record CommitteeVoteRequest(int Revision, string Committee, DateOnly HeldOn, SigningParty StandsInFor, IReadOnlyList<string> Bodies, string Minutes, string? MinutesSha256 = null);

/// <param name="Address">A mail address; the link goes there and nowhere else.</param>
internal sealed record NewSignerRequest(string OrganizationId, string Address);

internal sealed record PublicationRequest(int Revision);

/// <param name="ReplacedBy">Slug of the badge that takes its place.</param>
internal sealed record RetirementRequest(string Reason, string? ReplacedBy = null);

internal sealed record RetirementView(string Slug, DateTimeOffset At, string Reason, string? ReplacedBy);

/// <summary>Organizations sign one content, take it back, and publish what is signed.</summary>
internal static class SignOffsApi
{
    private const string Id = "019aa0d2c7f07f1c8b0e1f6d5c2b7a90";

    public static void MapSignOffs(this IEndpointRouteBuilder app)
    {
        var definitions = app.MapApi("definitions/{slug}", DefinitionsApi.Tag);
        definitions.MapPost("sign-offs", SignAsync).Example(new SignOffRequest(3, Comment: "This is what our shops ask for.")).WithSummary("Signs exactly this content for your organization. Signing twice changes nothing.")
            .Refuses(403, "role.missing", "definition.not-a-co-author").Refuses(404, "definition.not-found", "organization.not-found").Refuses(409, "definition.revision-stale", "definition.incomplete", "sign-off.same-person").Refuses(422, "sign-off.comment");
        definitions.MapGet("sign-offs", ListAsync).WithSummary("Every sign-off that was ever given, in order; isStanding says which count for the newest revision.").Refuses(404, "definition.not-found");
        definitions.MapPost("sign-offs/{id}/withdrawals", WithdrawAsync).Example(new WithdrawSignOffRequest("The standard behind it changed.")).WithSummary("Takes a sign-off back, also after publication; the version shows it.")
            .Refuses(403, "role.missing").Refuses(404, "definition.not-found", "sign-off.not-found", "organization.not-found", "badge.not-found").Refuses(409, "sign-off.withdrawn").Refuses(422, "sign-off.reason");
        definitions.MapPost("committee-votes", VoteAsync)
            .Example(new CommitteeVoteRequest(3, "Advisory committee for welding", new(2026, 11, 1), SigningParty.Industry, ["North College", "Forge Works"], "Moved, seconded and carried: the badge as it stands, seven for, none against."))
            .WithSummary("Records a vote of an advisory committee with its minutes. It stands in for one missing sign-off and is labeled a vote.")
            .Refuses(403, "role.missing").Refuses(404, "definition.not-found", "organization.not-found").Refuses(409, "definition.revision-stale", "definition.incomplete")
            .Refuses(422, "committee-vote.committee", "committee-vote.day", "committee-vote.bodies", "committee-vote.minutes", "committee-vote.minutes-file");
        definitions.MapPost("signers", InviteAsync).Example(new NewSignerRequest(Id, "lead@forge.example")).Produces<SignerView>(201)
            .WithSummary("Asks somebody without an account to sign for an organization: the link goes by letter, the code is in this answer, once.")
            .Refuses(403, "definition.not-a-co-author", "signer.not-yours").Refuses(404, "definition.not-found", "signer.not-found").Refuses(422, "letter.address");
        definitions.MapGet("signers", SignersAsync).WithSummary("Who was asked to sign by letter, and what became of it.").Refuses(404, "definition.not-found");
        definitions.MapDelete("signers/{id}", RevokeAsync).WithSummary("Takes the request back; its links work no more.").Refuses(403, "signer.not-yours").Refuses(404, "definition.not-found", "signer.not-found").Refuses(409, "signer.settled", "storage.version-conflict");
        definitions.MapPost("publications", PublishAsync).Example(new PublicationRequest(3)).Produces<ProvenanceView>(201).WithSummary("Publishes the newest revision. For who leads the badge, once everybody has signed.")
            .Refuses(403, "definition.owner-only").Refuses(404, "definition.not-found", "revision.not-found", "organization.not-found", "badge.not-found")
            .Refuses(409, "definition.sign-off-missing", "definition.incomplete", "definition.revision-stale", "definition.already-published", "badge.retired").Refuses(422, "definition.lint");
        definitions.MapPost("retirements", RetireAsync).Example(new RetirementRequest("GMAW took its place in our shops.", "gmaw-fillet")).WithSummary("Takes a badge out of use: no new work starts, open work may be finished.")
            .Refuses(403, "role.missing").Refuses(404, "definition.not-found", "badge.not-found").Refuses(409, "badge.retired").Refuses(422, "badge.replaced-by", "badge.retirement-reason");
    }

    private static async Task<DefinitionView> SignAsync(
        string slug, SignOffRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, SignOffWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken)
    {
        var organization = body.OrganizationId is null ? (OrganizationId?)null : OrganizationId.From(body.OrganizationId);
        var read = await workflow.SignAsync(me.Actor, slug, organization, body.Revision, body.Comment, idempotency.For(me.Actor), cancellationToken);
        return await DefinitionsApi.AnswerAsync(context, read, publications, cancellationToken);
    }

    private static async Task<PageOf<SignOffView>> ListAsync(string slug, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken)
    {
        var draft = (await reading.ReadAsync(me.Actor, slug, cancellationToken)).Document;
        return paging.AnswerFrom(draft.SignOffs, signOff => SignOffView.Of(signOff, draft.Standing.Contains(signOff)));
    }

    private static async Task<DefinitionView> WithdrawAsync(
        string slug, string id, WithdrawSignOffRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, SignOffWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken) =>
        await DefinitionsApi.AnswerAsync(context, await workflow.WithdrawAsync(me.Actor, slug, id, body.Reason, idempotency.For(me.Actor), cancellationToken), publications, cancellationToken);

    private static async Task<DefinitionView> VoteAsync(
        string slug, CommitteeVoteRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, SignOffWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken)
    {
        var file = body.MinutesSha256 is null ? (Sha256Digest?)null : Sha256Digest.TryParse(body.MinutesSha256, out var digest) ? digest : throw Refused.Invalid("committee-vote.minutes-file", "A digest is 64 hexadecimal digits.");
        var entry = new CommitteeVoteEntry(body.Committee, body.HeldOn, body.StandsInFor, [.. body.Bodies], body.Minutes, file);
        return await DefinitionsApi.AnswerAsync(context, await workflow.RecordVoteAsync(me.Actor, slug, body.Revision, entry, idempotency.For(me.Actor), cancellationToken), publications, cancellationToken);
    }

    private static async Task<Created<SignerView>> InviteAsync(string slug, NewSignerRequest body, CurrentActor me, Idempotency idempotency, SignerWorkflow workflow, CancellationToken cancellationToken)
    {
        var made = await workflow.InviteAsync(me.Actor, slug, OrganizationId.From(body.OrganizationId), body.Address, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/definitions/{slug}/signers", SignerView.Of(made.Invitation.Document, made.Code));
    }

    private static async Task<PageOf<SignerView>> SignersAsync(string slug, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.ListAsync(me.Actor, slug, CoAuthoringDocuments.Signers, CoAuthoringDocuments.SignersBySlug, paging.Of, cancellationToken), read => SignerView.Of(read.Document, null));

    private static async Task<SignerView> RevokeAsync(string slug, string id, CurrentActor me, SignerWorkflow workflow, CancellationToken cancellationToken) =>
        SignerView.Of((await workflow.RevokeAsync(me.Actor, slug, id, cancellationToken)).Document, null);

    private static async Task<Created<ProvenanceView>> PublishAsync(string slug, PublicationRequest body, CurrentActor me, Idempotency idempotency, PublicationWorkflow workflow, ProvenanceReading reading, IDocumentStore store, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var provenance = await workflow.PublishAsync(me.Actor, slug, body.Revision, idempotency.For(me.Actor), cancellationToken);
        var leads = (await store.GetAsync(CoAuthoringDocuments.Drafts, slug, "definition", cancellationToken)).Document.Owner;
        var findings = DefinitionLint.Findings(await store.VersionAsync(provenance.Version, cancellationToken), await settings.UsesStandardsAsync(leads, cancellationToken));
        return TypedResults.Created($"/api/badges/{slug}/versions/{provenance.Version.Version}/provenance", await reading.ReadAsync(provenance.Version, cancellationToken) with { Findings = findings });
    }

    private static async Task<RetirementView> RetireAsync(string slug, RetirementRequest body, CurrentActor me, Idempotency idempotency, PublicationWorkflow workflow, CancellationToken cancellationToken)
    {
        var head = await workflow.RetireAsync(me.Actor, slug, body.Reason, body.ReplacedBy, idempotency.For(me.Actor), cancellationToken);
        return new(head.Slug, head.Retired!.At, head.Retired.Reason, head.Retired.ReplacedBy);
    }
}
