using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Http;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Conformance;

/// <summary>
/// The engine as interoperability suites meet it: did:key only, nothing fetched but the run's own status lists, and every proof of a set has to hold.
/// Non-binding, it issues for and accepts issuers that do not own the key, since some suites name issuers that have none.
/// </summary>
internal sealed class ConformanceProfile(ThrowawayIssuers issuers, SuiteStatusLists statusLists, TimeProvider clock, bool isBinding)
{
    private const string Version1 = "https://www.w3.org/2018/credentials/v1";
    private const string ProofContext = "https://w3id.org/security/data-integrity/v2";

    private readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly CredentialVerifier verifier = new(new(
        new DidResolver((_, _) => ValueTask.FromResult(Fetched.NotAllowed), []),
        statusLists.FetchAsync,
        (issuer, _) => ValueTask.FromResult(issuers.All.Any(own => own.Did == issuer) ? new TrustedIssuer(issuer, []) : null),
        clock)
    {
        KeysNeedNotBeTheIssuers = !isBinding,
        EveryProofMustHold = true,
    });

    /// <summary>Signs the <c>credential</c> of the request; one without issuer gets the key's own name.</summary>
    /// <param name="purpose">The status that it gets a place for; null for none.</param>
    /// <exception cref="RequestRefusedException"><c>conformance.refused</c>, 400.</exception>
    public Task<byte[]> IssueAsync(SuiteIssuer issuer, string? purpose, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ReadableAsync(async () =>
    {
        using var request = SuiteRequest.Read(bytes, "credential", takesTokens: false);
        var credential = Completed(request.Subject, issuer, purpose);
        var issued = await integrity.AddProofAsync(credential, new ProofOptions(issuer.Suite) { Created = clock.GetUtcNow() }, issuer.Signer, cancellationToken);

        // What our own verifier would not take must not leave; when it begins to count and whether it still does is the caller's affair.
        var report = await verifier.VerifyAsync(issued, cancellationToken);
        return report.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed && check.Code is not ("expired" or "not-yet-valid" or "revoked" or "suspended")) is { } failed
            ? throw Refused(failed.Code, failed.Sentence)
            : issued;
    });

