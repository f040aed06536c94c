using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Presentations;

namespace SkillBadges.App.Verification;

/// <param name="Domain">Whom the answer has to be for, such as <c>employer.example</c>; without it, this instance.</param>
internal sealed record AskRequest(string? Domain);

/// <summary>Both go to the holder's wallet as they are, which signs them in a presentation.</summary>
internal sealed record ChallengeAnswer(string Challenge, string Domain, DateTimeOffset ExpiresAt)
{
    public static ChallengeAnswer Of((string Challenge, PresentationChallenge Asked) question) => new(question.Challenge, question.Asked.Domain, question.Asked.ExpiresAt);
}

/// <summary>Checks any credential for anybody; a bad one is an answer, not an error.</summary>
internal static class VerifyApi
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public static void MapVerify(this IEndpointRouteBuilder app)
    {
        var verify = app.MapApi("verify", "Verification");
        verify.MapPost("", VerifyAsync).AllowAnonymous()
            .WithSummary("Checks a credential: send the file or its text as the body, as it is (JSON, JWT, PNG or SVG; any Content-Type). With ?challenge= a presentation must answer it.")
            .WithMetadata(new RepeatsHarmlessly()).Refuses(413, "request.too-large").Refuses(400, "request.body-missing")
            .Refuses(404, "presentation-challenge.not-found").Refuses(409, "presentation-challenge.used").Refuses(410, "presentation-challenge.expired");
        verify.MapPost("challenges", AskAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).Example(new AskRequest("employer.example"))
            .WithSummary("Makes a question for whoever holds a credential: their wallet signs it within five minutes, and the answer counts once.")
            .WithMetadata(new RepeatsHarmlessly()).Refuses(422, "presentation-challenge.domain").Refuses(429, "request.too-many");
    }

    private static async Task<ChallengeAnswer> AskAsync(AskRequest body, PresentationWorkflow workflow, CancellationToken cancellationToken) =>
        ChallengeAnswer.Of(await workflow.AskAsync(body.Domain, cancellationToken));

    private static async Task<VerificationAnswer> VerifyAsync(
        HttpContext context, string? challenge, InstanceVerifier verifier, PresentationWorkflow workflow, CancellationToken cancellationToken)
    {
        var sent = await context.ReadBodyAsync(MaxBytes, "Please send the credential as the body.", cancellationToken);
        return VerificationAnswer.Of(await (challenge is null ? verifier.VerifyAsync(sent, cancellationToken) : workflow.CheckAsync(sent, challenge, cancellationToken)));
    }
}
