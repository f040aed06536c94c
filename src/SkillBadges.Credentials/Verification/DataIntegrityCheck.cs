using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Embedded proofs against the keys that were found to be their owner's. One proof that holds is enough (Open Badges 3.0 9.1);
/// proofs of others beside it say nothing about the issuer.
/// </summary>
internal static class DataIntegrityCheck
{
    /// <param name="everyProof">One proof that does not hold is enough to refuse: see <see cref="VerifierPorts.EveryProofMustHold"/>.</param>
    /// <param name="signedAt">The date that the document itself gives; the proof's own date counts too, the later of both.</param>
    internal static async ValueTask<bool> RunAsync(
        ReportDraft draft,
        DataIntegrity integrity,
        CredentialInput input,
        ProofExpectations expectations,
        DateTimeOffset? signedAt,
        WorkBudget budget,
        bool everyProof,
        Func<string, ValueTask<KeyBindingResult>> bind)
    {
        var document = input.Secured!;
        if (document.Proofs.Count == 0)
        {
            draft.Fail(CheckName.Signature, "proof-missing", "The document is not signed.");
            return false;
        }

        if (budget.IsSpent)
        {
            draft.Unknown(CheckName.Signature, "too-much-work", "The credentials before this one took all the time there is for one verification.");
            return false;
        }

        var bound = new Dictionary<string, KeyBindingResult>(StringComparer.Ordinal);
        foreach (var proof in document.Proofs)
        {
            if (proof.Fault is null && proof.VerificationMethod is { } method && !bound.ContainsKey(method))
            {
                bound.Add(method, await bind(method).ConfigureAwait(false));
            }
        }

        var outcomes = budget.Run(() => integrity.Verify(document, proof => MethodOf(proof)?.Key, expectations));
        var isIssuers = bound.Values.Any(result => result.Outcome == CheckOutcome.Passed);
        if (isIssuers)
        {
            draft.Pass(CheckName.IssuerKey, "The key is one of the issuer's own.");
        }

        foreach (var outcome in everyProof && outcomes.Any(outcome => !outcome.Holds) ? [] : outcomes)
        {
            if (outcome.Holds && MethodOf(outcome.Proof) is { } method)
            {
                if (outcome.Proof.Suite!.Form == CanonicalForm.Rdf && PlainForm.Fault(new(input.Tape, 0)) is var (code, sentence))
                {
                    draft.Fail(CheckName.Signature, code, sentence);
                    return false;
                }

                return SigningTime.Check(draft, method, Later(signedAt, outcome.Proof.Created));
            }
        }

        Explain(draft, outcomes, bound);
        return false;

        VerificationMethod? MethodOf(DataIntegrityProof proof) =>
            proof.VerificationMethod is { } id && bound.TryGetValue(id, out var result) && result.Keys.Length > 0 ? result.Keys[0] : null;
    }

    /// <summary>Says why none holds: what is wrong with a proof of the issuer's, or else why no proof is the issuer's.</summary>
    private static void Explain(ReportDraft draft, IReadOnlyList<ProofOutcome> outcomes, Dictionary<string, KeyBindingResult> bound)
    {
        var own = outcomes.FirstOrDefault(outcome => outcome.Fault is { Code: not ProofFault.KeyUnresolved });
        if (own?.Fault is { } fault)
        {
            if (fault.Code == ProofFault.SuiteUnknown)
            {
                draft.Unknown(CheckName.Signature, fault.Code, fault.Message);
            }
            else
            {
                draft.Fail(CheckName.Signature, fault.Code == ProofFault.SignatureWrong ? "signature" : fault.Code, fault.Message);
            }

            return;
        }

        var why = bound.Values.FirstOrDefault(result => result.Outcome == CheckOutcome.Unknown) ?? bound.Values.First(result => result.Outcome != CheckOutcome.Passed);
        draft.Set(draft.HasPassed(CheckName.IssuerKey) ? CheckName.Signature : CheckName.IssuerKey, why.Outcome, why.Code, why.Sentence);
    }

    private static DateTimeOffset? Later(DateTimeOffset? first, DateTimeOffset? second) => (first, second) switch
    {
        (null, _) => second,
        (_, null) => first,
        _ => first > second ? first : second,
    };
}