    /// <summary>The answer about the <c>verifiableCredential</c>, which is good.</summary>
    /// <param name="only">The suite that must have been used; null takes any.</param>
    /// <exception cref="RequestRefusedException"><c>conformance.refused</c>, 400: anything else than genuine and in force.</exception>
    public Task<SuiteAnswer> VerifyCredentialAsync(SuiteIssuer? only, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ReadableAsync(async () =>
    {
        using var request = SuiteRequest.Read(bytes, "verifiableCredential", takesTokens: true);
        RequireOptions(request, "assertionMethod");
        RequireSuite(request.Subject, only);
        var report = await verifier.VerifyAsync(Bytes(request.Subject), cancellationToken);
        if (report.Format == CredentialFormat.Presentation || report.Verdict is not (Verdict.Valid or Verdict.ValidIssuerUnknown))
        {
            throw Explained(report);
        }

        return SuiteAnswer.Of(report) with { VerifiableCredential = request.Flag("returnCredential") ? request.Subject.Clone() : null };
    });

    /// <summary>The answer about the <c>verifiablePresentation</c>, which is good; if a challenge was named, its holder answered it.</summary>
    /// <inheritdoc cref="VerifyCredentialAsync"/>
    public Task<SuiteAnswer> VerifyPresentationAsync(SuiteIssuer? only, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ReadableAsync(async () =>
    {
        using var request = SuiteRequest.Read(bytes, "verifiablePresentation", takesTokens: true);
        RequireOptions(request, "authentication");
        RequireSuite(request.Subject, only);
        var secured = Bytes(request.Subject);
        var report = await (request.Expectation is { } expected ? verifier.VerifyAsync(secured, expected, cancellationToken) : verifier.VerifyAsync(secured, cancellationToken));

        // 4.13 lets a presentation hold nothing; here it then has to be signed at least. People are told that there is nothing in it.
        var isEmpty = report is { Code: "presentation-empty", SignatureHolds: true };
        var isAnswered = request.Expectation is null || report.SignatureHolds;
        if (report.Format != CredentialFormat.Presentation || !isAnswered || !(isEmpty || report.Verdict is Verdict.Valid or Verdict.ValidIssuerUnknown))
        {
            throw Explained(report);
        }

        return SuiteAnswer.Of(report) with { VerifiablePresentation = request.Flag("returnPresentation") ? request.Subject.Clone() : null };
    });

    // What cannot be read at all is refused as what does not hold is.
    private static async Task<T> ReadableAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (MalformedException fault)
        {
            throw Refused(fault.Code, fault.Message);
        }
    }

    public static RequestRefusedException Refused(string code, string sentence) => RequestRefused.With(400, "conformance.refused", $"{code}: {sentence}");

    private static RequestRefusedException Explained(VerificationReport report) =>
        Refused(report.Code, report.Checks.FirstOrDefault(check => check.Code == report.Code)?.Sentence ?? "It is not genuine and in force.");

    private static byte[] Bytes(JsonElement subject) => Encoding.UTF8.GetBytes(subject.ValueKind == JsonValueKind.String ? subject.GetString()! : subject.GetRawText());

    /// <summary>What the options expect of the proofs beyond what is checked anyway.</summary>
    private static void RequireOptions(SuiteRequest request, string purpose)
    {
        if ((request.ExpectedProofPurpose ?? purpose) != purpose)
        {
            throw Refused(ProofFault.PurposeMismatch, $"What is checked here is signed for {purpose}.");
        }

        foreach (var proof in Proofs(request.Subject))
        {
            if (request.Domain is { } domain && !proof.Domain.Contains(domain))
            {
                throw Refused(ProofFault.DomainMismatch, "The proof was made for another domain, or for none.");
            }

            if (request.Challenge is { } challenge && proof.Challenge != challenge)
            {
                throw Refused(ProofFault.ChallengeMismatch, "The proof answers another challenge, or none.");
            }
        }
    }

    /// <summary>An address for one suite takes proofs of that suite alone, made with keys of its kind.</summary>
    private static void RequireSuite(JsonElement subject, SuiteIssuer? only)
    {
        if (only is null)
        {
            return;
        }

        var proofs = Proofs(subject);
        if (proofs.Count == 0 || proofs.Any(proof => proof.Suite != only.Suite || AlgorithmOf(proof) is not { } algorithm || algorithm != only.Signer.Algorithm))
        {
            throw Refused(ProofFault.SuiteUnknown, $"Here every proof is one of {only.Suite.Name}, made with a key for {only.Signer.Algorithm}.");
        }
    }

    private static IReadOnlyList<DataIntegrityProof> Proofs(JsonElement subject)
    {
        if (subject.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        using var document = SecuredDocument.Read(Bytes(subject));
        return document.Proofs;
    }

    /// <summary>Null for a key that is not one of did:key; then the key is not known here anyway.</summary>
    private static SignatureAlgorithm? AlgorithmOf(DataIntegrityProof proof) =>
        proof.VerificationMethod is { } method && method.StartsWith(DidKey.Prefix, StringComparison.Ordinal) ? DidKey.Resolve(method.Split('#')[0]).Methods[0].Key.Algorithm : null;

    /// <summary>The credential with what an issuer adds: its own name, a place for its status, the context of the proof in version 1.1, which does not have it.</summary>
    private byte[] Completed(JsonElement sent, SuiteIssuer issuer, string? purpose)
    {
        var credential = JsonNode.Parse(sent.GetRawText())!.AsObject();
        if (!credential.ContainsKey("issuer"))
        {
            credential["issuer"] = issuer.Did;
        }
        else if (credential["issuer"] is JsonObject profile && !profile.ContainsKey("id"))
        {
            profile["id"] = issuer.Did;
        }

        if (credential["@context"] is JsonArray contexts && contexts.Count > 0 && contexts[0] is JsonValue first && first.TryGetValue(out string? model) && model == Version1
            && !contexts.Any(context => context is JsonValue value && value.TryGetValue(out string? name) && name == ProofContext))
        {
            contexts.Add(ProofContext);
        }

        if (purpose is not null)
        {
            if (credential.ContainsKey("credentialStatus"))
            {
                throw Refused("status", "This address gives the status itself; send the credential without credentialStatus.");
            }

            var id = credential["id"] is JsonValue own && own.TryGetValue(out string? text) ? text : throw Refused("status", "A credential with a status needs an id here.");
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                statusLists.Allocate(purpose, id).Write(writer);
            }

            credential["credentialStatus"] = JsonNode.Parse(stream.ToArray());
        }

        return JsonSerializer.SerializeToUtf8Bytes(credential);
    }
}
