using System.Text;
using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.App.Verification;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>An organization's signed word for a version.</summary>
/// <param name="Verdict">What the verifier says of it now; <c>could-not-be-checked</c> while it is being signed.</param>
/// <param name="Credential">The signed EndorsementCredential; null while it is being signed.</param>
internal sealed record EndorsementView(string OrganizationId, DateTimeOffset SignedOffAt, EndorsementState State, DateTimeOffset? WithdrawnAt, string Verdict, string Sentence, JsonElement? Credential);

/// <summary>Reads and verifies the endorsements of a version.</summary>
internal sealed class EndorsementReading(IDocumentStore store, InstanceVerifier verifier)
{
    /// <exception cref="Core.RefusedException"><c>badge.not-found</c>.</exception>
    public async Task<IReadOnlyList<EndorsementView>> ReadAsync(BadgeVersionId version, CancellationToken cancellationToken)
    {
        _ = await store.VersionAsync(version, cancellationToken);
        var views = new List<EndorsementView>();
        foreach (var (read, json) in await BadgeEndorsements.OfAsync(store, version, cancellationToken))
        {
            var verified = json is null ? null : VerificationAnswer.Of(await verifier.VerifyAsync(Encoding.UTF8.GetBytes(json.Text), cancellationToken));
            var endorsement = read.Document;
            views.Add(new(
                endorsement.Organization.Value, endorsement.SignedOffAt, endorsement.State, endorsement.WithdrawnAt, verified?.Verdict ?? "could-not-be-checked",
                verified?.Sentence ?? "It is being signed.", json is null ? null : JsonElement.Parse(json.Text)));
        }

        return views;
    }
}

internal static class EndorsementsApi
{
    public static void MapEndorsements(this IEndpointRouteBuilder app) =>
        app.MapApi("badges/{slug}/versions/{version:int}/endorsements", DefinitionsApi.Tag).AllowAnonymous().MapGet("", ListAsync)
            .WithSummary("The sign-offs of a version as signed EndorsementCredentials, each verified now. A committee's vote is none.").Refuses(404, "badge.not-found");

    // All of them: no more organizations write a badge than fit on a page.
    private static async Task<PageOf<EndorsementView>> ListAsync(string slug, int version, EndorsementReading reading, CancellationToken cancellationToken) =>
        new(await reading.ReadAsync(new(slug, version), cancellationToken), null);
}
