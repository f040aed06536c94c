using System.Runtime.InteropServices;
using System.Text.Json;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// A presentation (VC Data Model 2.0, REC 2025-05-15, 4.12): its credentials each by themselves, and whether whoever made it is
/// their subject.
/// </summary>
internal sealed class PresentationCheck(VerificationRun run, KeyBinding binding, DataIntegrity integrity, WorkBudget budget, PresentationExpectation? expected, VerifierPorts ports)
{
    internal async ValueTask RunAsync(ReportDraft draft, CredentialInput input, int depth, CancellationToken cancellationToken)
    {
        draft.Format = CredentialFormat.Presentation;
        var presentation = input.Credential;
        if (PlainCredentialShape.PresentationFault(presentation) is var (code, sentence))
        {
            draft.Fail(CheckName.Shape, code, sentence);
            return;
        }

        draft.Pass(CheckName.Shape, "The presentation has the members that its standard demands.");
        var presenter = Holder(presentation) ?? Signer(input);
        if (!await CheckHolderAsync(draft, input, presenter, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var credentials = CredentialMembers.Values(presentation, "verifiableCredential").ToList();
        for (var (number, isLookedAt) = (0, true); isLookedAt && number < credentials.Count; number++)
        {
            isLookedAt = await run.AddInnerAsync(draft, $"/verifiableCredential/{number}", BytesOf(credentials[number]), depth, cancellationToken).ConfigureAwait(false);
        }

        SumUp(draft, presenter);
    }

    /// <summary>A credential as it stands in the presentation: an object's own bytes, or a token that some put in as text.</summary>
    private static ReadOnlyMemory<byte> BytesOf(JsonElement credential) => credential.ValueKind == JsonValueKind.String
        ? System.Text.Encoding.UTF8.GetBytes(credential.GetString()!)
        : JsonMarshal.GetRawUtf8Value(credential).ToArray();

    /// <summary>False when the presentation is signed and the signature is not its holder's, or answers something else.</summary>
    private async ValueTask<bool> CheckHolderAsync(ReportDraft draft, CredentialInput input, string? holder, CancellationToken cancellationToken)
    {
        if (input.Secured is { Proofs.Count: 0 })
        {
            draft.Skip(CheckName.IssuerKey, "presentation-unsigned", "The presentation is not signed; anyone could have put it together.");
            draft.Skip(CheckName.Signature, "presentation-unsigned", "The presentation is not signed; anyone could have put it together.");
            return true;
        }

        if (holder is null)
        {
            draft.Fail(CheckName.IssuerKey, "holder-missing", "The presentation is signed but does not say by whom.");
            return false;
        }

        return input.Token is { } token
            ? JwtSignatureCheck.Run(draft, token, await binding.BindAsync(holder, null, token.Header.KeyId, forAssertion: false, cancellationToken).ConfigureAwait(false), ports.Clock.GetUtcNow())
                && CheckAnswer(draft, token)
            : await DataIntegrityCheck.RunAsync(
                draft, integrity, input,
                new ProofExpectations(ports.Clock.GetUtcNow()) { ProofPurpose = "authentication", Challenge = expected?.Challenge, Domain = expected?.Domain },
                ports.Clock.GetUtcNow(),
                budget,
                ports.EveryProofMustHold,
                method => binding.BindAsync(holder, null, method, forAssertion: false, cancellationToken)).ConfigureAwait(false);
    }

    private bool CheckAnswer(ReportDraft draft, VcJwt token)
    {
        var fault = ClaimsCheck.Presentation(token.Payload, Holder(token.Payload), expected, ports.Clock.GetUtcNow());
        if (fault is var (code, sentence))
        {
            draft.Fail(CheckName.Claims, code, sentence);
            return false;
        }

        draft.Pass(CheckName.Claims, "The token answers what was asked.");
        return true;
    }

    private void SumUp(ReportDraft draft, string? presenter)
    {
        if (draft.Inner.Count == 0)
        {
            draft.Fail(CheckName.Inner, "presentation-empty", "The presentation holds no credential.");
            return;
        }

        // The worst of them is what the presentation comes to as a whole.
        var worst = draft.Inner.Select(inner => inner.Report).MaxBy(report => report.Verdict)!;
        draft.VerdictOfInner = worst.Verdict;
        if (worst.Verdict is Verdict.Valid or Verdict.ValidIssuerUnknown)
        {
            draft.Pass(CheckName.Inner, "Each credential in the presentation holds by itself.");
            draft.Set(CheckName.IssuerKnown, worst[CheckName.IssuerKnown].Outcome, worst[CheckName.IssuerKnown].Code, worst[CheckName.IssuerKnown].Sentence);
        }
        else
        {
            draft.Set(CheckName.Inner, worst.Verdict == Verdict.CouldNotBeChecked ? CheckOutcome.Unknown : CheckOutcome.Failed, worst.Code,
                "A credential in the presentation does not hold, or could not be checked.");
        }

        if (!draft.HasPassed(CheckName.Signature) || expected is null)
        {
            draft.Skip(CheckName.Holder, "holder-not-asked", "Nobody was asked to prove to be the learner.");
        }
        else if (draft.Inner.All(inner => inner.Report.Credential?.SubjectId is { } subject && subject == presenter))
        {
            draft.Holder = HolderProof.Proven;
            draft.Pass(CheckName.Holder, "Whoever presented the credentials proved to be their subject.");
        }
        else
        {
            draft.Unknown(CheckName.Holder, "holder-not-subject", "Whoever presented the credentials is not the one whom they are about.");
        }
    }

    private static string? Holder(JsonElement presentation) =>
        CredentialMembers.Text(presentation, "holder")
        ?? (presentation.TryGetProperty("holder", out var holder) ? CredentialMembers.Text(holder, "id") : null)
        ?? CredentialMembers.Text(presentation, "iss");

    /// <summary>4.13 has the holder be optional. A presentation without one is presented by whoever the key id of its signature names, and the key has to be theirs.</summary>
    private static string? Signer(CredentialInput input)
    {
        var keyId = input.Token is { } token ? token.Header.KeyId : input.Secured!.Proofs is [var first, ..] ? first.VerificationMethod : null;
        return keyId?.IndexOf('#', StringComparison.Ordinal) is > 0 and var end ? keyId[..end] : null;
    }
}
