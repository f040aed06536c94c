namespace SkillBadges.Credentials.Verification;

/// <summary>Collects the outcomes of one verification and draws the verdict from them.</summary>
internal sealed class ReportDraft
{
    private static readonly CheckName[] Names = Enum.GetValues<CheckName>();

    // Indexed by check.
    private readonly VerificationCheck?[] outcomes = new VerificationCheck?[Names.Length];

    internal CredentialFormat Format { get; set; }

    internal CredentialSummary? Summary { get; set; }

    internal HolderProof Holder { get; set; }

    internal List<InnerReport> Inner { get; } = [];

    /// <summary>Set for a presentation, which is worth what the worst credential in it is worth.</summary>
    internal Verdict? VerdictOfInner { get; set; }

    internal bool HasPassed(CheckName name) => outcomes[(int)name]?.Outcome == CheckOutcome.Passed;

    internal void Pass(CheckName name, string sentence) => Set(name, CheckOutcome.Passed, VerificationCheck.Ok, sentence);

    internal void Fail(CheckName name, string code, string sentence) => Set(name, CheckOutcome.Failed, code, sentence);

    internal void Unknown(CheckName name, string code, string sentence) => Set(name, CheckOutcome.Unknown, code, sentence);

    internal void Skip(CheckName name, string code, string sentence) => Set(name, CheckOutcome.Skipped, code, sentence);

    internal VerificationReport ToReport()
    {
        foreach (var name in Names)
        {
            if (outcomes[(int)name] is null)
            {
                Skip(name, "not-reached", "Not checked, because an earlier check ended the matter.");
            }
        }

        return new VerificationReport(Verdict(), Holder, Format, [.. outcomes!], Summary, [.. Inner]);
    }

    internal void Set(CheckName name, CheckOutcome outcome, string code, string sentence) =>
        outcomes[(int)name] = outcomes[(int)name] is null
            ? new VerificationCheck(name, outcome, code, sentence)
            : throw new InvalidOperationException($"The check {name} was settled already.");

    private VerificationCheck Check(CheckName name) => outcomes[(int)name]!;

    private Verdict Verdict()
    {
        var validity = Check(CheckName.Validity);
        var expired = validity is { Outcome: CheckOutcome.Failed, Code: ValidityCheck.Expired };
        if (Failed(CheckName.Parse, CheckName.Shape, CheckName.IssuerKey, CheckName.Signature, CheckName.Claims)
            || (validity.Outcome == CheckOutcome.Failed && !expired))
        {
            return Verification.Verdict.Invalid;
        }

        if (VerdictOfInner is { } worst)
        {
            return Check(CheckName.IssuerKey).Outcome == CheckOutcome.Unknown ? Verification.Verdict.CouldNotBeChecked : worst;
        }

        if (Failed(CheckName.Inner))
        {
            return Verification.Verdict.Invalid;
        }

        // What follows says something about a credential only once it is known to be its issuer's.
        if (!HasPassed(CheckName.Signature))
        {
            return Verification.Verdict.CouldNotBeChecked;
        }

        if (Check(CheckName.Status) is { Outcome: CheckOutcome.Failed } status)
        {
            return status.Code is StatusCheck.Revoked or StatusCheck.Suspended ? Verification.Verdict.RevokedOrSuspended : Verification.Verdict.Invalid;
        }

        if (expired)
        {
            return Verification.Verdict.Expired;
        }

        if (Check(CheckName.Status).Outcome == CheckOutcome.Unknown)
        {
            return Verification.Verdict.CouldNotBeChecked;
        }

        return HasPassed(CheckName.IssuerKnown) ? Verification.Verdict.Valid : Verification.Verdict.ValidIssuerUnknown;
    }

    private bool Failed(params ReadOnlySpan<CheckName> names)
    {
        foreach (var name in names)
        {
            if (Check(name).Outcome == CheckOutcome.Failed)
            {
                return true;
            }
        }

        return false;
    }
}
