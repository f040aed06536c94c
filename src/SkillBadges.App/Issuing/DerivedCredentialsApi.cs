using System.Text;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.App.Issuing;

/// <summary>A credential that follows from badges that stand: a stack's own award, or a college's proof of credit.</summary>
/// <param name="About">The stack's version, such as <c>welding-1@1</c>, or the course.</param>
/// <param name="RestsOn">Ids of the badges' credentials, as they stand inside the credentials.</param>
internal sealed record DerivedCredentialView(
    string Id, DerivedKind Kind, string Learner, string Organization, string About, string Name, DerivedState State, DateTimeOffset EarnedAt, DateTimeOffset? ValidUntil, DateTimeOffset? IssuedAt, IReadOnlyList<string> RestsOn)
{
    public static DerivedCredentialView Of(DerivedCredential derived) => new(
        derived.Credential.Value, derived.Kind, derived.Learner.Value, derived.Organization.Value, derived.About, derived.Name, derived.State, derived.EarnedAt, derived.ValidUntil, derived.IssuedAt, [.. derived.RestsOn.Select(id => id.Value)]);
}

internal static class DerivedCredentialsApi
{
    public static void MapDerivedCredentials(this IEndpointRouteBuilder app)
    {
        var derived = app.MapApi("derived-credentials", "Awards");
        derived.MapGet("", ListAsync).WithSummary("Your own awards of whole stacks and proofs of college credit, latest first.");
        derived.MapGet("{id}", ReadAsync).WithSummary("One of your own, or one that your organization issued; a proof of college credit also for the family that holds the rights.").Refuses(404, "award.not-found");
        derived.MapGet("{id}/credential", DownloadAsync).WithSummary("The signed credential; ?form= picks vc-jwt-rs256 (default), vc-jwt-es256 or eddsa-rdfc-2022. Without it, the Accept header does.")
            .Produces<object>(200, CredentialForms.MediaTypes[0], CredentialForms.MediaTypes[1..])
            .Refuses(404, "award.not-found", "credential.no-such-form", "credential.no-picture").Refuses(409, "award.not-signed-yet");
    }

    private static async Task<PageOf<DerivedCredentialView>> ListAsync(CurrentActor me, Paging paging, IDocumentStore store, CancellationToken cancellationToken) => paging.Answer(
        await store.QueryAsync(DerivedDocuments.Kind, paging.Of(DerivedDocuments.ByLearner.Where(me.Person.Value).Descending()), cancellationToken), read => DerivedCredentialView.Of(read.Document));

    private static async Task<DerivedCredentialView> ReadAsync(string id, CurrentActor me, HttpContext context, DerivedReading reading, CancellationToken cancellationToken) =>
        context.Answer(await reading.ReadAsync(me.Actor, CredentialId.From(id), cancellationToken), DerivedCredentialView.Of);

    private static async Task<IResult> DownloadAsync(string id, [FromQuery] string? form, CurrentActor me, HttpContext context, DerivedReading reading, CancellationToken cancellationToken)
    {
        (CredentialForm Form, string MediaType)? wanted = form is null ? CredentialForms.Accepted(context.Request.Headers.Accept) : CredentialForms.Named(form);
        var (derived, signed) = await reading.CredentialAsync(me.Actor, CredentialId.From(id), wanted?.Form.Signed ?? form!, cancellationToken);
        var (known, mediaType) = wanted ?? throw new InvalidOperationException($"The form {signed.Name} has no media type.");
        if (known.Image != ImageKind.Unknown)
        {
            throw new RefusedException(RefusalKind.NotFound, "credential.no-picture", "This has no picture that could hold the credential; please take another form.");
        }

        PrivateDownload.Announce(context, $"{(derived.Kind == DerivedKind.Stack ? derived.Subject : "credit")}.{known.Extension}");
        context.Response.Headers.Append(Microsoft.Net.Http.Headers.HeaderNames.Vary, Microsoft.Net.Http.Headers.HeaderNames.Accept);
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(signed.Text), mediaType);
    }
}
