using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials;

/// <summary>
/// Bytes in, report out. The order is fixed: parse, shape, whose key, signature, claims, dates, status, who the issuer is. Until
/// the signature holds nothing is fetched but the issuer's own DID document. Safe for use by several threads.
/// </summary>
public sealed class CredentialVerifier
{
    private readonly VerifierPorts ports;
    private readonly KeyBinding binding;
    private readonly StatusCheck status;

    public CredentialVerifier(VerifierPorts ports)
    {
        this.ports = ports;
        binding = new KeyBinding(ports.Dids);
        status = new StatusCheck(ports.FetchStatusList, VerifyListAsync);
    }

    /// <summary>
    /// Verifies one credential as it came. What is wrong with it is the report's to say; the only exception is cancellation, or one
    /// that a port throws.
    /// </summary>
    public async ValueTask<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var draft = new ReportDraft();
        using var input = Read(draft, bytes);
        if (input is not null)
        {
            draft.Format = input.Format;
            draft.Summary = SummaryReading.Read(input.Credential);
            await CheckAsync(draft, input, cancellationToken).ConfigureAwait(false);
        }

        return draft.ToReport();
    }

    private CredentialInput? Read(ReportDraft draft, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > ports.MaxInputBytes)
        {
            draft.Fail(CheckName.Parse, "too-large", $"The file is larger than {ports.MaxInputBytes / 1024} KB.");
            return null;
        }

        try
        {
            var input = CredentialInput.Read(bytes);
            draft.Pass(CheckName.Parse, "The file is one well-formed credential.");
            return input;
        }
        catch (MalformedException fault)
        {
            draft.Fail(CheckName.Parse, fault.Code, fault.Message);
            return null;
        }
    }

    private async ValueTask CheckAsync(ReportDraft draft, CredentialInput input, CancellationToken cancellationToken)
    {
        if (!CheckShape(draft, input) || CredentialMembers.IssuerId(input.Credential) is not { } issuerId)
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
        if (trusted is not null)
        {
            draft.Pass(CheckName.IssuerKnown, "The issuer is on a list of known issuers.");
        }
        else
        {
            draft.Unknown(CheckName.IssuerKnown, "issuer-unknown", "The signature is the issuer's own, but the issuer is on no list of known issuers.");
        }
    }

    private static bool CheckShape(ReportDraft draft, CredentialInput input)
    {
        var badge = OpenBadgeValidation.Check(input.Credential);
        var fault = badge.Model == CredentialModel.Unknown
            ? PlainCredentialShape.Fault(input.Credential)
            : badge.Faults.Select(found => ((string, string)?)(found.Code, $"{found.Message} (at {(found.Path.Length == 0 ? "/" : found.Path)})")).FirstOrDefault();
        if (fault is var (code, sentence))
        {
            draft.Fail(CheckName.Shape, code, sentence);
            return false;
        }

        draft.Pass(CheckName.Shape, "The credential has the members that its standard demands.");
        return true;
    }

    /// <summary>True when the signature is the issuer's and the claims agree.</summary>
    private async ValueTask<bool> CheckSignatureAsync(
        ReportDraft draft, CredentialInput input, string issuerId, TrustedIssuer? trusted, CancellationToken cancellationToken)
    {
        if (input.Token is not { } token)
        {
            draft.Fail(CheckName.Signature, "proof-missing", "The credential is not signed.");
            return false;
        }

        var bound = await binding.BindAsync(issuerId, trusted, token.Header.KeyId, forAssertion: true, cancellationToken).ConfigureAwait(false);
        return JwtSignatureCheck.Run(draft, token, bound) && CheckClaims(draft, token);
    }

    private bool CheckClaims(ReportDraft draft, VcJwt token)
    {
        ClaimsCheck.Run(draft, token, ports.Clock.GetUtcNow());
        return draft.HasPassed(CheckName.Claims);
    }

    /// <summary>A status list is a credential like any other, but has no status, and must be of the same issuer.</summary>
    private async ValueTask<(StatusListCredential? List, string? Code)> VerifyListAsync(
        ReadOnlyMemory<byte> bytes, string issuerId, CancellationToken cancellationToken)
    {
        var draft = new ReportDraft();
        using var input = Read(draft, bytes);
        if (input is null || !CheckShape(draft, input))
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
