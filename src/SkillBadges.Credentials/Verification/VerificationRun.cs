using System.Runtime.InteropServices;
using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Verification;

/// <summary>One verification, with the credentials that it finds inside and everything it has looked up so far.</summary>
internal sealed class VerificationRun
{
    /// <summary>A presentation, a record in it, a badge in that, its endorsement.</summary>
    private const int MaxDepth = 4;

    private const int MostInner = 256;

    /// <summary>From so many credentials on they are looked at by several threads: handing work out costs something too.</summary>
    private const int ManyInside = 16;

    private static readonly int threads = Math.Min(Environment.ProcessorCount, 4);

    private readonly VerifierPorts ports;
    private readonly DataIntegrity integrity;
    private readonly KeyBinding binding;
    private readonly StatusCheck status;
    private readonly PresentationCheck presentations;
    private readonly WorkBudget budget;
    private readonly Dictionary<(ReadOnlyMemory<byte> Bytes, string Issuer), Task<(StatusListCredential? List, string? Code)>> verifiedLists = [];
    private int innerCount;

    internal VerificationRun(VerifierPorts ports, DataIntegrity integrity, PresentationExpectation? expected)
    {
        this.ports = ports;
        this.integrity = integrity;
        var lookups = new Lookups(ports);
        binding = new KeyBinding(lookups, ports.KeysNeedNotBeTheIssuers);
        budget = new WorkBudget(ports.Clock);
        status = new StatusCheck(lookups.FetchListAsync, VerifyListOnceAsync, budget);
        presentations = new PresentationCheck(this, binding, integrity, budget, expected, ports);
    }

