using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I2, I3 and I8 for credentials that follow from badges: each once while it is live, and in step with what was to be signed, what was signed and its status.</summary>
internal sealed class DerivedCheck(IDocumentStore store, Findings findings)
{
    private readonly AgreementCheck agreement = new(store, findings);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var live = new HashSet<UInt128>();
        await foreach (var derived in findings.EachAsync(DerivedDocuments.Kind, cancellationToken))
        {
            if (derived.IsLive && !live.Add(Digests.Short($"{derived.Learner}\n{derived.Kind}\n{derived.Subject}")))
            {
                findings.Add(Invariant.LiveAwards, DerivedDocuments.Kind, derived.Credential.Value, "The learner holds it twice for the same thing.");
            }

            await CheckStepAsync(derived, cancellationToken);
        }

        await foreach (var intent in findings.EachAsync(IssuanceIntentDocuments.Kind, cancellationToken))
        {
            if (intent.Award is null && await store.FindAsync(DerivedDocuments.Kind, intent.Credential.Value, cancellationToken) is null)
            {
                findings.Add(Invariant.Credentials, IssuanceIntentDocuments.Kind, intent.Credential.Value, "It was to be signed, and nothing says for what.");
            }
        }
    }

    private async Task CheckStepAsync(DerivedCredential derived, CancellationToken cancellationToken)
    {
        var id = derived.Credential.Value;
        var parts = await IssuedParts.ReadAsync(store, derived.Credential, cancellationToken);
        var (intent, signed, _) = parts;
        if (intent is null || intent.Award is not null || intent.Organization != derived.Organization || !IsInStep(derived, intent.State, signed is not null))
        {
            Add(Invariant.Credentials, derived, $"It is {derived.State}; {parts.Words}");
        }

        if (!parts.HasItsStatus)
        {
            Add(Invariant.Credentials, derived, "It has no status, or its status is kept in another place than the one that is signed.");
        }
        else if ((parts.Status.Revoked is not null) != (derived.State == DerivedState.Revoked))
        {
            Add(Invariant.Statuses, derived, $"It is {derived.State} and its status is {(parts.Status.Revoked is null ? "good" : "revoked")}.");
        }

        if (intent is not null && signed is not null)
        {
            agreement.CheckSigned(DerivedDocuments.Kind, id, intent, signed);
        }
    }

    // One that was taken back before it was signed never is; one that gave way to another was signed before.
    private static bool IsInStep(DerivedCredential derived, IntentState intent, bool isSigned) => derived.State switch
    {
        DerivedState.Signing => (intent, isSigned) == (IntentState.Open, false),
        DerivedState.Revoked => (intent, isSigned) == (IntentState.Cancelled, false) || (intent, isSigned) == (IntentState.Completed, true),
        _ => (intent, isSigned) == (IntentState.Completed, true),
    };

    private void Add(Invariant invariant, DerivedCredential derived, string what) => findings.Add(invariant, DerivedDocuments.Kind, derived.Credential.Value, what);
}
