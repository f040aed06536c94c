using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.Core;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Sharing;

/// <param name="Awards">Badges, in the order in which they are shown.</param>
/// <param name="Levels">Schools whose decided levels are shown, skill by skill.</param>
/// <param name="WithEvidence">What the proof is called and the role of who signed off; never the proof itself.</param>
/// <param name="WithName">The full name; else initials.</param>
/// <param name="Stacks">Awards of whole stacks, by the ids of <c>/api/derived-credentials</c>; shown behind the badges.</param>
internal sealed record NewShareRequest(
    DateTimeOffset ExpiresAt, IReadOnlyList<string>? Awards = null, IReadOnlyList<string>? Levels = null, bool? WithEvidence = null, bool? WithName = null, IReadOnlyList<string>? Stacks = null)
{
    public ShareScope ToScope() => new([.. (Awards ?? []).Select(AwardId.From)], [.. (Levels ?? []).Select(OrganizationId.From)], WithEvidence ?? false, WithName ?? false) { Stacks = [.. (Stacks ?? []).Select(CredentialId.From)] };
}

/// <param name="State"><c>open</c>, <c>revoked</c> or <c>expired</c>; an open link shows nothing while a consent that it needs does not hold.</param>
internal sealed record ShareView(
    string Id, string State, IReadOnlyList<string> Awards, IReadOnlyList<string> Stacks, IReadOnlyList<string> Levels, bool WithEvidence, bool WithName, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    public static ShareView Of(Share share, DateTimeOffset now) => new(
        share.Id.Value, share.RevokedAt is not null ? "revoked" : share.IsOpenAt(now) ? "open" : "expired",
        [.. share.Scope.Awards.Select(award => award.Value)], [.. share.Scope.Stacks.Select(stack => stack.Value)], [.. share.Scope.Levels.Select(school => school.Value)], share.Scope.WithEvidence, share.Scope.WithName, share.CreatedAt, share.ExpiresAt, share.RevokedAt);
}

/// <param name="Link">Shown this once; whoever has it sees what the link shows.</param>
internal sealed record NewShareAnswer(ShareView Share, string Link);

/// <param name="SignedOffBy">The roles of those who judged, such as <c>Teacher</c>; never a name.</param>
/// <param name="Judges">The same with the school or workplace for which each judged.</param>
internal sealed record SharedLevelView(string Skill, string Level, string Descriptor, IReadOnlyList<string> SignedOffBy, IReadOnlyList<SharedJudge> Judges)
{
    public static SharedLevelView Of(SharedLevel level) => new(level.Skill, level.Level, level.Descriptor, [.. level.Judges.Select(judge => judge.Role).Distinct()], level.Judges);
}

internal sealed record SharedEvidenceView(string Title, string SignedOffBy);

/// <param name="Stands">False once it was taken back or put on hold.</param>
internal sealed record SharedBadgeView(
    int Number, string Name, string Issuer, DateTimeOffset AwardedAt, bool Stands, IReadOnlyList<SharedLevelView> Levels, IReadOnlyList<SharedEvidenceView> Evidence);

/// <param name="Statements">What the learner or the family wrote beside it.</param>
internal sealed record SharedLineView(string School, string Badge, SharedLevelView Level, DateTimeOffset DecidedAt, IReadOnlyList<string> Statements);

/// <param name="Learner">A full name or initials, as the learner chose.</param>
/// <param name="Notice">34 CFR 99.33: it must not be passed on.</param>
internal sealed record SharedRecordView(string Learner, IReadOnlyList<SharedBadgeView> Badges, IReadOnlyList<SharedLineView> Levels, DateTimeOffset ExpiresAt, string Notice)
{
    public const string Words = "Shown to you by the student's choice. Please do not pass it on without their consent.";

    public static SharedRecordView Of(SharedRecord record) => new(
        record.Learner,
        [.. record.Badges.Select(badge => new SharedBadgeView(
            badge.Number, badge.Name, badge.Issuer, badge.AwardedAt, badge.Stands, [.. badge.Levels.Select(SharedLevelView.Of)], [.. badge.Evidence.Select(item => new SharedEvidenceView(item.Title, item.SignedOffBy))]))],
        [.. record.Lines.Select(line => new SharedLineView(line.School, line.Badge, SharedLevelView.Of(line.Level), line.DecidedAt, line.Statements))],
        record.ExpiresAt,
        Words);
}

