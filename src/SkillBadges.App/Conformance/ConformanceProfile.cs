using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Http;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Conformance;

/// <summary>
/// The engine as interoperability suites meet it: did:key only, nothing fetched. Non-binding, it issues for and accepts issuers
/// that do not own the key, since some suites name issuers that have none.
/// </summary>
internal sealed class ConformanceProfile(ThrowawayIssuers issuers, TimeProvider clock, bool isBinding)
{
    private readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly CredentialVerifier verifier = new(new(
        new DidResolver((_, _) => ValueTask.FromResult(Fetched.NotAllowed), []),
        (_, _) => ValueTask.FromResult(Fetched.NotAllowed),
        (issuer, _) => ValueTask.FromResult(issuers.All.Any(own => own.Did == issuer) ? new TrustedIssuer(issuer, []) : null),
        clock)
    {
        KeysNeedNotBeTheIssuers = !isBinding,
    });

    /// <summary>Signs the <c>credential</c> of the request; one without issuer gets the key's own name.</summary>
    /// <exception cref="RequestRefusedException"><c>conformance.refused</c>, 400.</exception>
    public async Task<byte[]> IssueAsync(SuiteIssuer issuer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = StrictJson.ParseObject(request);
            var credential = WithIssuer(Member(body.RootElement, "credential"), issuer.Did);
            var issued = await integrity.AddProofAsync(credential, new ProofOptions(issuer.Suite) { Created = clock.GetUtcNow() }, issuer.Signer, cancellationToken);

            // What our own verifier would not take must not leave; when it counts and whether it still does is the caller's affair.
            var report = await verifier.VerifyAsync(issued, cancellationToken);
            return report.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed && check.Name is not (CheckName.Validity or CheckName.Status)) is { } failed
                ? throw Refused(failed.Code, failed.Sentence)
                : issued;
        }
        catch (MalformedException fault)
        {
            throw Refused(fault.Code, fault.Message);
        }
    }

    /// <summary>The report on the member of that name, which is good.</summary>
    /// <exception cref="RequestRefusedException"><c>conformance.refused</c>, 400: anything else than genuine and in force.</exception>
    public async Task<VerificationReport> VerifyAsync(string member, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = StrictJson.ParseObject(request);
            var secured = Member(body.RootElement, member);
            var bytes = Encoding.UTF8.GetBytes(secured.ValueKind == JsonValueKind.String ? secured.GetString()! : secured.GetRawText());
            var expected = Expected(body.RootElement);
            var report = await (expected is null ? verifier.VerifyAsync(bytes, cancellationToken) : verifier.VerifyAsync(bytes, expected, cancellationToken));
            var isGood = report.Verdict is Verdict.Valid or Verdict.ValidIssuerUnknown && (expected is null || report.Holder == HolderProof.Proven);
            return isGood ? report : throw Refused(report.Code, report.Checks.FirstOrDefault(check => check.Code == report.Code)?.Sentence ?? "It is not genuine and in force.");
        }
        catch (MalformedException fault)
        {
            throw Refused(fault.Code, fault.Message);
        }
    }

    public static RequestRefusedException Refused(string code, string sentence) => RequestRefused.With(400, "conformance.refused", $"{code}: {sentence}");

    private static JsonElement Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && (member.ValueKind == JsonValueKind.Object || (member.ValueKind == JsonValueKind.String && name != "credential"))
            ? member
            : throw Refused("request", $"The body needs the member {name}.");

    private static PresentationExpectation? Expected(JsonElement body) =>
        body.TryGetProperty("options", out var options) && Text(options, "challenge") is { } challenge ? new(challenge, Text(options, "domain")) : null;

    private static string? Text(JsonElement options, string name) =>
        options.ValueKind == JsonValueKind.Object && options.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static byte[] WithIssuer(JsonElement credential, string did)
    {
        if (credential.TryGetProperty("issuer", out var issuer) && (issuer.ValueKind != JsonValueKind.Object || issuer.TryGetProperty("id", out _)))
        {
            return Encoding.UTF8.GetBytes(credential.GetRawText());
        }

        var named = JsonNode.Parse(credential.GetRawText())!.AsObject();
        if (named["issuer"] is JsonObject profile)
        {
            profile["id"] = did;
        }
        else
        {
            named["issuer"] = did;
        }

        return JsonSerializer.SerializeToUtf8Bytes(named);
    }
}
