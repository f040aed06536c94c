using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing.Endorsements;

/// <summary>
/// Makes each sign-off of a version a credential that its organization signs, and revokes those that were taken back: intent, then signature, then
/// store, as for awards. A committee's vote is nobody's signature, so it becomes none.
/// </summary>
public sealed class EndorsementIssuing(Commits commits, IssuerKeys keys, StatusIndexes indexes, InstanceAddress address, TimeProvider clock)
{
    // Of each organization's office.
    private const int MostTold = 5;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Does what is left to do for the version; handles the message <see cref="CoAuthoringTopics.SignOffsChanged"/>, and again is harmless.</summary>
    /// <exception cref="RefusedException"><c>keys.wrong-key-file</c>.</exception>
    public async Task BringUpToDateAsync(BadgeVersionId version, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(CoAuthoringDocuments.Provenance, version.ToString(), cancellationToken) is not { } provenance)
        {
            return;
        }

        foreach (var signOff in provenance.Document.SignOffs)
        {
            _ = signOff.Withdrawn is { } end ? await WithdrawAsync(version, signOff, end, cancellationToken) : await PrepareAsync(version, signOff.Id, cancellationToken) && await SignAsync(version, signOff.Id, cancellationToken);
        }
    }

    // True once it is recorded, now or before.
    private Task<bool> PrepareAsync(BadgeVersionId version, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var provenance = await store.GetAsync(CoAuthoringDocuments.Provenance, version.ToString(), "badge", token);
            var signOff = provenance.Document.SignOffs.First(signOff => signOff.Id == id);
            if (signOff.Withdrawn is not null || await FindAsync(version, id, token) is not null)
            {
                return new Outcome<bool>(changes, signOff.Withdrawn is null, id);
            }

            var organization = await store.GetAsync(OrganizationDocuments.Kind, signOff.Organization.Value, "organization", token);
            var slot = await indexes.TakeAsync(signOff.Organization, token);
            var credential = CredentialId.New();
            var payload = EndorsementPayload.Of(organization.Document, await store.VersionAsync(version, token), provenance.Document, signOff, address, credential, slot);
            RequireSound(payload);
            changes
                .Require(CoAuthoringDocuments.Provenance, provenance)
                .Add(EndorsementDocuments.Kind, new(credential, version, signOff.Organization, id, signOff.At, Encoding.UTF8.GetString(payload), clock.Now()))
                .Add(CredentialStatusDocuments.Kind, new(credential, signOff.Organization, slot.List, slot.Index));
            return new(changes, true, id);
        },
        cancellationToken);

    private Task<bool> SignAsync(BadgeVersionId version, string id, CancellationToken cancellationToken)
    {
        var repeated = false;
        return commits.RunAsync(
            async token =>
            {
                var changes = new Changes();
                if (await FindAsync(version, id, token) is not { Document.State: EndorsementState.Signing } read)
                {
                    return new Outcome<bool>(changes, true, id);
                }

                if (repeated)
                {
                    keys.Forget(read.Document.Organization);
                }

                repeated = true;
                var active = await keys.ActiveAsync(read.Document.Organization, token);
                var made = await IntentSigning.SignAsync(read.Document.Recorded, active, clock.Now(), token);
                changes.Add(SignedCredentialDocuments.Kind, made).Replace(EndorsementDocuments.Kind, read, read.Document.Issue());
                IntentSigning.RequireKeys(made.Forms, active, changes);
                return new(changes, true, id);
            },
            cancellationToken);
    }

    private Task<bool> WithdrawAsync(BadgeVersionId version, SignOff signOff, SignOffEnd end, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            if (await FindAsync(version, signOff.Id, token) is not { } read || read.Document.State == EndorsementState.Withdrawn)
            {
                return new Outcome<bool>(changes, true, signOff.Id);
            }

            // Also when nothing was signed yet: a signature made at this very moment is worth nothing.
            var status = await store.GetAsync(CredentialStatusDocuments.Kind, read.Id, "award", token);
            var mark = new StatusMark(end.At, end.By, end.Reason);
            changes
                .Replace(EndorsementDocuments.Kind, read, read.Document.Withdraw(end.At))
                .Replace(CredentialStatusDocuments.Kind, status, status.Document.Revoke(mark))
                .Send(IssuingTopics.PublishList(status.Document.List, clock.Now()));

            // Whoever awarded the badge with this sign-off in it answers its holders' questions.
            await foreach (var issuer in store.AllAsync(BadgeIssuerDocuments.Kind, BadgeIssuerDocuments.ByBadge.Where(version.ToString()), token))
            {
                await changes.NotifyRolesAsync(store, issuer.Document.Organization, Offices.Registry, MostTold, NoticeKind.SignOffWithdrawn, version.Slug, clock.Now(), token);
            }

            return new(changes, true, signOff.Id);
        },
        cancellationToken);

    private Task<Read<Endorsement>?> FindAsync(BadgeVersionId version, string signOff, CancellationToken cancellationToken) =>
        store.FirstAsync(EndorsementDocuments.Kind, EndorsementDocuments.BySignOff.Where(version.ToString(), signOff), cancellationToken);

    private static void RequireSound(byte[] payload)
    {
        if (OpenBadgeValidation.Check(payload).Faults is [var fault, ..])
        {
            throw new InvalidOperationException($"A sign-off does not make a valid endorsement: {fault.Code} at {fault.Path}.");
        }
    }
}