/// <summary>Links with which learners show part of their record.</summary>
internal static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder app)
    {
        var shares = app.MapApi("shares", "Sharing");
        shares.MapPost("", MakeAsync).Produces<NewShareAnswer>(201).WithSummary("Makes a link that shows chosen badges and stacks, or the levels of chosen schools, until a day. Under 18 a consent of student and guardian must cover all of it.")
            .Example(new NewShareRequest(new(2027, 6, 30, 0, 0, 0, TimeSpan.Zero), ["019aa0d2c7f07f1c8b0e1f6d5c2b7a90"])).WithMetadata(new RepeatsHarmlessly())
            .Refuses(404, "award.not-found", "learner.not-found", "organization.not-found").Refuses(403, "share.consent-missing", "consent.age-unknown", "consent.too-young", "consent.adults-only")
            .Refuses(409, "share.too-many", "storage.version-conflict").Refuses(422, "share.scope", "share.expiry");
        shares.MapGet("", ListAsync).WithSummary("The links of a learner (?learner=), or your own. For the learner, and the family while it holds the rights.").Refuses(404, "learner.not-found");
        shares.MapPost("{id}/revocations", RevokeAsync).WithSummary("Closes a link at once.").WithMetadata(new RepeatsHarmlessly()).Refuses(404, "share.not-found").Refuses(409, "storage.version-conflict");

        var links = app.MapApi("share-links", "Sharing").AllowAnonymous().RequireRateLimiting(RateLimits.PerLink);
        links.MapGet("{token}", OpenAsync).WithSummary("What a link shows. The family can read that it was opened.").Refuses(404, "share.not-found").Refuses(409, "storage.version-conflict");
        links.MapGet("{token}/credentials/{number:int}", CredentialAsync).WithSummary("A signed badge of a link, by its number; ?form= picks vc-jwt-rs256, vc-jwt-es256 or eddsa-rdfc-2022 (default).")
            .Produces<object>(200, "application/vc+ld+json", "text/plain").Refuses(404, "share.not-found", "credential.no-such-form").Refuses(409, "storage.version-conflict");
    }

    /// <summary>What every answer about a link says: nobody keeps it, indexes it or learns of it from the next page's referrer.</summary>
    public static void Hide(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static async Task<IResult> MakeAsync(NewShareRequest body, CurrentActor me, ShareWorkflow workflow, InstanceAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        var made = await workflow.MakeAsync(me.Actor, body.ToScope(), body.ExpiresAt, cancellationToken);
        return TypedResults.Created($"/api/shares/{made.Share.Id}", new NewShareAnswer(ShareView.Of(made.Share, clock.Now()), address.Link($"/s/{made.Token}")));
    }

    private static async Task<PageOf<ShareView>> ListAsync(string? learner, CurrentActor me, Paging paging, ShareWorkflow workflow, TimeProvider clock, CancellationToken cancellationToken) => paging.Answer(
        await workflow.ListAsync(me.Actor, learner is null ? me.Person : PersonId.From(learner), paging.Of, cancellationToken), read => ShareView.Of(read.Document, clock.Now()));

    private static async Task<ShareView> RevokeAsync(string id, CurrentActor me, HttpContext context, ShareWorkflow workflow, TimeProvider clock, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RevokeAsync(me.Actor, ShareId.From(id), cancellationToken), (Share share) => ShareView.Of(share, clock.Now()));

    private static async Task<SharedRecordView> OpenAsync(string token, HttpContext context, ShareOpening opening, CancellationToken cancellationToken)
    {
        Hide(context);
        return SharedRecordView.Of(await opening.OpenAsync(token, cancellationToken));
    }

    private static async Task<IResult> CredentialAsync(string token, int number, string? form, HttpContext context, ShareOpening opening, CancellationToken cancellationToken)
    {
        Hide(context);
        var wanted = CredentialForms.Named(form ?? SignedForm.EddsaRdfc2022) is { } known && known.Form.Name == known.Form.Signed ? known : throw new RefusedException(
            RefusalKind.NotFound, "credential.no-such-form", $"A link hands out {SignedForm.VcJwtRs256}, {SignedForm.VcJwtEs256} and {SignedForm.EddsaRdfc2022}.");
        var (name, signed) = await opening.CredentialAsync(token, number, wanted.Form.Signed, cancellationToken);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{wanted.Form.Extension}\"";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Text(signed.Text, wanted.MediaType);
    }
}