    internal async ValueTask<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, int depth, CancellationToken cancellationToken)
    {
        var draft = new ReportDraft();
        using var input = Read(draft, bytes);
        if (input is not null)
        {
            draft.Format = input.Format;
            if (input.IsPresentation && depth > 0)
            {
                // Anybody may put together a presentation; where a credential belongs it would pass for one.
                draft.Fail(CheckName.Shape, "presentation-inside", "A presentation stands where a credential belongs.");
            }
            else if (input.IsPresentation)
            {
                await presentations.RunAsync(draft, input, depth, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                draft.Summary = SummaryReading.Read(input.Credential);
                await CheckAsync(draft, input, depth, cancellationToken).ConfigureAwait(false);
            }
        }

        return draft.ToReport();
    }

    /// <summary>
    /// Verifies what stands at a place within another document, and keeps the report there. False when it is more than is looked at: then
    /// that is the last report, for a small document can hold hundreds of thousands of them.
    /// </summary>
    internal async ValueTask<bool> AddInnerAsync(ReportDraft draft, string place, ReadOnlyMemory<byte> bytes, int depth, CancellationToken cancellationToken)
    {
        if (depth >= MaxDepth || Interlocked.Increment(ref innerCount) > MostInner)
        {
            draft.Inner.Add(TooMany(place));
            return false;
        }

        draft.Inner.Add(new InnerReport(place, await VerifyAsync(bytes, depth + 1, cancellationToken).ConfigureAwait(false)));
        return true;
    }

    /// <summary>The same for all that stand at a place, in their order; many of a document that is inside no other are shared out among threads.</summary>
    internal async ValueTask AddInnerAsync(ReportDraft draft, string place, IReadOnlyList<JsonElement> credentials, int depth, CancellationToken cancellationToken)
    {
        if (credentials.Count < ManyInside || depth > 0)
        {
            for (var (number, isLookedAt) = (0, true); isLookedAt && number < credentials.Count; number++)
            {
                isLookedAt = await AddInnerAsync(draft, $"{place}/{number}", JsonMarshal.GetRawUtf8Value(credentials[number]).ToArray(), depth, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        // Their places are taken before any of them takes one for what it holds itself.
        var looked = Math.Clamp(MostInner - innerCount, 0, credentials.Count);
        Interlocked.Add(ref innerCount, looked);
        budget.Allow(looked);
        var reports = new VerificationReport[looked];
        await Parallel.ForAsync(0, looked, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, async (number, token) =>
            reports[number] = await VerifyAsync(JsonMarshal.GetRawUtf8Value(credentials[number]).ToArray(), depth + 1, token).ConfigureAwait(false)).ConfigureAwait(false);
        draft.Inner.AddRange(reports.Select((report, number) => new InnerReport($"{place}/{number}", report)));
        if (looked < credentials.Count)
        {
            draft.Inner.Add(TooMany($"{place}/{looked}"));
        }
    }

    private static InnerReport TooMany(string place)
    {
        var refused = new ReportDraft();
        refused.Unknown(CheckName.Parse, "too-many-inside", "There are more credentials inside one another than are looked at.");
        return new(place, refused.ToReport());
    }

    private CredentialInput? Read(ReportDraft draft, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var input = CredentialInput.Read(bytes, ports);
            draft.Pass(CheckName.Parse, "The file is one well-formed credential.");
            return input;
        }
        catch (MalformedException fault)
        {
            // A way to sign that we do not know is no sign of a forgery.
            draft.Set(CheckName.Parse, fault.Code == CredentialEnvelope.Unsupported ? CheckOutcome.Unknown : CheckOutcome.Failed, fault.Code, fault.Message);
            return null;
        }
    }

    private async ValueTask CheckAsync(ReportDraft draft, CredentialInput input, int depth, CancellationToken cancellationToken)
    {
        if (!CheckShape(draft, input, isList: CredentialMembers.HasType(input.Credential, StatusListCredential.TypeName)) || CredentialMembers.IssuerId(input.Credential) is not { } issuerId)
        {
            return;
        }

        var trusted = await ports.Trust(issuerId, cancellationToken).ConfigureAwait(false);
        if (!await CheckSignatureAsync(draft, input, issuerId, trusted, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        ValidityCheck.Run(draft, input.Credential, ports.Clock.GetUtcNow());
        await status.RunAsync(draft, input.Credential, issuerId, cancellationToken).ConfigureAwait(false);
        if (ports.KeysNeedNotBeTheIssuers)
        {
            draft.Unknown(CheckName.IssuerKnown, "keys-not-bound", "The signature was not held against the issuer's own keys: this verifier is set up for tests.");
        }
        else if (trusted is not null)
        {
            draft.Pass(CheckName.IssuerKnown, "The issuer is on a list of known issuers.");
        }
        else
        {
            draft.Unknown(CheckName.IssuerKnown, "issuer-unknown", "The signature is the issuer's own, but the issuer is on no list of known issuers.");
        }

        await InnerCredentials.CheckRecordAsync(this, draft, input.Credential, depth, cancellationToken).ConfigureAwait(false);
        await InnerCredentials.CheckEndorsementsAsync(this, draft, input.Credential, depth, cancellationToken).ConfigureAwait(false);
        draft.Skip(CheckName.Holder, "not-presented", depth == 0 ? "Nobody presented the credential, so there was no holder to check." : "The credential is inside another and was not presented by itself, so there was no holder to check.");
    }

    /// <param name="isList">Whether it is also held to the rules for status lists, bits included.</param>
    private bool CheckShape(ReportDraft draft, CredentialInput input, bool isList)
    {
        var badge = OpenBadgeValidation.Check(input.Tape);
        var fault = badge.Model == CredentialModel.Unknown
            ? PlainCredentialShape.Fault(input.Credential)
            : badge.Faults.Select(found => ((string, string)?)(found.Code, $"{found.Message} (at {(found.Path.Length == 0 ? "/" : found.Path)})")).FirstOrDefault();
        if (fault is null && isList)
        {
            fault = ListFault(input.Credential);
        }

        if (fault is var (code, sentence))
        {
            draft.Fail(CheckName.Shape, code, sentence);
            return false;
        }

        draft.Pass(CheckName.Shape, "The credential has the members that its standard demands.");
        return true;
    }

    private (string Code, string Sentence)? ListFault(JsonElement credential)
    {
        // Bitstring Status List 2.2 lets a list go without an id; no entry leads to it then, and it is a credential like any other.
        if (!credential.TryGetProperty("id", out _))
        {
            return null;
        }

        try
        {
            var list = StatusListCredential.Read(credential);
            if (!budget.IsSpent)
            {
                budget.Run(() => BitstringStatusList.Read(list.EncodedList, bitsPerEntry: 1));
            }

            return null;
        }
        catch (MalformedException fault)
        {
            return (fault.Code, fault.Message);
        }
    }

    /// <summary>True when the signature is the issuer's and the claims, if it has any, agree.</summary>
    private async ValueTask<bool> CheckSignatureAsync(
        ReportDraft draft, CredentialInput input, string issuerId, TrustedIssuer? trusted, CancellationToken cancellationToken)
    {
        var now = ports.Clock.GetUtcNow();
        var signedAt = CredentialDates.ValidFrom(input.Credential);
        if (input.Token is { } token)
        {
            var bound = await binding.BindAsync(issuerId, trusted, token.Header.KeyId, forAssertion: true, cancellationToken).ConfigureAwait(false);
            return JwtSignatureCheck.Run(draft, token, bound, signedAt) && ClaimsCheck.Run(draft, token, now);
        }

        draft.Skip(CheckName.Claims, "no-claims", "Only tokens have claims beside the credential.");
        return await DataIntegrityCheck.RunAsync(
            draft, integrity, input, new ProofExpectations(now), signedAt, budget, ports.EveryProofMustHold,
            method => binding.BindAsync(issuerId, trusted, method, forAssertion: true, cancellationToken)).ConfigureAwait(false);
    }

    // The badges of one school are on a few lists; each is verified once.
    private async ValueTask<(StatusListCredential? List, string? Code)> VerifyListOnceAsync(ReadOnlyMemory<byte> bytes, string issuerId, CancellationToken cancellationToken)
    {
        Task<(StatusListCredential? List, string? Code)>? verified;
        lock (verifiedLists)
        {
            if (!verifiedLists.TryGetValue((bytes, issuerId), out verified))
            {
                verifiedLists[(bytes, issuerId)] = verified = VerifyListAsync(bytes, issuerId, cancellationToken).AsTask();
            }
        }

        return await verified.ConfigureAwait(false);
    }

    /// <summary>A status list is a credential like any other, but has no status, and must be of the same issuer.</summary>
    private async ValueTask<(StatusListCredential? List, string? Code)> VerifyListAsync(
        ReadOnlyMemory<byte> bytes, string issuerId, CancellationToken cancellationToken)
    {
        var draft = new ReportDraft();
        using var input = Read(draft, bytes);
        if (input is null || !CheckShape(draft, input, isList: false))
        {
            return (null, null);
        }

        if (CredentialMembers.IssuerId(input.Credential) != issuerId)
        {
            return (null, "status-list-issuer");
        }

        var trusted = await ports.Trust(issuerId, cancellationToken).ConfigureAwait(false);
        if (!await CheckSignatureAsync(draft, input, issuerId, trusted, cancellationToken).ConfigureAwait(false))
        {
            return (null, null);
        }

        ValidityCheck.Run(draft, input.Credential, ports.Clock.GetUtcNow());
        if (!draft.HasPassed(CheckName.Validity))
        {
            return (null, "status-list-expired");
        }

        try
        {
            return (StatusListCredential.Read(input.Credential), null);
        }
        catch (MalformedException fault)
        {
            return (null, fault.Code);
        }
    }
}
