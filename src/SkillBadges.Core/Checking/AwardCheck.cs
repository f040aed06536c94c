using SkillBadges.Core.Issuing;
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
        var parts = await IssuedParts.ReadAsync(store, award.Credential, cancellationToken);
        var (intent, signed, _) = parts;
        var expected = award.State switch
        {
            AwardState.Signing => (IntentState.Open, false),
            AwardState.Cancelled => (IntentState.Cancelled, false),
            _ => (IntentState.Completed, true),
        };
        if (intent is null || intent.Award != award.Id || (intent.State, signed is not null) != expected)
        {
            Add(award, $"The badge is {award.State}; {parts.Words}");
        }

        if (!parts.HasItsStatus)
        {
            Add(award, "The credential has no status, or its status is kept in another place than the one that is signed.");
        }
        else if ((award.IsLive && parts.Status.Revoked is not null) || (!award.IsLive && parts.Status.Revoked is null))
        {
            findings.Add(Invariant.Statuses, AwardDocuments.Kind, award.Id.Value, $"The badge is {award.State} and its status is {(parts.Status.Revoked is null ? "good" : "revoked")}.");
        }

        if (intent is not null)
        {
            await agreement.CheckAsync(award, intent, signed, cancellationToken);
        }
    }

    private void Add(Award award, string what) => findings.Add(Invariant.Credentials, AwardDocuments.Kind, award.Id.Value, what);
}
