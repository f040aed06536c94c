using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>Signs live credentials anew, the same bytes with the active keys, where a compromised key signed them.</summary>
public sealed class CredentialResigning(Commits commits, IssuerKeys keys, TimeProvider clock)
{
    /// <summary>Does what is left to do; handles the message <see cref="IssuingTopics.Resign"/>.</summary>
    /// <returns>How many credentials were signed.</returns>
    /// <exception cref="RefusedException"><c>keys.wrong-key-file</c>.</exception>
    public async Task<int> ResignAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var signed = 0;
        keys.Forget(organization);
        foreach (var key in (await keys.AllAsync(organization, cancellationToken)).Where(key => key.State == IssuerKeyState.Compromised))
        {
            await foreach (var credential in commits.Store.AllAsync(SignedCredentialDocuments.Kind, SignedCredentialDocuments.ByKey.Where(key.Id), cancellationToken))
            {
                signed += await ResignOneAsync(credential.Document.Credential, key.Id, cancellationToken) ? 1 : 0;
            }
        }

        return signed;
    }

    private Task<bool> ResignOneAsync(CredentialId id, string key, CancellationToken cancellationToken)
    {
        var repeated = false;
        return commits.RunAsync(
            async token =>
            {
                var read = await commits.Store.GetAsync(SignedCredentialDocuments.Kind, id.Value, "award", token);
                var changes = new Changes();
                if (await StandingAsync(id, changes, token) is not { } recorded || read.Document.Forms.All(form => form.Key != key))
                {
                    return new Outcome<bool>(new Changes(), false, id.Value);
                }

                if (repeated)
                {
                    keys.Forget(recorded.Organization);
                }

                repeated = true;
                var active = await keys.ActiveAsync(recorded.Organization, token);
                var again = await IntentSigning.SignAsync(recorded, active, clock.Now(), token);
                changes.Replace(SignedCredentialDocuments.Kind, read, again);
                IntentSigning.RequireKeys(again.Forms, active, changes);
                return new(changes, true, id.Value);
            },
            cancellationToken);
    }

    // What was recorded for an award that is live or an endorsement that stands, with the requirement that it stays so; else null.
    private async Task<RecordedPayload?> StandingAsync(CredentialId id, Changes changes, CancellationToken cancellationToken)
    {
        if (await commits.Store.FindAsync(EndorsementDocuments.Kind, id.Value, cancellationToken) is { } endorsement)
        {
            changes.Require(EndorsementDocuments.Kind, endorsement);
            return endorsement.Document.State == EndorsementState.Issued ? endorsement.Document.Recorded : null;
        }

        var intent = (await commits.Store.GetAsync(IssuanceIntentDocuments.Kind, id.Value, "award", cancellationToken)).Document;
        if (intent.Award is not { } awarded)
        {
            var derived = await commits.Store.GetAsync(DerivedDocuments.Kind, id.Value, "award", cancellationToken);
            changes.Require(DerivedDocuments.Kind, derived);
            return derived.Document.IsLive ? intent.Recorded : null;
        }

        var award = await commits.Store.GetAsync(AwardDocuments.Kind, awarded.Value, "award", cancellationToken);
        changes.Require(AwardDocuments.Kind, award);
        return award.Document.IsLive ? intent.Recorded : null;
    }
}
