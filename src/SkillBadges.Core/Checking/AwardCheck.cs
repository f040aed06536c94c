using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I2, and that an award, what will be signed, what was signed and its status are in step.</summary>
internal sealed class AwardCheck(IDocumentStore store, Findings findings)
{
    private readonly AgreementCheck agreement = new(store, findings);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var live = new HashSet<UInt128>();
        await foreach (var award in findings.EachAsync(AwardDocuments.Kind, cancellationToken))
        {
            if (award.IsLive && !live.Add(Digests.Short($"{award.Learner}\n{award.Badge}\n{award.Attempt}")))
            {
                findings.Add(Invariant.LiveAwards, AwardDocuments.Kind, award.Id.Value, "The learner holds the same badge from the same attempt twice.");
            }

            await CheckStepAsync(award, cancellationToken);
        }
    }

    private async Task CheckStepAsync(Award award, CancellationToken cancellationToken)
    {
        var credential = award.Credential.Value;
        var intent = (await store.FindAsync(IssuanceIntentDocuments.Kind, credential, cancellationToken))?.Document;
        var signed = (await store.FindAsync(SignedCredentialDocuments.Kind, credential, cancellationToken))?.Document;
        var status = (await store.FindAsync(CredentialStatusDocuments.Kind, credential, cancellationToken))?.Document;
        var expected = award.State switch
        {
            AwardState.Signing => (IntentState.Open, false),
            AwardState.Cancelled => (IntentState.Cancelled, false),
            _ => (IntentState.Completed, true),
        };
        if (intent is null || intent.Award != award.Id || (intent.State, signed is not null) != expected)
        {
            Add(award, $"The badge is {award.State}; what was to be signed is {intent?.State.ToString() ?? "not there"}, and there is {(signed is null ? "no" : "a")} signed credential.");
        }

        if (status is null || (intent is not null && (status.List, status.Index) != (intent.StatusList, intent.StatusIndex)))
        {
            Add(award, "The credential has no status, or its status is kept in another place than the one that is signed.");
        }
        else if ((award.IsLive && status.Revoked is not null) || (!award.IsLive && status.Revoked is null))
        {
            findings.Add(Invariant.Statuses, AwardDocuments.Kind, award.Id.Value, $"The badge is {award.State} and its status is {(status.Revoked is null ? "good" : "revoked")}.");
        }

        if (intent is not null)
        {
            await agreement.CheckAsync(award, intent, signed, cancellationToken);
        }
    }

    private void Add(Award award, string what) => findings.Add(Invariant.Credentials, AwardDocuments.Kind, award.Id.Value, what);
}
